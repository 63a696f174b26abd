import type * as dynamic from "@pulumi/pulumi/dynamic";
import type { Parsed } from "../arguments/argumentForm";
import { type GivenTaskArguments, taskArguments } from "../arguments/arguments";
import { systemClock } from "../clock/clock";
import { BackgroundTaskError, TaskFailedError } from "../task/errors";
import { noteNamedTask } from "./namedTasks";
import { configuredProject, identityAt } from "./stackConfiguration";
import {
  changedAmong,
  isChangedAmong,
  checkResult,
  defined,
  type Given,
  givenAmong,
  type InputsOfSdk,
  knownInputs,
  NotInitializedError,
} from "./recordedState";
import { reportedWait } from "./engineLink";
import { formatResourceId, parseResourceId } from "./resourceId";
import type { ServiceName } from "../task/services";
import type { Place } from "../settings/settings";
import { sharedLookWith } from "../service/sharedLooks";
import { type BackgroundTaskResult, taskFields } from "../task/task";
import { lookWith } from "../service/taskLook";
import { isTerminal, kindOfStatus } from "../task/taskStatus";
import { isAccepted, throwIfFailed } from "../task/verdict";
import { paceOf } from "../arguments/waitOptions";
import { resultOf } from "../wait/outcome";
import { waitForTask } from "../wait/waiter";
export { configure } from "./stackConfiguration";

type Inputs = GivenTaskArguments & { taskId: string } & InputsOfSdk;
type Arguments = Parsed<typeof taskArguments> & { taskId: string };

/** What the state keeps: the arguments, and over them the task as last seen. */
type Recorded = Partial<Inputs> & Partial<BackgroundTaskResult> & Given;

const parsed = (inputs: Inputs) => taskArguments.withDefaults(inputs) as Arguments;

/** Names what is wrong with the arguments. */
export async function check(_olds: Recorded, news: Inputs): Promise<dynamic.CheckResult> {
  noteNamedTask(news);
  return checkResult(news, taskArguments);
}

export async function diff(_id: string, olds: Recorded, news: Inputs): Promise<dynamic.DiffResult> {
  // Where a job's id was given, the state may have the id of the task that the job belongs to.
  const isSameTask = news.taskId === olds.jobId;
  const replaces = changedAmong(taskArguments.identifying, olds, news).filter(
    (name) => !(name === "taskId" && isSameTask),
  );
  const isAdjusted = isChangedAmong(taskArguments.adjusting, olds, news);
  // The engine also remembers that a wait failed, but forgets it at a refresh.
  const isOpen = !wasSeen(olds) || !isAccepted(olds.status, parsed(knownInputs(news)));
  return { changes: replaces.length > 0 || isAdjusted || isOpen, replaces };
}

export async function create(inputs: Inputs): Promise<dynamic.CreateResult> {
  const args = parsed(inputs);
  const task = await recordingFailure(undefined, inputs, undefined, () =>
    waitFor(args, args.createTimeoutSeconds ?? args.timeoutSeconds),
  );
  return { id: idOf(inputs, task.projectId), outs: outputs(inputs, task) };
}

export async function update(id: string, olds: Recorded, news: Inputs): Promise<dynamic.UpdateResult> {
  const recorded = wasSeen(olds) ? taskOf(olds) : undefined;
  const args = parsed(news);
  const task = await recordingFailure(id, news, recorded, async () => {
    if (!recorded || !(isAccepted(recorded.status, args) || isTerminal(recorded.status, recorded.service))) {
      return waitFor(args, args.updateTimeoutSeconds ?? args.timeoutSeconds, recorded);
    }
    const isOnlyJudgedAnew = isAccepted(recorded.status, args) || olds.failOnError !== news.failOnError;
    const task = isOnlyJudgedAnew ? recorded : await lookAgain(args, recorded);
    throwIfFailed(task, args);
    return task;
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
  args: Arguments,
  timeoutSeconds: number,
  lastSeen?: BackgroundTaskResult,
): Promise<BackgroundTaskResult> {
  const showTask = sharedLookWith(identityAt(args), args.service, args.instanceId);
  const options = { ...paceOf({ ...args, timeoutSeconds }), wait: args.wait, lastSeen };
  const outcome = await reportedWait(args.resourceUrn, (listener) =>
    waitForTask({ showTask, subject: args, options, clock: systemClock, listener }),
  );
  const task = resultOf(outcome);
  throwIfFailed(task, args);
  return task;
}

/** A task that had failed may have been mended by the service; nothing else changes what is recorded of it. */
async function lookAgain(args: Arguments, recorded: BackgroundTaskResult): Promise<BackgroundTaskResult> {
  const seen = await lookOnce(args).catch(() => undefined);
  return seen && kindOfStatus(seen.status, seen.service) === "success" ? seen : recorded;
}

const lookTimeoutMs = 10_000;

async function lookOnce(
  args: Place & { instanceId: string; taskId: string; service: ServiceName },
): Promise<BackgroundTaskResult | undefined> {
  const { task } = await lookWith(identityAt(args), args.service)(args, { timeoutMs: lookTimeoutMs });
  return task;
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
    throw new NotInitializedError(id ?? idOf(inputs, seen?.projectId), outputs(inputs, seen), inputs, error as Error);
  }
}

function lastSeenBy(error: unknown): BackgroundTaskResult | undefined {
  if (error instanceof TaskFailedError) {
    return error.task;
  }
  return error instanceof BackgroundTaskError ? error.progress?.lastSeen : undefined;
}

function idOf(inputs: Inputs, projectId: string | undefined): string {
  const args = parsed(inputs);
  const { service, instanceId, taskId } = args;
  return formatResourceId({ service, projectId: projectId ?? configuredProject(args), instanceId, taskId });
}

function outputs(inputs: Inputs, task: BackgroundTaskResult | undefined): Recorded {
  const { __provider, resourceUrn, ...args } = inputs;
  return { ...args, ...defined(task ?? {}), given: givenAmong(taskArguments.identifying, inputs) };
}

function taskOf(olds: Recorded): BackgroundTaskResult {
  return Object.fromEntries(taskFields.map((field) => [field, olds[field]])) as unknown as BackgroundTaskResult;
}

function wasSeen(olds: Recorded): boolean {
  return olds.status !== undefined || olds.createdAt !== undefined;
}
