import * as pulumi from "@pulumi/pulumi";
import { type LookUpArguments, lookUpArguments } from "../arguments/arguments";
import { systemClock } from "../clock/clock";
import {
  afterDependencies,
  type FunctionOptions,
  type FunctionOutputOptions,
  type OutputArgsOf,
} from "./functionOptions";
import { BackgroundTaskError, describeTask, TaskFailedError, TaskNotFoundError } from "../task/errors";
import {
  asOneLine,
  checkArguments,
  checkOptions,
  identityInProgram,
  isMocked,
  rowOf,
  withTimesAsText,
} from "./functionCall";
import type { InstancePlace, WaitPace } from "../arguments/commonArguments";
import { isWatched, ProgressReport } from "../wait/progressReport";
import { findTask } from "../wait/search";
import { sharedLookWith } from "../service/sharedLooks";
import { type BackgroundTaskResult, type CompleteBackgroundTaskResult, parseTaskTime } from "../task/task";
import { matches } from "../task/taskFilter";
import { listTasksWith } from "../service/taskList";
import { lookWith } from "../service/taskLook";
import { isTerminal } from "../task/taskStatus";
import { resultOf } from "../wait/outcome";
import { throwIfFailed } from "../task/verdict";
import { paceOf, startOf } from "../arguments/waitOptions";
import { waitForTask, type WaitListener } from "../wait/waiter";

/** Arguments of {@link getBackgroundTask}. An unknown argument is an error. */
export interface GetBackgroundTaskArgs extends WaitPace, InstancePlace {
  /** The instance the task works on. */
  instanceId: string;
  /** The task's id, or the `job_id` that an operation returned. Either this or `name`. */
  taskId?: string;
  /**
   * Instead of `taskId`: the newest task of exactly this name, for instance `bindInstancePublicIp`, that began at or
   * after `createdAfter`. An older run is never taken.
   */
  name?: string;
  /**
   * With `name`: from when on a task counts, a Date or an RFC 3339 time with a zone, compared with the service's
   * `created_at` to the millisecond. Required, unless `wait: false`.
   */
  createdAfter?: string | Date;
  /** Default true. `false`: resolve with the task as it is now. */
  wait?: boolean;
  /** Default true. `false`: resolve with a failed task instead of rejecting. */
  failOnError?: boolean;
  /** `"undefined"`: resolve with undefined when there is no such task. Default `"error"`: reject. */
  ifMissing?: "error" | "undefined";
}

/** Arguments of {@link getBackgroundTaskOutput}: those of {@link GetBackgroundTaskArgs}, as Inputs. */
export type GetBackgroundTaskOutputArgs = OutputArgsOf<GetBackgroundTaskArgs>;

/** What a user's mocks (`pulumi.runtime.setMocks`) are called with. */
const token = "otc:index:getBackgroundTask";

/**
 * Looks a background task up that exists before the program runs, and resolves when it has ended. For a task that the
 * program itself starts, use {@link getBackgroundTaskOutput} with what starts it, or the resource `BackgroundTask`: an
 * `await` does not wait for resources.
 *
 * In a preview it looks once and resolves with what it saw; nothing that it sees there fails the preview.
 *
 * Source: `GET /v2/{project_id}/instances/{instance_id}/tasks/{task_id}`, "Querying a Background Task" of the DMS API.
 *
 * @throws InvalidArgumentError, SettingsError before anything is sent; TaskFailedError when the task ended badly;
 * WaitTimedOutError or UnknownStatusError at the deadline; TaskNotFoundError, OutcomeUnknownError, ServiceError.
 *
 * @example
 * const task = await getBackgroundTask({ instanceId, taskId: "8abfa7b272adc5b40172b73130065ae7" });
 * export const boundAddress = task.parameters?.public_ip_address;
 */
export function getBackgroundTask(
  args: GetBackgroundTaskArgs & { ifMissing: "undefined" },
  opts?: FunctionOptions,
): Promise<BackgroundTaskResult | undefined>;
export function getBackgroundTask(args: GetBackgroundTaskArgs, opts?: FunctionOptions): Promise<BackgroundTaskResult>;
export async function getBackgroundTask(
  args: GetBackgroundTaskArgs,
  opts: FunctionOptions = {},
): Promise<BackgroundTaskResult | undefined> {
  try {
    checkOptions("getBackgroundTask", opts, ["parent"]);
    const given = checked(args);
    if (isMocked()) {
      return (await pulumi.runtime.invoke(token, withTimesAsText(args))) as BackgroundTaskResult;
    }
    if (pulumi.runtime.isDryRun()) {
      return await preview(given, opts.parent);
    }
    return await look(given, opts.parent);
  } catch (error) {
    throw asOneLine(error);
  }
}

/**
 * {@link getBackgroundTask} with Inputs: what uses the result is created after the task has ended. It holds none of the
 * engine's slots while it waits. In a preview the result is unknown unless the task has ended already.
 *
 * @example
 * const task = getBackgroundTaskOutput({ instanceId, taskId: reassign.jobId });
 * const check = new Check("after", { reassigned: task.status });
 */
export function getBackgroundTaskOutput(
  args: GetBackgroundTaskOutputArgs,
  opts: FunctionOutputOptions = {},
): pulumi.Output<CompleteBackgroundTaskResult> {
  const { dependsOn, ...others } = opts;
  try {
    checkOptions("getBackgroundTaskOutput", others, ["parent"]);
  } catch (error) {
    throw asOneLine(error);
  }
  if (isMocked()) {
    return pulumi.runtime.invokeOutput(token, withTimesAsText(args));
  }
  return pulumi.all([pulumi.output(withTimesAsText(args)), afterDependencies(dependsOn)]).apply(async ([resolved]) => {
    try {
      const given = checked(resolved);
      if (!pulumi.runtime.isDryRun()) {
        return (await look(given, opts.parent)) as CompleteBackgroundTaskResult;
      }
      const seen = await preview(given, opts.parent);
      return (seen && isTerminal(seen.status, seen.service) ? seen : pulumi.unknown) as CompleteBackgroundTaskResult;
    } catch (error) {
      throw asOneLine(error);
    }
  });
}

function checked(args: GetBackgroundTaskArgs): LookUpArguments {
  const given = withTimesAsText(args);
  checkArguments("getBackgroundTask", lookUpArguments.faultsOf(given));
  return lookUpArguments.withDefaults(given);
}

async function look(
  args: LookUpArguments,
  parent: pulumi.Resource | undefined,
): Promise<BackgroundTaskResult | undefined> {
  const report = new ProgressReport(rowOf(parent), isWatched(), systemClock);
  try {
    const task = await waitFor(args, report);
    throwIfFailed(task, args);
    return task;
  } catch (error) {
    if (args.ifMissing === "undefined" && error instanceof TaskNotFoundError && error.missing === "task") {
      return undefined;
    }
    throw error;
  } finally {
    report.stop();
  }
}

async function waitFor(args: LookUpArguments, listener: WaitListener): Promise<BackgroundTaskResult> {
  const { instanceId, service, wait } = args;
  const clock = systemClock;
  const identity = identityInProgram(args);
  const options = { ...paceOf(args), wait };
  const showTask = sharedLookWith(identity, service, instanceId);
  if (args.name === undefined) {
    const subject = { instanceId, taskId: args.taskId! };
    return resultOf(await waitForTask({ showTask, subject, options, clock, listener }));
  }
  const subject = { instanceId, name: args.name };
  const startedMs = clock.nowMs();
  const start = startOf(args.createdAfter, undefined);
  const listTasks = listTasksWith(identity, service);
  const { task } = resultOf(await findTask({ listTasks, subject, start, options, clock, listener }));
  if (!wait || isTerminal(task.status, service)) {
    return task;
  }
  // The deadline is that of the whole wait.
  const timeoutMs = options.timeoutMs - (clock.nowMs() - startedMs);
  const rest = { ...options, timeoutMs, lastSeen: task };
  return resultOf(await waitForTask({ showTask, subject: task, options: rest, clock, listener }));
}

const previewTimeoutMs = 10_000;

/**
 * One look, without a second try. What it shows, or that it failed, is told but never fails the preview: without a task,
 * the result has no more than its ids.
 */
async function preview(
  args: LookUpArguments,
  parent: pulumi.Resource | undefined,
): Promise<BackgroundTaskResult | undefined> {
  const { instanceId, taskId = "", name } = args;
  try {
    const task = await lookOnce(args);
    if (!task && args.ifMissing === "undefined") {
      return undefined;
    }
    if (!task) {
      throw new BackgroundTaskError(`${describeTask({ instanceId, taskId, name })} was not found.`);
    }
    throwIfFailed(task, args);
    return task;
  } catch (error) {
    void pulumi.log.warn(`${(error as Error).message} A preview goes on all the same.`, parent);
    return error instanceof TaskFailedError ? error.task : { taskId, instanceId };
  }
}

async function lookOnce(args: LookUpArguments): Promise<BackgroundTaskResult | undefined> {
  const { instanceId, taskId, name, service } = args;
  const identity = identityInProgram(args);
  const bounds = { timeoutMs: previewTimeoutMs };
  if (taskId !== undefined) {
    return (await lookWith(identity, service)({ instanceId, taskId }, bounds)).task;
  }
  const createdAfterMs = parseTaskTime(args.createdAfter);
  const { tasks } = await listTasksWith(identity, service)({ instanceId, createdFromMs: createdAfterMs }, (request) =>
    request(bounds),
  );
  return tasks.find((task) => matches(task, { name, createdAfterMs }));
}
