import path from "node:path";
import { cacheFolder } from "../machine/cacheFolder";
import { executables, missingExecutables } from "../pinned/engineFiles";
import { type PinnedEngine, readPinnedEngine } from "../pinned/pinnedEngine";
import type { ExistingEngine, InstallRoute, RouteContext, RouteResult } from "../routes/engineRoute";
import { goRoute } from "../routes/goRoute";
import { officialRoute } from "../routes/officialRoute";
import { findOnPath } from "../routes/pathRoute";
import { type Progress, progressOn } from "../routes/progress";
import { keep, type KeptFolder, readNote } from "./keptFolder";

export interface Engine {
  /** Folder with `pulumi`, its Node.js language host and the launcher of dynamic providers. */
  bin: string;
  pulumi: string;
  version: string;
  /** One line: where it came from, and why the places searched before were not used. */
  route: string;
  /** Whether its language host can start policy packs. The one whose source the Go module proxy serves is too old. */
  startsPolicyPacks: boolean;
}

/** The machine and the network, which tests replace. */
export interface EngineSources {
  pinned(): Promise<PinnedEngine>;
  onPath(oldest: string): Promise<RouteResult<ExistingEngine>>;
  installRoutes: InstallRoute[];
  cache: string;
  progress: Progress;
  /** Called when another run is making the same engine. */
  onWait(): void;
}

/** No route led to an engine; the message says what to install. */
export class NoEngineError extends Error {
  override readonly name = "NoEngineError";
}

/** The engine: from PATH, else from the user's cache, else installed into that cache by a download or a build. */
export async function findOrInstallEngine(given: Partial<EngineSources> = {}): Promise<Engine> {
  const sources = { ...machine(), ...given };
  const pinned = await sources.pinned();
  const onPath = await sources.onPath(pinned.sdkVersion);
  if ("found" in onPath) {
    const { bin, version } = onPath.found;
    return engine(bin, version, `from PATH, ${bin}`, true);
  }

  const whyNot = [onPath.whyNot];
  let installedNow = false;
  const kept: KeptFolder<InstallNote> = {
    path: path.join(sources.cache, "engine", pinned.key),
    isWhole: async (folder) => (await missingExecutables(path.join(folder, "bin"))).length === 0,
    make: async (workFolder) => {
      installedNow = true;
      return install(sources.installRoutes, workFolder, { pinned, progress: sources.progress }, whyNot);
    },
    onWait: () => sources.onWait(),
  };
  const note = (await readNote(kept)) ?? (await keep(kept));
  const origin = installedNow ? `${note.route}, kept in ${kept.path}` : `${note.route} before, from ${kept.path}`;
  const because = `${origin}, because ${whyNot.join("; ")}`;
  return engine(path.join(kept.path, "bin"), note.version, because, note.route !== goRoute.name);
}

interface InstallNote {
  version: string;
  route: string;
}

/** Tries one route after the other; adds to `whyNot` for each that did not work. */
async function install(
  routes: InstallRoute[],
  workFolder: string,
  context: RouteContext,
  whyNot: string[],
): Promise<InstallNote> {
  for (const route of routes) {
    const result = await route.install(workFolder, context);
    if ("whyNot" in result) {
      whyNot.push(result.whyNot);
      continue;
    }
    const missing = await missingExecutables(path.join(workFolder, "bin"));
    if (missing.length === 0) return { version: result.found.version, route: route.name };
    whyNot.push(`what was ${route.name} lacks ${missing.join(" and ")}`);
  }
  const { sdkVersion, goVersion } = context.pinned;
  throw new NoEngineError(
    `No Pulumi engine (${whyNot.join("; ")}): install the Pulumi CLI ${sdkVersion} or newer from ` +
      `https://www.pulumi.com/docs/install, or Go ${goVersion} or newer and access to its module proxy, then run this again.`,
  );
}

function engine(bin: string, version: string, origin: string, startsPolicyPacks: boolean): Engine {
  const pulumi = path.join(bin, executables.cli);
  return { bin, pulumi, version, route: `Pulumi ${version}, ${origin}`, startsPolicyPacks };
}

function machine(): EngineSources {
  return {
    pinned: () => readPinnedEngine(),
    onPath: (oldest) => findOnPath(oldest),
    installRoutes: [officialRoute, goRoute],
    cache: cacheFolder(),
    progress: progressOn(process.stderr),
    onWait: () => void process.stderr.write("Another run is installing the same Pulumi engine; waiting for it.\n"),
  };
}
