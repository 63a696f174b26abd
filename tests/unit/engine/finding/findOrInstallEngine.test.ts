import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { executables } from "../../../../engine/pinned/engineFiles";
import type { InstallRoute, RouteResult } from "../../../../engine/routes/engineRoute";
import { findOrInstallEngine, NoEngineError, type EngineSources } from "../../../../engine/finding/findOrInstallEngine";
import { goRoute } from "../../../../engine/routes/goRoute";

let cache: string;
beforeEach(async () => {
  cache = await mkdtemp(path.join(tmpdir(), "engine-cache-"));
});
afterEach(() => rm(cache, { recursive: true, force: true }));

const pinned = {
  cliVersion: "3.259.0",
  languageHostVersion: "3.68.0",
  sdkVersion: "3.248.0",
  goVersion: "1.25.11",
  key: "3.259.0-key",
};
const keptIn = (): string => path.join(cache, "engine", pinned.key);

function sources(changes: Partial<EngineSources> = {}): EngineSources {
  return {
    pinned: () => Promise.resolve(pinned),
    onPath: () => Promise.resolve({ whyNot: "no pulumi on PATH" }),
    installRoutes: [failing("the official download failed"), working("built with Go")],
    cache,
    progress: { during: (step) => step() },
    onWait: () => undefined,
    ...changes,
  };
}

function failing(whyNot: string): InstallRoute {
  return { name: "not used", install: () => Promise.resolve({ whyNot }) };
}

function working(name: string, files = Object.values(executables)): InstallRoute {
  return {
    name,
    install: jest.fn(async (folder: string): Promise<RouteResult<{ version: string }>> => {
      await mkdir(path.join(folder, "bin"), { recursive: true });
      for (const file of files) {
        await writeFile(path.join(folder, "bin", file), "");
        await chmod(path.join(folder, "bin", file), 0o755);
      }
      return { found: { version: "3.259.0" } };
    }),
  };
}

describe("the engine", () => {
  test("is the one on PATH when that will do; nothing is installed", async () => {
    const route = working("downloaded");
    const onPath = jest.fn(() => Promise.resolve({ found: { bin: "/usr/bin", version: "3.260.0" } }));
    const engine = await findOrInstallEngine(sources({ onPath, installRoutes: [route] }));
    expect(onPath).toHaveBeenCalledWith("3.248.0");
    expect(engine).toEqual({
      bin: "/usr/bin",
      pulumi: path.join("/usr/bin", executables.cli),
      version: "3.260.0",
      route: "Pulumi 3.260.0, from PATH, /usr/bin",
      startsPolicyPacks: true,
    });
    expect(route.install).not.toHaveBeenCalled();
    expect(await readdir(cache)).toEqual([]);
  });

  test("is downloaded when there is none on PATH; a build is not tried then", async () => {
    const build = working("built with Go");
    const engine = await findOrInstallEngine(sources({ installRoutes: [working("downloaded"), build] }));
    expect(engine.route).toBe(`Pulumi 3.259.0, downloaded, kept in ${keptIn()}, because no pulumi on PATH`);
    expect(build.install).not.toHaveBeenCalled();
  });

  test("is built when all else failed, and one line says why", async () => {
    const engine = await findOrInstallEngine(sources());
    expect(engine.bin).toBe(path.join(keptIn(), "bin"));
    expect(engine.route).toBe(
      `Pulumi 3.259.0, built with Go, kept in ${keptIn()}, because no pulumi on PATH; the official download failed`,
    );
  });

  test("starts policy packs, unless it was built with the old language host, now or before", async () => {
    const downloaded = await findOrInstallEngine(sources({ installRoutes: [working("downloaded")] }));
    expect(downloaded.startsPolicyPacks).toBe(true);
    await rm(keptIn(), { recursive: true });
    const build = sources({ installRoutes: [working(goRoute.name)] });
    expect((await findOrInstallEngine(build)).startsPolicyPacks).toBe(false);
    expect((await findOrInstallEngine(build)).startsPolicyPacks).toBe(false);
  });

  test("is built once: the second clone finds it in the cache", async () => {
    await findOrInstallEngine(sources());
    const again = working("built with Go");
    const engine = await findOrInstallEngine(sources({ installRoutes: [again] }));
    expect(again.install).not.toHaveBeenCalled();
    expect(engine.route).toBe(`Pulumi 3.259.0, built with Go before, from ${keptIn()}, because no pulumi on PATH`);
  });

  test("is installed anew when something removed one of its files", async () => {
    const { pulumi } = await findOrInstallEngine(sources());
    await rm(pulumi);
    const again = working("built with Go");
    await findOrInstallEngine(sources({ installRoutes: [again] }));
    expect(again.install).toHaveBeenCalledTimes(1);
  });

  test("is another one for other pinned versions", async () => {
    await findOrInstallEngine(sources());
    const again = working("built with Go");
    const other = { ...pinned, key: "3.260.0-key" };
    await findOrInstallEngine(sources({ pinned: () => Promise.resolve(other), installRoutes: [again] }));
    expect(again.install).toHaveBeenCalledTimes(1);
  });

  test("is not what a route called finished but left incomplete", async () => {
    const half = working("downloaded", [executables.cli, executables.dynamicProvider]);
    const engine = await findOrInstallEngine(sources({ installRoutes: [half, working("built with Go")] }));
    expect(engine.route).toContain(`what was downloaded lacks ${executables.languageHost}`);
  });

  test("is said in one sentence to be missing, with what to install, when no route works", async () => {
    const nothing = sources({ installRoutes: [failing("the official download failed"), failing("no Go on PATH")] });
    const error: unknown = await findOrInstallEngine(nothing).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(NoEngineError);
    expect((error as NoEngineError).message).toBe(
      "No Pulumi engine (no pulumi on PATH; the official download failed; no Go on PATH): install the Pulumi CLI " +
        "3.248.0 or newer from https://www.pulumi.com/docs/install, or Go 1.25.11 or newer and access to its module " +
        "proxy, then run this again.",
    );
    expect(await readdir(path.join(cache, "engine"))).toEqual([]);
  });
});
