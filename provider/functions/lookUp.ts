import * as pulumi from "@pulumi/pulumi";
import {
  type ListArguments,
  listArguments,
  type LookUpArguments,
  lookUpArguments,
  type QuietInstanceArguments,
  quietInstanceArguments,
} from "../arguments/arguments";
import { barrierOptionsOf, paceOf, startOf } from "../arguments/waitOptions";
import { systemClock } from "../clock/clock";
import type { LookUp } from "./dataSource";
import type { WaitOptions } from "./functionOptions";
import type { RequestBounds } from "../http/exchange";
import { waitAtMost } from "../http/waitAtMost";
import type { Identity } from "../identity/identity";
import { identityInProgram } from "./programConfiguration";
import { instanceViewWith } from "../service/instanceView";
import { type Ask, listMatching, listTasksWith, type TaskListing } from "../service/taskList";
import type { Place } from "../settings/settings";
import { lookWith } from "../service/taskLook";
import { describeMissing } from "../task/descriptions";
import { BackgroundTaskError, TaskFailedError, TaskNotFoundError } from "../task/errors";
import type { NamedBy } from "../task/repeatedOperation";
import { type BackgroundTaskResult, parseTaskTime } from "../task/task";
import type { TaskFilter } from "../task/taskFilter";
import { isTerminal } from "../task/taskStatus";
import { throwIfAnyFailed, throwIfFailed } from "../task/verdict";
import { waitUntilQuiet } from "../wait/barrier";
import { resultOf } from "../wait/outcome";
import { type ProgressSink, withProgressOn } from "../wait/progressReport";
import { listPatiently } from "../wait/patientList";
import { waitForOneTask } from "../wait/oneTask";
import type { WaitListener } from "../wait/waiter";

// What the functions do: a wait for one task, a list, a wait for a quiet instance; and a preview's one look at them.

const clock = systemClock;

// A preview looks once and does not retry. All requests of the look together take no longer than this.
const previewMs = 5000;

/** One task; undefined if it is missing and that is not an error. */
export const oneTaskLookUp: LookUp<LookUpArguments, BackgroundTaskResult | undefined> = {
  form: lookUpArguments,
  async result(args, opts) {
    try {
      const task = await withProgress(opts, (hooks) => waitForOne(args, hooks));
      throwIfFailed(task, args, namedBy(args));
      return task;
    } catch (error) {
      if (args.ifMissing === "undefined" && error instanceof TaskNotFoundError && error.missing === "task") {
        return undefined;
      }
      throw error;
    }
  },
  async preview(args, parent) {
    const seen = await previewOne(args, parent);
    return { seen, isFinal: seen !== undefined && isTerminal(seen.status, seen.service) };
  },
};

/** An instance's tasks, as they are now. */
export const listLookUp: LookUp<ListArguments, BackgroundTaskResult[]> = {
  form: listArguments,
  async result(args, opts) {
    const { instanceId, service } = args;
    const listTasks = listTasksWith(identityInProgram(args), service);
    const look = { listTasks, instanceId, filter: filterOf(args), options: paceOf(args), clock };
    return withProgress(opts, async (hooks) => resultOf(await listPatiently({ ...look, ...hooks })));
  },
  async preview(args, parent) {
    const seen = await previewMany(args, parent);
    const isFinal = seen?.every(({ status, service }) => isTerminal(status, service)) === true;
    return { seen: seen ?? [], isFinal };
  },
};

/** The tasks that a wait for a quiet instance waited for. */
export const quietInstanceLookUp: LookUp<QuietInstanceArguments, BackgroundTaskResult[]> = {
  form: quietInstanceArguments,
  async result(args, opts) {
    const { instanceId, service, name } = args;
    const view = instanceViewWith(identityInProgram(args), service);
    const wait = { view, instanceId, filter: { name }, options: barrierOptionsOf(args), clock };
    const { tasks } = await withProgress(opts, async (hooks) => resultOf(await waitUntilQuiet({ ...wait, ...hooks })));
    throwIfAnyFailed(instanceId, tasks, args, "getQuietInstance");
    return tasks;
  },
  async preview(args, parent) {
    // Even if the instance is quiet now, the update may wait for other tasks.
    return { seen: (await previewMany({ ...args, createdAfter: undefined }, parent)) ?? [], isFinal: false };
  },
};

function namedBy({ taskId }: LookUpArguments): NamedBy {
  return taskId === undefined ? "call by name" : "call by id";
}

function waitForOne(args: LookUpArguments, hooks: Hooks): Promise<BackgroundTaskResult> {
  const { instanceId, service, taskId, name, createdAfter, wait } = args;
  return waitForOneTask({
    identity: identityInProgram(args),
    service,
    instanceId,
    taskId,
    name,
    start: startOf(createdAfter, undefined),
    options: { ...paceOf(args), wait },
    clock,
    ...hooks,
  });
}

/** Without a task, the result has only its ids. */
async function previewOne(
  args: LookUpArguments,
  parent: pulumi.Resource | undefined,
): Promise<BackgroundTaskResult | undefined> {
  const { instanceId, taskId = "", name, ifMissing } = args;
  try {
    const task = await inPreview((bounds) => lookOnce(args, bounds));
    if (!task && ifMissing === "undefined") {
      return undefined;
    }
    if (!task) {
      throw new BackgroundTaskError(describeMissing({ instanceId, taskId, name }));
    }
    throwIfFailed(task, args, namedBy(args));
    return task;
  } catch (error) {
    warnOfPreview(error, parent);
    return error instanceof TaskFailedError ? error.task : { taskId, instanceId };
  }
}

/** One look, which ends when a preview's time for it is over. */
async function inPreview<T>(look: (bounds: RequestBounds) => Promise<T>): Promise<T> {
  const given = new AbortController();
  const bounds = { timeoutMs: previewMs, signal: given.signal };
  try {
    return await waitAtMost({ timeoutMs: previewMs }, look(bounds));
  } finally {
    given.abort();
  }
}

async function lookOnce(args: LookUpArguments, bounds: RequestBounds): Promise<BackgroundTaskResult | undefined> {
  const { instanceId, taskId, service } = args;
  const identity = identityInProgram(args);
  if (taskId !== undefined) {
    return (await lookWith(identity, service)({ instanceId, taskId }, bounds)).task;
  }
  const { tasks } = await list(identity, args, (request) => request(bounds));
  return tasks[0];
}

async function previewMany(
  args: Listed & Place,
  parent: pulumi.Resource | undefined,
): Promise<BackgroundTaskResult[] | undefined> {
  try {
    const { tasks, absence } = await inPreview((bounds) =>
      list(identityInProgram(args), args, (request) => request(bounds)),
    );
    if (absence) {
      throw new BackgroundTaskError(`instance ${args.instanceId} was not found.`);
    }
    return tasks;
  } catch (error) {
    warnOfPreview(error, parent);
    return undefined;
  }
}

function warnOfPreview(error: unknown, parent: pulumi.Resource | undefined): void {
  void pulumi.log.warn(`${(error as Error).message} The preview continues.`, parent);
}

type Listed = Pick<ListArguments, "instanceId" | "service" | "name" | "createdAfter"> &
  Partial<Pick<ListArguments, "status" | "createdBefore">>;

/** The tasks that the arguments select, newest first. */
function list(identity: Identity, args: Listed, ask: Ask): Promise<TaskListing> {
  const { instanceId, service } = args;
  return listMatching(listTasksWith(identity, service), instanceId, filterOf(args), ask);
}

function filterOf({ name, status, createdAfter, createdBefore }: Listed): TaskFilter {
  return {
    name,
    status,
    createdAfterMs: parseTaskTime(createdAfter),
    createdBeforeMs: parseTaskTime(createdBefore),
  };
}

/** What a wait is told of, and whom it tells. */
interface Hooks {
  listener: WaitListener;
  signal?: AbortSignal;
}

/** Shows a call's progress, and tells the caller of it. */
function withProgress<T>({ parent, signal, onProgress }: WaitOptions, wait: (hooks: Hooks) => Promise<T>): Promise<T> {
  return withProgressOn(rowOfProgram(parent), (listener) => wait({ listener, signal }), onProgress);
}

/** Where a function's progress is shown. */
function rowOfProgram(parent: pulumi.Resource | undefined): ProgressSink {
  return {
    show: (message) => void pulumi.log.info(message, parent, undefined, true),
    keep: (message) => void pulumi.log.info(message, parent),
    warn: (message) => void pulumi.log.warn(message, parent),
    debug: (message) => void pulumi.log.debug(message, parent),
  };
}
