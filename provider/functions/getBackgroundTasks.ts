import type * as pulumi from "@pulumi/pulumi";
import type { InstancePlace, WaitPace } from "../arguments/commonArguments";
import { call, callForOutput } from "./functionCall";
import type { FunctionOptions, FunctionOutputOptions, OutputArgsOf } from "./functionOptions";
import { taskList } from "./dataSources";
import type { BackgroundTaskResult, CompleteBackgroundTaskResult } from "../task/task";

/** Arguments of {@link getBackgroundTasks}. An unknown argument is an error. */
export interface GetBackgroundTasksArgs extends WaitPace, InstancePlace {
  /** The instance whose tasks are listed. */
  instanceId: string;
  /** Only tasks of exactly this name. */
  name?: string;
  /** Only tasks of exactly this status, for instance `EXECUTING`. */
  status?: string;
  /** Only tasks that started at this time or later: a Date or an RFC 3339 time with a zone. */
  createdAfter?: string | Date;
  /** Only tasks that started before this time: a Date or an RFC 3339 time with a zone. */
  createdBefore?: string | Date;
}

/** Arguments of {@link getBackgroundTasksOutput}: those of {@link GetBackgroundTasksArgs}, as Inputs. */
export type GetBackgroundTasksOutputArgs = OutputArgsOf<GetBackgroundTasksArgs>;

/**
 * Lists an instance's background tasks, every page of them, newest first. It does not wait for them to end: that is what
 * `getQuietInstance` does. A request that fails for a passing reason, such as HTTP 503, is retried for `timeoutSeconds` at
 * most.
 *
 * In a preview it looks once and resolves with what it saw; nothing that it sees there fails the preview.
 *
 * Source: `GET /v2/{project_id}/instances/{instance_id}/tasks`, "Listing Background Tasks" of the DMS API.
 *
 * @throws InvalidArgumentError, SettingsError before anything is sent; the reason of an aborted `signal`; TaskNotFoundError when there is no such instance;
 * PagingError, ServiceError.
 *
 * @example
 * const running = await getBackgroundTasks({ instanceId, status: "EXECUTING" });
 */
export async function getBackgroundTasks(
  args: GetBackgroundTasksArgs,
  opts: FunctionOptions = {},
): Promise<BackgroundTaskResult[]> {
  return call(taskList, args, opts);
}

/**
 * {@link getBackgroundTasks} with Inputs: what uses the result is created after it. In a preview the result is unknown
 * if a listed task is in progress.
 *
 * @example
 * const failed = getBackgroundTasksOutput({ instanceId, status: "FAILED" }, { dependsOn: resize });
 */
export function getBackgroundTasksOutput(
  args: GetBackgroundTasksOutputArgs,
  opts: FunctionOutputOptions = {},
): pulumi.Output<CompleteBackgroundTaskResult[]> {
  return callForOutput(taskList, args, opts) as pulumi.Output<CompleteBackgroundTaskResult[]>;
}
