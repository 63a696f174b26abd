import type { ServiceName } from "./services";

/**
 * A background task as the service describes it. Strings are unchanged; anything that the service left out is undefined.
 *
 * Source: "Querying a Background Task", DMS API reference of Open Telekom Cloud.
 */
export interface BackgroundTaskResult {
  /** The task's id, 32 hexadecimal digits or a UUID. */
  taskId: string;
  /** The instance the task works on. */
  instanceId: string;
  /** The service the instance belongs to. */
  service?: ServiceName;
  /** The project the instance belongs to. */
  projectId?: string;
  /** What the task does, for instance `bindInstancePublicIp`. The set of names is open. */
  name?: string;
  /** `CREATED` or `EXECUTING` while in progress; `SUCCESS`, `FAILED`, `DELETED` or `CANCELLED` at the end. */
  status?: string;
  /** The operation's parameters as the service keeps them: usually JSON text. */
  params?: string;
  /** `params` parsed, if it is a JSON object. */
  parameters?: { [name: string]: any };
  /** The id of the user who started the task. */
  userId?: string;
  /** The name of that user. */
  userName?: string;
  /** When the task started, RFC 3339 in UTC. */
  createdAt?: string;
  /** When the record last changed, RFC 3339 in UTC. It is the task's end only if the status is terminal. */
  updatedAt?: string;
  /** DCS: the job that does the task's work, the `job_id` that an operation returned. */
  jobId?: string;
  /** Why the task failed. Only DCS provides it. */
  failReason?: string;
  /** Seconds from `createdAt` to `updatedAt` of a task that has ended. */
  durationSeconds?: number;
}

/** The same with every field present, even if undefined: `task.status` of an Output is then always an Output. */
export type CompleteBackgroundTaskResult = {
  [field in keyof Required<BackgroundTaskResult>]: BackgroundTaskResult[field];
};

export const taskFields = [
  "taskId",
  "instanceId",
  "service",
  "projectId",
  "name",
  "status",
  "params",
  "parameters",
  "userId",
  "userName",
  "createdAt",
  "updatedAt",
  "jobId",
  "failReason",
  "durationSeconds",
] as const satisfies readonly (keyof BackgroundTaskResult)[];

/** A task's time in milliseconds since 1970; undefined if it is not a time, or has no zone. */
export function parseTaskTime(time: string | undefined): number | undefined {
  const ms = time !== undefined && /(Z|[+-]\d\d:?\d\d)$/i.test(time) ? Date.parse(time) : NaN;
  return Number.isNaN(ms) ? undefined : ms;
}

/** How long a task took, if it has ended; undefined if its times make no sense. */
export function durationMsOf({ createdAt, updatedAt }: BackgroundTaskResult): number | undefined {
  return msBetween(parseTaskTime(createdAt), parseTaskTime(updatedAt));
}

/** How old a task is at a moment of the service's clock; undefined if either is unknown or the task has not started. */
export function ageMsOf({ createdAt }: BackgroundTaskResult, serviceTimeMs: number | undefined): number | undefined {
  return msBetween(parseTaskTime(createdAt), serviceTimeMs);
}

function msBetween(earlierMs: number | undefined, laterMs: number | undefined): number | undefined {
  const ms = earlierMs === undefined || laterMs === undefined ? -1 : laterMs - earlierMs;
  return ms >= 0 ? ms : undefined;
}
