import type * as pulumi from "@pulumi/pulumi";
import type { InstancePlace, WaitPace } from "../arguments/commonArguments";
import { call, callForOutput } from "./functionCall";
import type { WaitOptions, WaitOutputOptions, OutputArgsOf } from "./functionOptions";
import { oneTask } from "./dataSources";
import type { BackgroundTaskResult, CompleteBackgroundTaskResult } from "../task/task";

/** @inline */
interface AnyGetBackgroundTaskArgs extends WaitPace, InstancePlace {
  /** The instance the task works on. */
  instanceId: string;
  /** Default: true. `false`: resolve with the task as it is now. */
  wait?: boolean;
  /** Default: true. `false`: resolve with a failed task instead of rejecting. */
  failOnError?: boolean;
  /** `"undefined"`: resolve with undefined if there is no such task. Default `"error"`: reject. */
  ifMissing?: "error" | "undefined";
}

/** @inline */
interface ById {
  /** The task's id, or the `job_id` that an operation returned. Either this or `name`. */
  taskId: string;
  name?: undefined;
  createdAfter?: undefined;
}

interface ByName {
  taskId?: undefined;
  /**
   * Instead of `taskId`: the newest task of exactly this name, for instance `bindInstancePublicIp`, that started at or
   * after `createdAfter`. An older run never counts.
   */
  name: string;
  /**
   * With `name`: the earliest start time that counts, a Date or an RFC 3339 time with a zone, compared with the service's
   * `created_at` to the millisecond. Required, unless `wait: false`.
   */
  createdAfter?: string | Date;
}

/** @inline */
interface ByNameSince extends ByName {
  createdAfter: string | Date;
}

/** @inline */
interface ByNameNow extends ByName {
  wait: false;
}

/**
 * Arguments of {@link getBackgroundTask}: exactly one of `taskId` and `name`, and with `name` also `createdAfter` or
 * `wait: false`. An unknown argument is an error.
 */
export type GetBackgroundTaskArgs = AnyGetBackgroundTaskArgs & (ById | ByNameSince | ByNameNow);

/** Arguments of {@link getBackgroundTaskOutput}: those of {@link GetBackgroundTaskArgs}, as Inputs. */
export type GetBackgroundTaskOutputArgs = OutputArgsOf<GetBackgroundTaskArgs>;

/**
 * Looks up a background task that started before the program runs, and resolves when the task has ended. For a task that
 * the same program starts, use the resource `BackgroundTask`, or {@link getBackgroundTaskOutput} with an output of the
 * operation: an `await` does not wait for resources.
 *
 * In a preview it looks once and resolves with what it saw; nothing that it sees fails the preview.
 *
 * Source: `GET /v2/{project_id}/instances/{instance_id}/tasks/{task_id}`, "Querying a Background Task" of the DMS API.
 *
 * @throws InvalidArgumentError, SettingsError before anything is sent; the reason of an aborted `signal`; TaskFailedError if the task failed;
 * WaitTimedOutError or UnknownStatusError at the deadline; TaskNotFoundError, OutcomeUnknownError, ServiceError.
 *
 * @example
 * const task = await getBackgroundTask({ instanceId, taskId: "8abfa7b272adc5b40172b73130065ae7" });
 * export const boundAddress = task.parameters?.public_ip_address;
 */
export function getBackgroundTask(
  args: GetBackgroundTaskArgs & { ifMissing: "undefined" },
  opts?: WaitOptions,
): Promise<BackgroundTaskResult | undefined>;
export function getBackgroundTask(args: GetBackgroundTaskArgs, opts?: WaitOptions): Promise<BackgroundTaskResult>;
export function getBackgroundTask(
  args: GetBackgroundTaskArgs,
  opts: WaitOptions = {},
): Promise<BackgroundTaskResult | undefined> {
  return call(oneTask, args, opts);
}

/**
 * {@link getBackgroundTask} with Inputs: resources that use the result are created after the task has ended. It holds none
 * of the engine's slots while it waits. In a preview the result is unknown unless the task has already ended.
 *
 * @example
 * const task = getBackgroundTaskOutput({ instanceId, taskId: reassignment.jobId });
 * const check = new Check("after", { reassigned: task.status });
 */
export function getBackgroundTaskOutput(
  args: GetBackgroundTaskOutputArgs,
  opts: WaitOutputOptions = {},
): pulumi.Output<CompleteBackgroundTaskResult> {
  return callForOutput(oneTask, args, opts) as pulumi.Output<CompleteBackgroundTaskResult>;
}
