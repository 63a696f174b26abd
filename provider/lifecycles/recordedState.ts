import { isDeepStrictEqual } from "node:util";
import type * as dynamic from "@pulumi/pulumi/dynamic";
import type { ArgumentFault } from "../arguments/argumentForm";

/** What is in a resource's inputs beside its arguments. */
export interface InputsOfSdk {
  /** The provider's text. */
  __provider?: string;
}

/** What a state keeps beside the arguments and the results. */
export interface Given {
  /** Which of the identifying arguments were given, since results share some of their names. */
  given?: string[];
}

/** The names of the arguments that were given. */
export function givenAmong(identifying: readonly string[], inputs: object): string[] {
  return identifying.filter((name) => (inputs as Fields)[name] !== undefined);
}

/** The identifying arguments that are not what they were. */
export function changedAmong(identifying: readonly string[], olds: Given, news: object): string[] {
  const before = (name: string) => (olds.given?.includes(name) === false ? undefined : (olds as Fields)[name]);
  return identifying.filter((name) => !isDeepStrictEqual(before(name), (news as Fields)[name]));
}

/** Whether one of the arguments is not what it was. */
export function isChangedAmong(adjusting: readonly string[], olds: object, news: object): boolean {
  return adjusting.some((name) => (olds as Fields)[name] !== (news as Fields)[name]);
}

/** Without what is undefined, as a state keeps it. */
export function defined<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
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
  return { ...args, ...defined({ startedAtMs: fixedMs }) } as I;
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

/** The inputs that are known; those that are not yet, in a preview, count as left out. */
export function knownInputs<I extends object>(inputs: I): I {
  return Object.fromEntries(Object.entries(inputs).filter(([, value]) => !isUnknownInput(value))) as I;
}

/**
 * What makes the engine record a resource whose wait has not ended well: its dependents are not created, and the next
 * update looks again. The CLI shows the reasons. The SDK adds the provider's text to what succeeds only; without it the
 * resource could never be destroyed.
 */
export class NotInitializedError extends Error {
  readonly reasons: string[];
  readonly properties: object;
  constructor(
    readonly id: string,
    outputs: object,
    { __provider }: InputsOfSdk,
    cause: Error,
  ) {
    super(cause.message, { cause });
    this.properties = { ...outputs, __provider };
    this.reasons = [cause.message];
  }
}

interface Fields {
  [name: string]: unknown;
}

// Stands for a value that is not known yet: `unknownValue` of @pulumi/pulumi's runtime/rpc.
const unknownSentinel = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function isUnknownInput(value: unknown): boolean {
  if (typeof value === "object" && value !== null) {
    return Object.values(value).some(isUnknownInput);
  }
  return value === unknownSentinel;
}
