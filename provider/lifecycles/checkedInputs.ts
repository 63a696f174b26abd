import type * as dynamic from "@pulumi/pulumi/dynamic";
import { machineUptimeMs, systemClock } from "../clock/clock";
import type { ArgumentFault } from "../arguments/argumentForm";

/** What is in a resource's inputs beside its arguments. */
export interface InputsOfSdk {
  /** The provider's text. */
  __provider?: string;
  /** `startedAtMs` on the machine's monotonic clock: a hint that is not recorded. */
  startedAtUptimeMs?: number;
}

interface Fields {
  [name: string]: unknown;
}

/** The result of a check: the inputs as they came. What is not known yet, in a preview, is left for later. */
export function checkResult(
  inputs: InputsOfSdk,
  { faultsOf }: { faultsOf: (args: unknown) => ArgumentFault[] },
): dynamic.CheckResult {
  const { __provider, ...args } = inputs;
  const isKnown = ({ property }: ArgumentFault) => !isUnknownInput((args as Fields)[property]);
  return { inputs, failures: faultsOf(args).filter(isKnown) };
}

/**
 * Fixes the time that the first update began, from which on a task counts: the program gives a new one each time, and
 * the one that was there wins. A replacement is checked without the old inputs, so that its time starts anew. A new time is
 * converted to this process's clock, by which the offset to the service's is measured.
 */
export function withFixedStart<I extends InputsOfSdk & { createdAfter?: unknown; startedAtMs?: number }>(
  olds: Partial<I>,
  news: I,
  clock = startClock,
): I {
  const { startedAtMs: programMs, startedAtUptimeMs, ...args } = news;
  const startedAtMs = onClock(clock, programMs, startedAtUptimeMs);
  const fixedMs = args.createdAfter === undefined ? (olds.startedAtMs ?? startedAtMs) : undefined;
  return { ...args, ...(fixedMs !== undefined && { startedAtMs: fixedMs }) } as I;
}

const startClock = { epochMs: () => systemClock.epochMs(), uptimeMs: machineUptimeMs };

/** The program's clock may have been set since; the time that has passed comes from the clock that nobody sets. */
function onClock(clock: typeof startClock, startedAtMs?: number, uptimeMs?: number): number | undefined {
  const elapsedMs = uptimeMs === undefined ? -1 : clock.uptimeMs() - uptimeMs;
  return startedAtMs === undefined || elapsedMs < 0 ? startedAtMs : Math.floor(clock.epochMs() - elapsedMs);
}

// Stands for a value that is not known yet: `unknownValue` of @pulumi/pulumi's runtime/rpc.
const unknownSentinel = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function isUnknownInput(value: unknown): boolean {
  if (typeof value === "object" && value !== null) {
    return Object.values(value).some(isUnknownInput);
  }
  return value === unknownSentinel;
}

/** The inputs that are known; those that are not yet, in a preview, count as left out. */
export function knownInputs<I extends object>(inputs: I): I {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => !isUnknownInput(value))) as I;
}
