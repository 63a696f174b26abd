import type { Clock } from "../../provider/clock/clock";
import type { StartOfWait } from "../../provider/clock/startOfWait";
import { parseTaskTime } from "../../provider/task/task";
import { UsageError } from "../terminal/exitCodes";
import { parseDuration } from "./duration";

/**
 * The start that `--since` means: a time of the service, or so long ago by this machine's clock.
 *
 * @throws UsageError
 */
export function startOf(since: string, clock: Clock): StartOfWait {
  const seconds = parseDuration(since);
  if (seconds !== undefined) {
    return { localMs: clock.epochMs() - seconds * 1000 };
  }
  const atMs = parseTaskTime(since);
  if (atMs === undefined) {
    throw new UsageError(
      `--since must be a duration such as 2h, or a time with a zone such as 2026-01-31T08:00:00Z, but is ${JSON.stringify(since)}.`,
    );
  }
  return { at: { leastMs: atMs, greatestMs: atMs } };
}

/** The same in milliseconds since 1970, where the difference of the clocks does not matter. */
export function startMsOf(since: string, clock: Clock): number {
  const start = startOf(since, clock);
  return "at" in start ? start.at.leastMs : start.localMs;
}
