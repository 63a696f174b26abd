import { isDeepStrictEqual } from "node:util";
import type * as dynamic from "@pulumi/pulumi/dynamic";
import { faultsOfResourceArguments, type ResourceArguments, waitOptionsOf } from "./arguments";
import { type ShowTask, showTaskWith } from "./client";
import { systemClock } from "./clock";
import { identityFor } from "./credentials";
import { endWithEngine, rowOf } from "./engineLink";
import { BackgroundTaskError, TaskFailedError } from "./errors";
import { ProgressReport } from "./progressReport";
import { formatResourceId, parseResourceId } from "./resourceId";
import { type Place, type ReadConfig, readSettings } from "./settings";
import { type BackgroundTaskResult, taskFields } from "./task";
import { isTerminal, kindOfStatus } from "./taskStatus";
import { isWatched } from "./terminal";
import { isAccepted, judged } from "./verdict";
import { waitForTask } from "./waiter";

// What the resource does in the provider process. The text of the provider that each state file keeps (written in
// backgroundTask.ts) finds this module as "pulumi-otc-background-task/lifecycle" and calls the functions below: their
// names and signatures are a promise to every state file there is.

type Inputs = ResourceArguments & { __provider?: string };

/** What the state keeps: the arguments, and over them the task as last seen. */
type Recorded = Partial<ResourceArguments> &
  Partial<BackgroundTaskResult> & {
    /** Which of the identifying arguments were given, since the task's fields share some of their names. */
    given?: string[];
  };

const service = "kafka";

// What decides which task is waited for, and where: a change is another wait.
const identifying = ["instanceId", "taskId", "projectId", "region", "endpoint", "triggers"] as const;

// How it is waited for and judged: a change is recorded.
const adjustable = [
  "wait",
  "failOnError",
  "timeoutSeconds",
  "appearTimeoutSeconds",
  "minDelaySeconds",
  "maxDelaySeconds",
  "createTimeoutSeconds",
  "updateTimeoutSeconds",
] as const;

let readConfig: ReadConfig = () => undefined;

/** Takes the stack's configuration. Synchronously, since the SDK lets parallel operations go ahead without waiting. */
export async function configure({ config }: dynamic.ConfigureRequest): Promise<void> {
  readConfig = (key) => config.get(`opentelekomcloud:${key}`);
}

/** Names what is wrong with the arguments; what is not known yet, in a preview, is left for later. */
export async function check(_olds: Recorded, news: Inputs): Promise<dynamic.CheckResult> {
  const { __provider, ...args } = news;
  const unknown = new Set(Object.entries(args).flatMap(([name, value]) => (isUnknown(value) ? [name] : [])));
  return { inputs: news, failures: faultsOfResourceArguments(args).filter(({ property }) => !unknown.has(property)) };
}

export async function diff(_id: string, olds: Recorded, news: Inputs): Promise<dynamic.DiffResult> {
  const replaces = identifying.filter((name) => !isDeepStrictEqual(givenArgument(olds, name), news[name]));
  const isAdjusted = adjustable.some((name) => olds[name] !== news[name]);
  // The engine also remembers that a wait failed, but forgets it at a refresh.
  const isOpen = !wasSeen(olds) || !isAccepted(olds.status, news);
  return { changes: replaces.length > 0 || isAdjusted || isOpen, replaces };
}

export async function create(inputs: Inputs): Promise<dynamic.CreateResult> {
  const task = await recordingFailure(undefined, inputs, undefined, () =>
    waitFor(inputs, inputs.createTimeoutSeconds ?? inputs.timeoutSeconds),
  );
  return { id: idOf(inputs, task.projectId), outs: outputs(inputs, task) };
}

export async function update(id: string, olds: Recorded, news: Inputs): Promise<dynamic.UpdateResult> {
  const recorded = wasSeen(olds) ? taskOf(olds) : undefined;
  const task = await recordingFailure(id, news, recorded, async () => {
    if (!recorded || !(isAccepted(recorded.status, news) || isTerminal(recorded.status, recorded.service))) {
      return waitFor(news, news.updateTimeoutSeconds ?? news.timeoutSeconds, recorded);
    }
    const isOnlyJudgedAnew = isAccepted(recorded.status, news) || olds.failOnError !== news.failOnError;
    return judged(isOnlyJudgedAnew ? recorded : await lookAgain(news, recorded), news);
  });
  return { outs: outputs(news, task) };
}

/** One look, for a refresh or `BackgroundTask.get`. What has ended stays as it ended, whatever became of its record. */
export async function read(id: string, props: Recorded): Promise<dynamic.ReadResult> {
  if (isTerminal(props.status, props.service)) {
    return { id, props };
  }
  try {
    const { projectId, ...subject } = parseResourceId(id);
    const seen = await lookOnce({ projectId, ...props, ...subject });
    if (!seen && !wasSeen(props)) {
      throw new BackgroundTaskError(`there is no background task ${subject.taskId} on instance ${subject.instanceId}.`);
    }
    return { id, props: seen ? { ...props, ...defined(seen) } : props };
  } catch (error) {
    // The SDK prints the stack, which says nothing to the user.
    (error as Error).stack = "";
    throw error;
  }
}

async function waitFor(
  args: ResourceArguments,
  timeoutSeconds: number | undefined,
  lastSeen?: BackgroundTaskResult,
): Promise<BackgroundTaskResult> {
  const showTask = openClient(args);
  const options = { ...waitOptionsOf({ ...args, timeoutSeconds }), lastSeen };
  const report = new ProgressReport(rowOf(args.resourceUrn), isWatched(), systemClock);
  endWithEngine();
  try {
    return judged(await waitForTask(showTask, args, options, systemClock, report), args);
  } finally {
    report.stop();
  }
}

/** A task that had failed may have been mended by the service; nothing else changes what is recorded of it. */
async function lookAgain(args: ResourceArguments, recorded: BackgroundTaskResult): Promise<BackgroundTaskResult> {
  const seen = await lookOnce(args).catch(() => undefined);
  return seen && kindOfStatus(seen.status, seen.service) === "success" ? seen : recorded;
}

const lookTimeoutMs = 10_000;

async function lookOnce(
  args: Place & { instanceId: string; taskId: string },
): Promise<BackgroundTaskResult | undefined> {
  const { task } = await openClient(args)(args, { timeoutMs: lookTimeoutMs });
  return task;
}

function openClient(place: Place): ShowTask {
  return showTaskWith(identityFor(readSettings(place, readConfig, process.env)));
}

/**
 * What makes the engine record a resource whose task has not ended well: its dependents are not created, and the next
 * update looks again. The CLI shows the reasons.
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

async function recordingFailure(
  id: string | undefined,
  inputs: Inputs,
  recorded: BackgroundTaskResult | undefined,
  wait: () => Promise<BackgroundTaskResult>,
): Promise<BackgroundTaskResult> {
  try {
    return await wait();
  } catch (error) {
    const seen = lastSeenBy(error) ?? recorded;
    // The SDK adds the provider's text to what succeeds only; without it the resource could never be destroyed.
    const properties = { ...outputs(inputs, seen), __provider: inputs.__provider };
    throw new NotInitializedError(id ?? idOf(inputs, seen?.projectId), properties, error as Error);
  }
}

function lastSeenBy(error: unknown): BackgroundTaskResult | undefined {
  if (error instanceof TaskFailedError) {
    return error.task;
  }
  return error instanceof BackgroundTaskError ? error.progress?.lastSeen : undefined;
}

function idOf(args: ResourceArguments, projectId: string | undefined): string {
  const { instanceId, taskId } = args;
  return formatResourceId({ service, projectId: projectId ?? configuredProject(args), instanceId, taskId });
}

function configuredProject(args: ResourceArguments): string | undefined {
  try {
    return readSettings(args, readConfig, process.env).project.id;
  } catch {
    return args.projectId;
  }
}

function outputs(inputs: Inputs, task: BackgroundTaskResult | undefined): Recorded {
  const { __provider, resourceUrn, ...args } = inputs;
  return { ...args, ...defined(task ?? {}), given: identifying.filter((name) => inputs[name] !== undefined) };
}

function givenArgument(olds: Recorded, name: (typeof identifying)[number]): unknown {
  return olds.given?.includes(name) === false ? undefined : olds[name];
}

function taskOf(olds: Recorded): BackgroundTaskResult {
  return Object.fromEntries(taskFields.map((field) => [field, olds[field]])) as unknown as BackgroundTaskResult;
}

function wasSeen(olds: Recorded): boolean {
  return olds.status !== undefined || olds.createdAt !== undefined;
}

function defined<T extends object>(fields: T): Partial<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;
}

// Stands for a value that is not known yet: `unknownValue` of @pulumi/pulumi's runtime/rpc.
const unknownSentinel = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

function isUnknown(value: unknown): boolean {
  if (typeof value === "object" && value !== null) {
    return Object.values(value).some(isUnknown);
  }
  return value === unknownSentinel;
}
