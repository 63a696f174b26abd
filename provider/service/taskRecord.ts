import { z } from "zod";
import { faultOfIdentifier } from "../http/addresses";
import { type ServiceName, services } from "../task/services";
import { isNestedTooDeeply, jsonTextOf } from "../task/jsonText";
import { type BackgroundTaskResult, durationMsOf } from "../task/task";
import { isTerminal } from "../task/taskStatus";

// Every field is documented as a string and none as always present; `task_count` may also be a number.
const text = z.string().optional().catch(undefined);

const taskShape = z.object({
  id: text,
  // DCS: the job that does the task's work, whose id an operation returns. Source: Huawei Cloud's Terraform provider.
  job_id: text,
  name: text,
  user_id: text,
  user_name: text,
  params: text,
  status: z.unknown().optional(),
  created_at: text,
  updated_at: text,
  error_code: text,
});
type TaskRecord = z.infer<typeof taskShape>;

/** The reply of the call for one task. */
export const taskListShape = z.object({ task_count: z.unknown().optional(), tasks: z.array(taskShape) });

/**
 * A list in which every record has a valid id. A record without one could be in progress, so a list that contains one is
 * unusable.
 */
export const wholeListShape = taskListShape.extend({
  tasks: z.array(taskShape.extend({ id: z.string().refine((id) => faultOfIdentifier(id) === undefined) })),
});

/** "Querying the Job Execution Result of a Tenant" of the DCS API reference; the times are milliseconds since 1970. */
export const jobShape = z.object({
  job_id: text,
  job_type: text,
  status: z.unknown().optional(),
  begin_time: z.union([z.string(), z.number()]).optional().catch(undefined),
  end_time: z.union([z.string(), z.number()]).optional().catch(undefined),
  fail_reason: text,
});
type JobRecord = z.infer<typeof jobShape>;

/** "Querying an Instance": what is read of it. */
export const instanceShape = z.object({ instance_id: z.string(), status: z.unknown().optional() });

/** Where a record was found. */
interface RecordPlace {
  service: ServiceName;
  projectId: string;
  instanceId: string;
}

export function readTaskRecord(record: TaskRecord, taskId: string, place: RecordPlace): BackgroundTaskResult {
  return withDuration({
    taskId,
    ...place,
    name: record.name,
    status: readStatus(record.status),
    params: record.params,
    parameters: parseParameters(record.params),
    userId: record.user_id,
    userName: record.user_name,
    createdAt: record.created_at,
    updatedAt: record.updated_at,
    // If the service has no call for jobs, operations return task ids, and a job's id would be useless.
    jobId: services[place.service].showsJobs ? record.job_id : undefined,
    failReason: record.error_code || undefined,
  });
}

export function readJobRecord(record: JobRecord, taskId: string, place: RecordPlace): BackgroundTaskResult {
  return withDuration({
    taskId,
    ...place,
    name: record.job_type,
    status: readStatus(record.status),
    createdAt: timeOf(record.begin_time),
    updatedAt: timeOf(record.end_time),
    failReason: record.fail_reason || undefined,
  });
}

/** The number of all matches, from a string or a number; undefined for anything else. */
export function readCount(count: unknown): number | undefined {
  const number = typeof count === "string" && /^\d+$/.test(count) ? Number(count) : count;
  return Number.isSafeInteger(number) && (number as number) >= 0 ? (number as number) : undefined;
}

// A status of another type is kept as text: it is unknown, and messages can show it.
export function readStatus(status: unknown): string | undefined {
  return status === undefined || status === null || typeof status === "string"
    ? (status ?? undefined)
    : jsonTextOf(status);
}

function parseParameters(params: string | undefined): BackgroundTaskResult["parameters"] {
  try {
    const parsed: unknown = JSON.parse(params ?? "");
    const isObject = typeof parsed === "object" && parsed !== null && !Array.isArray(parsed);
    return isObject && !isNestedTooDeeply(parsed) ? { ...parsed } : undefined;
  } catch {
    return undefined;
  }
}

function timeOf(msSince1970: string | number | undefined): string | undefined {
  const ms = Number(msSince1970 || NaN);
  return Math.abs(ms) <= 8.64e15 ? new Date(ms).toISOString() : undefined;
}

// While a task is in progress, `updated_at` is a few milliseconds after the start.
function withDuration(task: BackgroundTaskResult): BackgroundTaskResult {
  const durationMs = isTerminal(task.status, task.service) ? durationMsOf(task) : undefined;
  return { ...task, durationSeconds: durationMs === undefined ? undefined : durationMs / 1000 };
}
