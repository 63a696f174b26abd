import type * as pulumi from "@pulumi/pulumi";
import type { InstancePlace, WaitPace } from "../arguments/commonArguments";
import { call, callForOutput } from "./functionCall";
import type { FunctionOptions, FunctionOutputOptions, OutputArgsOf } from "./functionOptions";
import { oneTaskLookUp } from "./lookUp";
import type { BackgroundTaskResult, CompleteBackgroundTaskResult } from "../task/task";

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
export function getBackgroundTask(
  args: GetBackgroundTaskArgs,
  opts: FunctionOptions = {},
): Promise<BackgroundTaskResult | undefined> {
  return call(oneTaskLookUp, args, opts);
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
  return callForOutput(oneTaskLookUp, args, opts) as pulumi.Output<CompleteBackgroundTaskResult>;
}
