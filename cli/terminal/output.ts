import type { ProgressSink } from "../../provider/wait/progressReport";
import { debug } from "../../provider/output/log";

/** Where a command writes: its result to one stream, everything else to the other. */
export interface Output {
  /** A line of the result. */
  result(line: string): void;
  /** A line about what happens. */
  tell(line: string): void;
  /** Where a wait's progress goes: on a terminal one line that changes, elsewhere a line for each change. */
  progress: ProgressSink;
}

/** The form of all results in JSON. It grows, but no field changes its meaning within a version. */
export function jsonOf(result: object): string {
  return JSON.stringify({ version: 1, ...result }, undefined, 2);
}

// Deletes the line and returns to its start.
const clearLine = "\r\u001b[2K";

export function outputOf(streams: { stdout: NodeJS.WriteStream; stderr: NodeJS.WriteStream }): Output & {
  close(): void;
} {
  const { stdout, stderr } = streams;
  let isShowing = false;
  const hide = () => {
    if (isShowing) {
      stderr.write(clearLine);
      isShowing = false;
    }
  };
  const tell = (line: string) => {
    hide();
    stderr.write(`${line}\n`);
  };
  const show = (message: string) => {
    // A line that wraps could not be deleted.
    stderr.write(clearLine + message.slice(0, (stderr.columns ?? 80) - 1));
    isShowing = true;
  };
  return {
    result: (line) => {
      hide();
      stdout.write(`${line}\n`);
    },
    tell,
    progress: {
      isWatched: stderr.isTTY,
      show: stderr.isTTY ? show : tell,
      keep: tell,
      warn: (message) => tell(`warning: ${message}`),
      debug: (message) => debug(() => message),
    },
    close: hide,
  };
}
