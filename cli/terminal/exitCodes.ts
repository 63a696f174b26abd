import { BackgroundTaskError, TaskFailedError, WaitTimedOutError } from "../../provider/task/errors";

/** The codes with which the command ends, as docs/command-line.md explains them. */
export const exitCodes = {
  succeeded: 0,
  taskFailed: 1,
  timedOut: 2,
  /** Usage, settings, refused, not found, unreachable. */
  stopped: 3,
  /** EX_SOFTWARE of BSD's sysexits.h. */
  defect: 70,
  /** As in a shell: 128 plus the number of SIGINT. */
  interrupted: 130,
} as const;

/** What a person did wrong on the command line, or what a tool that it needs lacks: one sentence. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** The reason of the signal of an interrupted command. */
export const interrupted = new Error("interrupted");

export function exitCodeOf(error: unknown): number {
  if (error === interrupted) {
    return exitCodes.interrupted;
  }
  if (error instanceof TaskFailedError) {
    return exitCodes.taskFailed;
  }
  if (error instanceof WaitTimedOutError) {
    return exitCodes.timedOut;
  }
  return error instanceof BackgroundTaskError || error instanceof UsageError ? exitCodes.stopped : exitCodes.defect;
}
