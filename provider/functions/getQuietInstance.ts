import type * as pulumi from "@pulumi/pulumi";
import type { InstancePlace, WaitPace } from "../arguments/commonArguments";
import { call, callForOutput } from "./functionCall";
import type { WaitOptions, WaitOutputOptions, OutputArgsOf } from "./functionOptions";
import { quietInstance } from "./dataSources";
import type { BackgroundTaskResult, CompleteBackgroundTaskResult } from "../task/task";

/** @inline */
interface AnyQuietInstanceArgs extends WaitPace, InstancePlace {
  /** The instance that must be quiet. */
  instanceId: string;
  /** Only tasks of exactly this name. Default: all. */
  name?: string;
  /** Default true. `false`: resolve with failed tasks, too, instead of rejecting. */
  failOnError?: boolean;
  /** How many seconds no task may be in progress, 0 to 86,400. Default: 3. */
  quietSeconds?: number;
  /**
   * Default: true: wait as well until the instance's own status is RUNNING, which may lag its last task. It needs the permission
   * `dms:instance:get` (DCS: `dcs:instance:get`). `false`: the tasks alone decide.
   */
  untilRunning?: boolean;
}

/** @inline */
interface WithoutExpected {
  expect?: undefined;
  createdAfter?: string | Date;
}

/** @inline */
interface WithExpected {
  /**
   * Names of tasks that must have appeared first: the service may not list a task yet that has just started. Requires
   * `createdAfter`.
   */
  expect?: string[];
  /** The earliest start time of an expected task that counts: a Date or an RFC 3339 time with a zone. */
  createdAfter: string | Date;
}

/** Arguments of {@link getQuietInstance}. An unknown argument is an error. */
export type GetQuietInstanceArgs = AnyQuietInstanceArgs & (WithoutExpected | WithExpected);

/** Arguments of {@link getQuietInstanceOutput}: those of {@link GetQuietInstanceArgs}, as Inputs. */
export type GetQuietInstanceOutputArgs = OutputArgsOf<GetQuietInstanceArgs>;

/**
 * Waits until no background task of an instance has been in progress for `quietSeconds` and its own status is RUNNING, and resolves with the tasks that
 * it waited for, newest first: those it saw in progress, those that started after it did, and those named in `expect`.
 *
 * In a preview it looks once and resolves with what it saw; nothing that it sees there fails the preview.
 *
 * Source: `GET /v2/{project_id}/instances/{instance_id}/tasks`, "Listing Background Tasks" of the DMS API, and
 * `GET /v2/{project_id}/instances/{instance_id}`, "Querying an Instance".
 *
 * @throws InvalidArgumentError, SettingsError before anything is sent; the reason of an aborted `signal`; TasksFailedError when tasks that it waited for
 * failed; WaitTimedOutError or UnknownStatusError at the deadline; TaskNotFoundError, OutcomeUnknownError, PagingError,
 * InstanceNotRunningError if the instance's status does not change by itself; ServiceError.
 *
 * @example
 * const tasks = await getQuietInstance({ instanceId });
 */
export async function getQuietInstance(
  args: GetQuietInstanceArgs,
  opts: WaitOptions = {},
): Promise<BackgroundTaskResult[]> {
  return call(quietInstance, args, opts);
}

/**
 * {@link getQuietInstance} with Inputs: what uses the result is created after it. It holds none of the engine's slots
 * while it waits. In a preview the result is unknown.
 *
 * @example
 * const quiet = getQuietInstanceOutput({ instanceId }, { dependsOn: resize });
 */
export function getQuietInstanceOutput(
  args: GetQuietInstanceOutputArgs,
  opts: WaitOutputOptions = {},
): pulumi.Output<CompleteBackgroundTaskResult[]> {
  return callForOutput(quietInstance, args, opts) as pulumi.Output<CompleteBackgroundTaskResult[]>;
}
