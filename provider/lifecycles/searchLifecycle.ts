import type * as dynamic from "@pulumi/pulumi/dynamic";
import { type GivenSearchArguments, searchArguments } from "../arguments/arguments";
import { systemClock } from "../clock/clock";
import { configuredProject, identityAt } from "./stackConfiguration";
import {
  changedAmong,
  checkResult,
  defined,
  type Given,
  givenAmong,
  type InputsOfSdk,
  NotInitializedError,
  withFixedStart,
} from "./recordedState";
import { reportedWait } from "./engineLink";
import { formatSearchId } from "./resourceId";
import { findTask, type SearchResult } from "../wait/search";
import type { ServiceMoment } from "../clock/startOfWait";
import { listTasksWith } from "../service/taskList";
import { type Outcome, resultOf } from "../wait/outcome";
import { paceOf, startOf } from "../arguments/waitOptions";
export { configure } from "./stackConfiguration";

// What the search for a task by its name does in the provider process. It is a resource of its own, so that the id it
// found is in the state before the wait begins: an engine that is killed records nothing of what it was creating.

type Inputs = GivenSearchArguments & InputsOfSdk;

interface Found {
  taskId?: string;
  createdAt?: string;
  /** The start of the wait on the service's clock: an update that resumes the search must not begin a later one. */
  start?: ServiceMoment;
}

type Recorded = Partial<GivenSearchArguments> & Found & Given;

export async function check(olds: Partial<Inputs>, news: Inputs): Promise<dynamic.CheckResult> {
  return checkResult(withFixedStart(olds, news), searchArguments);
}

export async function diff(_id: string, olds: Recorded, news: Inputs): Promise<dynamic.DiffResult> {
  const replaces = changedAmong(searchArguments.identifying, olds, news);
  return { changes: replaces.length > 0 || olds.taskId === undefined, replaces };
}

export async function create(inputs: Inputs): Promise<dynamic.CreateResult> {
  const found = await recordingFailure(undefined, inputs, inputs.createTimeoutSeconds ?? inputs.timeoutSeconds, {});
  return { id: idOf(inputs, found.projectId), outs: outputs(inputs, found) };
}

export async function update(id: string, olds: Recorded, news: Inputs): Promise<dynamic.UpdateResult> {
  const { taskId, createdAt, start } = olds;
  if (taskId !== undefined) {
    return { outs: outputs(news, { taskId, createdAt, start }) };
  }
  const timeoutSeconds = news.updateTimeoutSeconds ?? news.timeoutSeconds;
  return { outs: outputs(news, await recordingFailure(id, news, timeoutSeconds, { start })) };
}

/** What was found stays found: the resource that waits for it looks at it. */
export async function read(id: string, props: Recorded): Promise<dynamic.ReadResult> {
  return { id, props };
}

async function recordingFailure(
  id: string | undefined,
  inputs: Inputs,
  timeoutSeconds: number | undefined,
  known: Found,
): Promise<Found & { projectId?: string }> {
  let { start } = known;
  try {
    const outcome = await search(inputs, timeoutSeconds, start);
    start = outcome.state === "finished" ? outcome.result.start : outcome.found;
    const { taskId, createdAt, projectId } = resultOf(outcome).task;
    return { taskId, createdAt, projectId, start };
  } catch (error) {
    throw new NotInitializedError(id ?? idOf(inputs), outputs(inputs, { start }), inputs, error as Error);
  }
}

async function search(
  inputs: Inputs,
  timeoutSeconds: number | undefined,
  known: ServiceMoment | undefined,
): Promise<Outcome<SearchResult, ServiceMoment | undefined>> {
  const args = searchArguments.withDefaults(inputs);
  const listTasks = listTasksWith(identityAt(args), args.service);
  const start = (known && { at: known }) ?? startOf(args.createdAfter, args.startedAtMs ?? Date.now());
  const options = { ...paceOf({ ...args, timeoutSeconds: timeoutSeconds ?? args.timeoutSeconds }), wait: true };
  return reportedWait(args.resourceUrn, (listener) =>
    findTask({ listTasks, subject: args, start, options, clock: systemClock, listener }),
  );
}

function idOf(inputs: Inputs, projectId = configuredProject(inputs)): string {
  const { service, instanceId, name } = searchArguments.withDefaults(inputs);
  return formatSearchId({ service, projectId, instanceId, name });
}

function outputs(inputs: Inputs, { taskId, createdAt, start }: Found): Recorded {
  const { __provider, resourceUrn, ...args } = inputs;
  return { ...args, ...defined({ taskId, createdAt, start }), given: givenAmong(searchArguments.identifying, inputs) };
}
