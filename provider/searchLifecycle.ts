import type * as dynamic from "@pulumi/pulumi/dynamic";
import { faultsOfSearchArguments, type SearchArguments } from "./arguments";
import { systemClock } from "./clock";
import { endWithEngine, rowOf } from "./engineLink";
import { ProgressReport } from "./progressReport";
import { configuredProject, identityAt } from "./providerConfiguration";
import {
  changedAmong,
  checked,
  defined,
  type Given,
  givenAmong,
  type InputsOfSdk,
  NotInitializedError,
} from "./recordedState";
import { formatSearchId } from "./resourceId";
import { findTask, type SearchResult } from "./search";
import type { ServiceMoment } from "./startOfWait";
import { listTasksWith } from "./taskList";
import { isWatched } from "./terminal";
import { UnfinishedWait } from "./unfinishedWait";

export { configure } from "./providerConfiguration";
import { startOf, waitOptionsOf } from "./waitOptions";

// What the search for a task by its name does in the provider process. It is a resource of its own, so that the id it
// found is in the state before the wait begins: an engine that is killed records nothing of what it was creating.

type Inputs = SearchArguments & InputsOfSdk;

interface Found {
  taskId?: string;
  createdAt?: string;
  /** The start of the wait on the service's clock: an update that resumes the search must not begin a later one. */
  start?: ServiceMoment;
}

type Recorded = Partial<SearchArguments> & Found & Given;

const identifying = [
  "instanceId",
  "name",
  "createdAfter",
  "service",
  "projectId",
  "region",
  "cloud",
  "endpoint",
  "triggers",
] as const;

/**
 * Keeps the time that the first update began: the program gives a new one each time, and the one that was there wins. A
 * replacement is checked without the old inputs, so that its time starts anew.
 */
export async function check(olds: Partial<Inputs>, news: Inputs): Promise<dynamic.CheckResult> {
  const { startedAtMs, ...args } = news;
  const fixedMs = args.createdAfter === undefined ? (olds.startedAtMs ?? startedAtMs) : undefined;
  return checked<Inputs>({ ...args, ...defined({ startedAtMs: fixedMs }) }, faultsOfSearchArguments);
}

export async function diff(_id: string, olds: Recorded, news: Inputs): Promise<dynamic.DiffResult> {
  const replaces = changedAmong(identifying, olds, news);
  return { changes: replaces.length > 0 || olds.taskId === undefined, replaces };
}

export async function create(inputs: Inputs): Promise<dynamic.CreateResult> {
  const found = await recordingFailure(undefined, inputs, {});
  return { id: idOf(inputs, found.projectId), outs: outputs(inputs, found) };
}

export async function update(id: string, olds: Recorded, news: Inputs): Promise<dynamic.UpdateResult> {
  const { taskId, createdAt, start } = olds;
  if (taskId !== undefined) {
    return { outs: outputs(news, { taskId, createdAt, start }) };
  }
  return { outs: outputs(news, await recordingFailure(id, news, { start })) };
}

/** What was found stays found: the resource that waits for it looks at it. */
export async function read(id: string, props: Recorded): Promise<dynamic.ReadResult> {
  return { id, props };
}

async function recordingFailure(
  id: string | undefined,
  inputs: Inputs,
  known: Found,
): Promise<Found & { projectId?: string }> {
  try {
    const { task, start } = await search(inputs, known.start);
    const { taskId, createdAt, projectId } = task;
    return { taskId, createdAt, projectId, start };
  } catch (error) {
    const [cause, start] =
      error instanceof UnfinishedWait
        ? [error.cause, error.found as ServiceMoment | undefined]
        : [error as Error, known.start];
    throw new NotInitializedError(id ?? idOf(inputs), outputs(inputs, { start }), inputs, cause);
  }
}

async function search(inputs: Inputs, known: ServiceMoment | undefined): Promise<SearchResult> {
  const { service = "kafka" } = inputs;
  const listTasks = listTasksWith(identityAt(inputs), service);
  const timeoutSeconds = inputs.createTimeoutSeconds ?? inputs.timeoutSeconds;
  const report = new ProgressReport(rowOf(inputs.resourceUrn), isWatched(), systemClock);
  endWithEngine();
  try {
    const start = (known && { at: known }) ?? startOf(inputs.createdAfter, inputs.startedAtMs ?? Date.now());
    const options = waitOptionsOf({ ...inputs, timeoutSeconds, wait: true });
    return await findTask(listTasks, inputs, start, options, systemClock, report);
  } finally {
    report.stop();
  }
}

function idOf(args: Inputs, projectId = configuredProject(args)): string {
  const { service = "kafka", instanceId, name } = args;
  return formatSearchId({ service, projectId, instanceId, name });
}

function outputs(inputs: Inputs, { taskId, createdAt, start }: Found): Recorded {
  const { __provider, resourceUrn, ...args } = inputs;
  return { ...args, ...defined({ taskId, createdAt, start }), given: givenAmong(identifying, inputs) };
}
