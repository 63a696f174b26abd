// `npm run docs:picture -- --record`: records a real `pulumi up` into up.cast, in the form of asciinema ("asciicast v2"). It needs
// the command `script` of util-linux.
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { repositoryRoot } from "../../engine/repositoryRoot";
import { castFile } from "./cast";

// While the engine is looked for, and while it asks the terminal for its background, which none answers here, nothing moves.
const longestPauseSeconds = 1;

const [columns, rows] = [130, 24];

export function record(): void {
  const folder = mkdtempSync(path.join(tmpdir(), "picture-"));
  try {
    const [output, timing] = [path.join(folder, "output"), path.join(folder, "timing")];
    const command = `stty cols ${columns} rows ${rows}; exec ${process.execPath} node_modules/tsx/dist/cli.mjs scripts/picture/up.ts`;
    const args = ["-q", "-e", "-O", output, "-T", timing, "-c", command];
    const { status, error } = spawnSync("script", args, {
      cwd: repositoryRoot,
      stdio: ["ignore", "ignore", "inherit"],
    });
    if (status !== 0) {
      throw error ?? new Error(`The recorded update ended with exit code ${status}.`);
    }
    writeFileSync(castFile, castOf(readFileSync(output), readFileSync(timing, "utf8")));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** An asciicast of what `script` wrote: its output after a line of its own, and lines of delays and byte counts. */
function castOf(output: Buffer, timing: string): string {
  const decoder = new TextDecoder();
  let offset = output.indexOf("\n") + 1;
  let seconds = 0;
  const events: string[] = [];
  for (const line of timing.trim().split("\n")) {
    const [delay, bytes] = line.split(" ").map(Number) as [number, number];
    seconds += Math.min(delay, longestPauseSeconds);
    const text = decoder.decode(output.subarray(offset, offset + bytes), { stream: true });
    offset += bytes;
    events.push(JSON.stringify([Number(seconds.toFixed(3)), "o", text]));
  }
  return [JSON.stringify({ version: 2, width: columns, height: rows }), ...events, ""].join("\n");
}
