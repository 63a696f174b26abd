import { existsSync } from "node:fs";
import which from "which";

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "msedge"];

/** The executable of a Chromium on this machine; undefined if there is none. */
export function findChromium(env: NodeJS.ProcessEnv): string | undefined {
  if (env["CHROMIUM_PATH"]) return existsSync(env["CHROMIUM_PATH"]) ? env["CHROMIUM_PATH"] : undefined;
  for (const name of names) {
    const found = which.sync(name, { nothrow: true, path: env["PATH"] ?? "" });
    if (found !== null) return found;
  }
  return undefined;
}

export function noChromium(env: NodeJS.ProcessEnv): string {
  const reason = env["CHROMIUM_PATH"]
    ? `CHROMIUM_PATH is ${env["CHROMIUM_PATH"]}, which does not exist`
    : `none of ${names.join(", ")} is on PATH`;
  return `--browser needs a Chromium, but ${reason}. Install one (Debian: chromium), or set CHROMIUM_PATH to its executable.`;
}
