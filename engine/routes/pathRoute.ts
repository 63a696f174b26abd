import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import execa from "execa";
import semver from "semver";
import which from "which";
import { hermeticEnvironment } from "../machine/hermeticEnvironment";
import { missingExecutables } from "../pinned/engineFiles";
import type { ExistingEngine, RouteResult } from "./engineRoute";

/** Questions to the machine, which tests answer instead. */
export interface PathProbe {
  /** Every `pulumi` on PATH, first one first. */
  findAll(): Promise<string[]>;
  /** What `pulumi version` prints. */
  version(pulumi: string): Promise<string>;
  missingExecutables(bin: string): Promise<string[]>;
}

/**
 * The first `pulumi` on PATH, if it is at least as new as the SDK that the tests use and has the rest of an engine
 * beside it: a language host of another installation may be incompatible with this CLI.
 */
export async function findOnPath(oldest: string, probe: PathProbe = machine): Promise<RouteResult<ExistingEngine>> {
  const [pulumi] = await probe.findAll();
  if (pulumi === undefined) return { whyNot: "no pulumi on PATH" };

  let printed: string;
  try {
    printed = await probe.version(pulumi);
  } catch {
    return { whyNot: `the pulumi on PATH (${pulumi}) does not run` };
  }
  const version = semver.parse(printed.trim());
  if (version === null) return { whyNot: `the pulumi on PATH (${pulumi}) prints no version` };
  // A development build such as 3.260.0-alpha.1 sorts below its release, which is what we want.
  if (version.compare(oldest) < 0) return { whyNot: `the pulumi on PATH is ${version.version}, older than ${oldest}` };
  if (version.major !== semver.major(oldest))
    return { whyNot: `the pulumi on PATH is ${version.version}, not version 3` };

  const bin = path.dirname(pulumi);
  const missing = await probe.missingExecutables(bin);
  if (missing.length > 0)
    return { whyNot: `the pulumi on PATH (${pulumi}) has no ${missing.join(" and no ")} beside it` };
  return { found: { bin, version: version.version } };
}

const machine: PathProbe = {
  async findAll() {
    const all = await which("pulumi", { all: true, nothrow: true });
    // Package managers put a link on PATH; what belongs to the CLI is beside the link's target.
    return Promise.all((all ?? []).map((file) => realpath(file)));
  },
  async version(pulumi) {
    const folder = await mkdtemp(path.join(tmpdir(), "pulumi-version-"));
    try {
      const home = { engineBin: path.dirname(pulumi), home: folder, backend: folder, passphrase: "" };
      const env = hermeticEnvironment(home, process.env);
      return (await execa(pulumi, ["version"], { env, extendEnv: false, timeout: 30_000, stdin: "ignore" })).stdout;
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
  missingExecutables,
};
