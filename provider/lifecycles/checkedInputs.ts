import type * as dynamic from "@pulumi/pulumi/dynamic";
import type { ArgumentFault } from "../arguments/argumentForm";

/** The inputs that the SDK adds to a resource's arguments. */
export interface InputsOfSdk {
  /** The provider's text. */
  __provider?: string;
}

interface Fields {
  [name: string]: unknown;
}

/** The result of a check, with unchanged inputs. Inputs that a preview does not know yet are checked later. */
export function checkResult(
  inputs: InputsOfSdk,
  { faultsOf }: { faultsOf: (args: unknown) => ArgumentFault[] },
): dynamic.CheckResult {
  const { __provider, ...args } = inputs;
  const isKnown = ({ property }: ArgumentFault) => !isUnknownInput((args as Fields)[property]);
  return { inputs, failures: faultsOf(args).filter(isKnown) };
}

/**
 * Keeps the start of the first update, which is the earliest start time of a task that counts. The program sets a new one
 * each time; the recorded one takes precedence. A replacement is checked without the old inputs and gets a new time.
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

/** The known inputs; those that a preview does not know yet are left out. */
export function knownInputs<I extends object>(inputs: I): I {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => !isUnknownInput(value))) as I;
}
