import type * as dynamic from "@pulumi/pulumi/dynamic";
import { isDeepStrictEqual } from "node:util";
import type { InputsOfSdk } from "./checkedInputs";
import { fieldOfCloud, isOfOtherCloud } from "./recordedCloud";
import { configuredCloud, configuredProject, stackDefaults } from "./stackConfiguration";
import type { CloudProvider } from "../task/cloudProviders";
import { SettingsError } from "../task/errors";
import { type Outcome, resultOf } from "../wait/outcome";

type Defaulting = (inputs: never, stackDefaults?: object) => unknown;

/** How the state of one kind of resource is made. */
export interface ResourceKind<Arguments, Found> {
  form: { identifying: readonly string[]; adjusting: readonly string[]; withDefaults: Defaulting };
  formatId(subject: Arguments & { projectId?: string }): string;
  /** The project, if it is known from the service. */
  projectOf(found: Found): string | undefined;
  /** The fields that a state keeps in addition to the arguments. */
  fieldsOf(found: Found, isFinished: boolean): object;
  /** @throws an error that keeps the dependents from being created, if a task failed. */
  throwIfFailed(found: Found, args: Arguments): void;
}

/** What a state keeps in addition to the arguments and the result. */
export interface GivenNames {
  /** Which of the identifying arguments were set: the result has fields of the same names. */
  given?: string[];
}

interface Fields {
  [name: string]: unknown;
}

/** The changes of the arguments: the names of those that mean another wait, and whether any other changed. */
export function changesOf(
  { identifying, adjusting }: ResourceKind<never, never>["form"],
  olds: GivenNames,
  news: object,
): { replaces: string[]; isAdjusted: boolean } {
  const [before, now] = [olds as Fields, news as Fields];
  const wasGiven = (name: string) => olds.given?.includes(name) !== false;
  const isChanged = (name: string) =>
    name === "cloudProvider"
      ? isOfOtherCloud(olds, news)
      : !isDeepStrictEqual(wasGiven(name) ? before[name] : undefined, now[name]);
  return {
    replaces: identifying.filter(isChanged),
    isAdjusted: adjusting.some((name) => before[name] !== now[name]),
  };
}

/**
 * The result of a diff. For a replacement, it leaves open whether there are changes: the engine then compares the inputs as
 * they were checked with the old ones, and its rows show what the user changed. Otherwise they would also show the start of
 * the wait, which is new in a replacement.
 */
export function diffResult(replaces: string[], hasOtherChanges: boolean): dynamic.DiffResult {
  return replaces.length > 0 ? { replaces } : { changes: hasOtherChanges, replaces };
}

interface InputsOfAny extends InputsOfSdk {
  resourceUrn?: string;
}

interface Deadlines {
  cloudProvider?: CloudProvider;
  timeoutSeconds: number;
  createTimeoutSeconds?: number;
  updateTimeoutSeconds?: number;
}

/**
 * Runs a create or, if the resource has an id, an update, and records the outcome: the inputs as they were set, the
 * result, and whether the resource counts as created. `operate` gets the arguments with their defaults, which are not
 * recorded.
 *
 * @throws NotInitializedError, which holds everything that is recorded
 */
export async function recordOutcome<Arguments extends Deadlines, Found>(
  kind: ResourceKind<Arguments, Found>,
  inputs: InputsOfAny,
  before: { id?: string; found: Found; cloudProvider?: CloudProvider },
  operate: (args: Arguments) => Promise<Outcome<Found, Found>>,
): Promise<{ id: string; outs: object }> {
  const args = kind.form.withDefaults(inputs as never, stackDefaults().defaults) as Arguments;
  const customSeconds = before.id === undefined ? args.createTimeoutSeconds : args.updateTimeoutSeconds;
  const cloudProvider = before.cloudProvider ?? args.cloudProvider ?? configuredCloud(inputs);
  const outcome = await operate({ ...args, cloudProvider, timeoutSeconds: customSeconds ?? args.timeoutSeconds }).catch(
    (cause: Error): Outcome<Found, Found> => ({ state: "unfinished", cause, found: before.found }),
  );
  const isFinished = outcome.state === "finished";
  const found = isFinished ? outcome.result : outcome.found;
  const id =
    before.id ??
    kind.formatId({ ...args, projectId: kind.projectOf(found) ?? configuredProject({ ...inputs, cloudProvider }) });
  const isUndecided = before.cloudProvider === undefined && !isFinished && outcome.cause instanceof SettingsError;
  const { __provider, resourceUrn, ...own } = inputs;
  const outs = {
    ...own,
    ...fieldOfCloud(cloudProvider, isUndecided && args.cloudProvider === undefined),
    ...defined(kind.fieldsOf(found, isFinished)),
    given: kind.form.identifying.filter((name) => (inputs as Fields)[name] !== undefined),
  };
  try {
    kind.throwIfFailed(resultOf(outcome), args);
    return { id, outs };
  } catch (cause) {
    throw new NotInitializedError(id, { ...outs, __provider }, cause as Error);
  }
}

/**
 * Makes the engine record a resource whose wait failed: its dependents are not created, and the next update looks again.
 * The CLI shows the reasons. The SDK adds the provider's text only if an operation succeeds; without the text in the
 * properties, the resource could never be destroyed.
 */
class NotInitializedError extends Error {
  readonly reasons: string[];
  constructor(
    readonly id: string,
    readonly properties: object,
    cause: Error,
  ) {
    super(cause.message, { cause });
    this.reasons = [cause.message];
  }
}

/** The fields that are not undefined, as a state keeps them. */
export function defined<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
