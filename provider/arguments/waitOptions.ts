import type { GivenBarrierArguments, LookUpArguments } from "./arguments";
import type { BarrierOptions } from "../wait/barrier";
import type { StartOfWait } from "../clock/startOfWait";
import { parseTaskTime } from "../task/task";
import type { Pace } from "../wait/lookLoop";

// Converts arguments into options of the loops: seconds into milliseconds, texts into times.

type PaceArguments = Pick<
  LookUpArguments,
  "timeoutSeconds" | "appearTimeoutSeconds" | "minDelaySeconds" | "maxDelaySeconds"
>;

export function paceOf(args: PaceArguments): Pace {
  return {
    timeoutMs: args.timeoutSeconds * 1000,
    appearTimeoutMs: args.appearTimeoutSeconds * 1000,
    minDelayMs: args.minDelaySeconds * 1000,
    maxDelayMs: args.maxDelaySeconds * 1000,
  };
}

type BarrierArguments = Required<
  Pick<GivenBarrierArguments, "quietSeconds" | "expect" | "untilRunning" | "failOnError">
>;

/** The barrier's options. Without `createdAfter`, expected tasks count if they started during the update. */
export function barrierOptionsOf(
  args: PaceArguments & BarrierArguments & { createdAfter?: string },
  startedAtMs?: number,
): BarrierOptions {
  const { createdAfter, expect, quietSeconds, untilRunning, failOnError } = args;
  const quiet = { quietMs: quietSeconds * 1000, untilRunning, failOnError };
  return { ...paceOf(args), ...quiet, expect, expectFrom: startOf(createdAfter, startedAtMs) };
}

/** The earliest start time that counts. An explicit time is compared with the service's times directly. */
export function startOf(createdAfter: string | undefined, startedAtMs: number | undefined): StartOfWait | undefined {
  const atMs = parseTaskTime(createdAfter);
  if (atMs !== undefined) {
    return { at: { leastMs: atMs, greatestMs: atMs } };
  }
  return startedAtMs === undefined ? undefined : { localMs: startedAtMs };
}
