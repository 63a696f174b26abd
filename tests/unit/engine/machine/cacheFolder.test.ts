import path from "node:path";
import { cacheFolder } from "../../../../engine/machine/cacheFolder";

const home = path.resolve("/home/someone");

test.each([
  ["linux", {}, [home, ".cache"]],
  ["linux", { XDG_CACHE_HOME: path.resolve("/fast/cache") }, [path.resolve("/fast/cache")]],
  ["linux", { XDG_CACHE_HOME: "relative" }, [home, ".cache"]],
  ["linux", { XDG_CACHE_HOME: "" }, [home, ".cache"]],
  ["darwin", { XDG_CACHE_HOME: path.resolve("/fast/cache") }, [home, "Library", "Caches"]],
  ["win32", { LOCALAPPDATA: path.join(home, "Local") }, [home, "Local"]],
  ["win32", {}, [home, "AppData", "Local"]],
] as const)("on %s with %j the cache is in %j", (platform, env, parts) => {
  expect(cacheFolder(env, platform, home)).toBe(path.join(...parts, "pulumi-otc-background-task"));
});
