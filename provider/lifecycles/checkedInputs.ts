import type * as dynamic from "@pulumi/pulumi/dynamic";
import type { ArgumentFault } from "../arguments/argumentForm";

/** What is in a resource's inputs beside its arguments. */
export interface InputsOfSdk {
  /** The provider's text. */
  __provider?: string;
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
 * the one that was there wins. A replacement is checked without the old inputs, so that its time starts anew.
 */
export function withFixedStart<I extends { createdAfter?: unknown; startedAtMs?: number }>(
  olds: Partial<I>,
  news: I,
): I {
  const { startedAtMs, ...args } = news;
  const fixedMs = args.createdAfter === undefined ? (olds.startedAtMs ?? startedAtMs) : undefined;
  return { ...args, ...(fixedMs !== undefined && { startedAtMs: fixedMs }) } as I;
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
