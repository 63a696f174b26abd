import type * as pulumi from "@pulumi/pulumi";
import type { InstancePlace, WaitPace } from "../arguments/commonArguments";
import { call, callForOutput } from "./functionCall";
import type { FunctionOptions, FunctionOutputOptions, OutputArgsOf } from "./functionOptions";
import { manyTasksLookUp } from "./lookUp";
import type { BackgroundTaskResult, CompleteBackgroundTaskResult } from "../task/task";

/** Arguments of {@link getBackgroundTasks}. An unknown argument is an error. */
export interface GetBackgroundTasksArgs extends WaitPace, InstancePlace {
  /** The instance whose tasks are meant. */
  instanceId: string;
  /** Only tasks of exactly this name. */
  name?: string;
  /** Only tasks of exactly this status, for instance `EXECUTING`; not with `wait: true`. */
  status?: string;
  /** Only tasks that began at this time or later: a Date or an RFC 3339 time with a zone. */
  createdAfter?: string | Date;
  /** Only tasks that began before this time: a Date or an RFC 3339 time with a zone. */
  createdBefore?: string | Date;
  /** Default false. `true`: resolve when none of them is in progress, with the tasks that were waited for. */
  wait?: boolean;
  /** With `wait: true`, default true. `false`: resolve with failed tasks, too, instead of rejecting. */
  failOnError?: boolean;
  /** With `wait: true`: names of which a task must have appeared first, begun at or after `createdAfter`. */
  expect?: string[];
  /** With `wait: true`: how many seconds no task may be in progress, 0 to 86,400; default 3. */
  quietSeconds?: number;
}

/** Arguments of {@link getBackgroundTasksOutput}: those of {@link GetBackgroundTasksArgs}, as Inputs. */
export type GetBackgroundTasksOutputArgs = OutputArgsOf<GetBackgroundTasksArgs>;

/**
 * Lists an instance's background tasks, every page of them, newest first. With `wait: true`, resolves when none that
 * matches is in progress, and has not been for `quietSeconds`, with those that were waited for: seen in progress, begun
 * since, or expected.
 *
 * In a preview it looks once and resolves with what it saw; nothing that it sees there fails the preview.
 *
 * Source: `GET /v2/{project_id}/instances/{instance_id}/tasks`, "Listing Background Tasks" of the DMS API.
 *
 * @throws InvalidArgumentError, SettingsError before anything is sent; TasksFailedError when some that were waited for
 * ended badly; WaitTimedOutError at the deadline; TaskNotFoundError, OutcomeUnknownError, PagingError, ServiceError.
 *
 * @example
 * const running = await getBackgroundTasks({ instanceId, status: "EXECUTING" });
 * const ended = await getBackgroundTasks({ instanceId, wait: true });
 */
export async function getBackgroundTasks(
  args: GetBackgroundTasksArgs,
  opts: FunctionOptions = {},
): Promise<BackgroundTaskResult[]> {
  return call(manyTasksLookUp, args, opts);
}

/**
 * {@link getBackgroundTasks} with Inputs: what uses the result is created after it. It holds none of the engine's slots
 * while it waits. In a preview the result is unknown where a wait would not be over.
 *
 * @example
 * const settled = getBackgroundTasksOutput({ instanceId, wait: true }, { dependsOn: resize });
 */
export function getBackgroundTasksOutput(
  args: GetBackgroundTasksOutputArgs,
  opts: FunctionOutputOptions = {},
): pulumi.Output<CompleteBackgroundTaskResult[]> {
  return callForOutput(manyTasksLookUp, args, opts) as pulumi.Output<CompleteBackgroundTaskResult[]>;
}
