import * as fs from "node:fs";

/**
 * Whether somebody watches a terminal, as far as a process can tell whose output goes to the engine: no CI job, and a
 * terminal that controls it.
 */
export function isWatched(env: NodeJS.ProcessEnv = process.env): boolean {
  if (env["CI"]) {
    return false;
  }
  if (process.platform === "win32") {
    return true;
  }
  try {
    fs.closeSync(fs.openSync("/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}
