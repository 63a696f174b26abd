import { isDeepStrictEqual } from "node:util";
import type { InputsOfSdk } from "./checkedInputs";
import { configuredProject } from "./stackConfiguration";
import { type Outcome, resultOf } from "../wait/outcome";

/** One kind of resource, as far as its state goes. */
export interface ResourceKind<Arguments, Found> {
  form: { identifying: readonly string[]; adjusting: readonly string[]; withDefaults: (inputs: never) => unknown };
  formatId(subject: Arguments & { projectId?: string }): string;
  /** The project, where the service has told it. */
  projectOf(found: Found): string | undefined;
  /** What a state keeps of what was found, beside the arguments. */
  fieldsOf(found: Found, isFinished: boolean): object;
  /** @throws what keeps the dependents from being created, although the wait is over. */
  throwIfFailed(found: Found, args: Arguments): void;
}

/** What a state keeps beside the arguments and what was found. */
export interface GivenNames {
  /** Which of the identifying arguments were given, since what was found shares some of their names. */
  given?: string[];
}

interface Fields {
  [name: string]: unknown;
}

/** What changed of the arguments: the names of those that mean another wait, and whether any other did. */
export function changesOf(
  { identifying, adjusting }: ResourceKind<never, never>["form"],
  olds: GivenNames,
  news: object,
): { replaces: string[]; isAdjusted: boolean } {
  const [before, now] = [olds as Fields, news as Fields];
  const wasGiven = (name: string) => olds.given?.includes(name) !== false;
  return {
    replaces: identifying.filter((name) => !isDeepStrictEqual(wasGiven(name) ? before[name] : undefined, now[name])),
    isAdjusted: adjusting.some((name) => before[name] !== now[name]),
  };
}

interface InputsOfAny extends InputsOfSdk {
  resourceUrn?: string;
}

interface Deadlines {
  timeoutSeconds: number;
  createTimeoutSeconds?: number;
  updateTimeoutSeconds?: number;
}

/**
 * Does what a create or, where the resource has an id, an update is for, and records how that ended: the inputs as they
 * were given, what was found, and whether it may count as created. `operate` is handed the arguments as they act.
 *
 * @throws NotInitializedError, which holds all that is recorded
 */
export async function recordOutcome<Arguments extends Deadlines, Found>(
  kind: ResourceKind<Arguments, Found>,
  inputs: InputsOfAny,
  before: { id?: string; found: Found },
  operate: (args: Arguments) => Promise<Outcome<Found, Found>>,
): Promise<{ id: string; outs: object }> {
  const args = kind.form.withDefaults(inputs as never) as Arguments;
  const customSeconds = before.id === undefined ? args.createTimeoutSeconds : args.updateTimeoutSeconds;
  const outcome = await operate({ ...args, timeoutSeconds: customSeconds ?? args.timeoutSeconds }).catch(
    (cause: Error): Outcome<Found, Found> => ({ state: "unfinished", cause, found: before.found }),
  );
  const isFinished = outcome.state === "finished";
  const found = isFinished ? outcome.result : outcome.found;
  const id =
    before.id ?? kind.formatId({ ...args, projectId: kind.projectOf(found) ?? configuredProject(inputs as object) });
  const { __provider, resourceUrn, ...own } = inputs;
  const outs = {
    ...own,
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
 * What makes the engine record a resource whose wait has not ended well: its dependents are not created, and the next
 * update looks again. The CLI shows the reasons. The SDK adds the provider's text to what succeeds only; without it in
 * the properties the resource could never be destroyed.
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

/** Without what is undefined, as a state keeps it. */
export function defined<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}
