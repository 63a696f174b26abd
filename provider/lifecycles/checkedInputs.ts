import type * as dynamic from "@pulumi/pulumi/dynamic";
import { machineUptimeMs, systemClock } from "../clock/clock";
import type { ArgumentFault } from "../arguments/argumentForm";
import { stackDefaults } from "./stackConfiguration";

/** The inputs that the SDK adds to a resource's arguments. */
export interface InputsOfSdk {
  /** The provider's text. */
  __provider?: string;
  /** `startedAtMs` on the machine's monotonic clock: a hint that is not recorded. */
  startedAtUptimeMs?: number;
  /** Set in a preview: a hint that is not recorded. */
  isPreview?: true;
}

interface Fields {
  [name: string]: unknown;
}

/**
 * The result of a check, with unchanged inputs except for the hint of a preview. Inputs that a preview does not know yet
 * are checked later. The faults of the stack's defaults are no property's.
 */
export function checkResult(
  { isPreview: _, ...inputs }: InputsOfSdk,
  { faultsOf }: { faultsOf: (args: unknown, stackDefaults: object) => ArgumentFault[] },
): dynamic.CheckResult {
  const { __provider, ...args } = inputs;
  const isKnown = ({ property }: ArgumentFault) => !isUnknownInput((args as Fields)[property]);
  const { defaults, faults } = stackDefaults();
  const faultsOfStack = faults.map((reason) => ({ property: "", reason }));
  return { inputs, failures: [...faultsOfStack, ...faultsOf(args, defaults).filter(isKnown)] };
}

/**
 * Keeps the start of the first update, which is the earliest start time of a task that counts. The program sets a new one
 * each time; the recorded one takes precedence. A replacement is checked without the old inputs and gets a new time. A new
 * time is converted to this process's clock, because the offset to the service's clock is measured with that.
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

/** The program's clock may have been set since: the elapsed time comes from the monotonic clock. */
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

/** The known inputs; those that a preview does not know yet are left out. */
export function knownInputs<I extends object>(inputs: I): I {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => !isUnknownInput(value))) as I;
}
