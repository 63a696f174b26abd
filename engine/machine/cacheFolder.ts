import { homedir } from "node:os";
import path from "node:path";

/** The user's cache folder, by each system's own convention. */
export function cacheFolder(
  env: Record<string, string | undefined> = process.env,
  platform: NodeJS.Platform = process.platform,
  home: string = homedir(),
): string {
  return path.join(base(env, platform, home), "pulumi-otc-background-task");
}

function base(env: Record<string, string | undefined>, platform: NodeJS.Platform, home: string): string {
  if (platform === "darwin") return path.join(home, "Library", "Caches");
  if (platform === "win32") return env["LOCALAPPDATA"] ?? path.join(home, "AppData", "Local");
  const xdg = env["XDG_CACHE_HOME"];
  // The XDG specification: a relative path is invalid and must be ignored.
  return xdg && path.isAbsolute(xdg) ? xdg : path.join(home, ".cache");
}
