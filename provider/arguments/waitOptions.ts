import type { BarrierArguments, ResourceArguments } from "./arguments";
import type { BarrierOptions } from "../wait/barrier";
import { defaultDelayBounds } from "../schedule/schedule";
import type { StartOfWait } from "../clock/startOfWait";
import { parseTaskTime } from "../task/task";
import type { WaitOptions } from "../wait/waiter";

// From what users give to what the loops take: their units, and the defaults filled in.

/** The waiter's options, in its units and with the defaults filled in. */
export function waitOptionsOf(args: Partial<ResourceArguments>): Omit<WaitOptions, "lastSeen"> {
  const ms = (value: number | undefined, defaultMs: number) => (value === undefined ? defaultMs : value * 1000);
  return {
    wait: args.wait ?? true,
    timeoutMs: ms(args.timeoutSeconds, 1_800_000),
    appearTimeoutMs: ms(args.appearTimeoutSeconds, 60_000),
    minDelayMs: ms(args.minDelaySeconds, defaultDelayBounds.minDelayMs),
    maxDelayMs: ms(args.maxDelaySeconds, defaultDelayBounds.maxDelayMs),
  };
}

/** The barrier's options. Without `createdAfter`, the expected tasks count from the start of the update on. */
export function barrierOptionsOf(args: Partial<BarrierArguments>): BarrierOptions {
  const { createdAfter, startedAtMs, expect = [], quietSeconds = 3 } = args;
  const { wait, ...pace } = waitOptionsOf(args);
  return { ...pace, quietMs: quietSeconds * 1000, expect, expectFrom: startOf(createdAfter, startedAtMs) };
}

/** From when on tasks count: an explicit time is compared with the service's times as it stands. */
export function startOf(createdAfter: string | undefined, startedAtMs: number | undefined): StartOfWait | undefined {
  const atMs = parseTaskTime(createdAfter);
  if (atMs !== undefined) {
    return { at: { leastMs: atMs, greatestMs: atMs } };
  }
  return startedAtMs === undefined ? undefined : { localMs: startedAtMs };
}
