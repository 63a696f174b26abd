import { isoMilliseconds } from "../clock/clock";
import type { BackgroundTask } from "./backgroundTask";

type Body = { [field: string]: unknown };

/** In the documented sample a running task was "updated" this long after its start. */
const FIRST_UPDATE_MS = 19;

/** Fields and types of DMS API page "Querying a Background Task". */
export function dmsTaskBody(task: BackgroundTask, nowMs: number): Body {
  return { ...commonFields(task, nowMs), params: task.data.params };
}

/**
 * Fields and types of DCS API page "Listing Background Tasks". The parameters are an object, `details`; its sample has no
 * `params`, which here only a text that is no object gets.
 */
export function dcsTaskBody(task: BackgroundTask, nowMs: number): Body {
  const details = objectOf(task.data.params);
  return {
    ...commonFields(task, nowMs),
    ...(details === undefined && { params: task.data.params }),
    details: details ?? {},
    enable_show: false,
  };
}

function commonFields(task: BackgroundTask, nowMs: number): Body {
  const { id, name, userName, userId, createdAtMs } = task.data;
  return {
    id,
    name,
    user_name: userName,
    user_id: userId,
    status: task.status,
    created_at: isoMilliseconds(createdAtMs),
    updated_at: isoMilliseconds(updatedAtMs(task, nowMs)),
  };
}

function updatedAtMs(task: BackgroundTask, nowMs: number): number {
  const { createdAtMs } = task.data;
  const untouched = task.changedAtMs === createdAtMs && !task.isTerminal;
  return untouched ? Math.min(createdAtMs + FIRST_UPDATE_MS, Math.max(nowMs, createdAtMs)) : task.changedAtMs;
}

function objectOf(json: string): Body | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Body) : undefined;
  } catch {
    return undefined;
  }
}

/** A job's words for a task's statuses; any other word is the same for both. */
const JOB_STATUSES: { [taskStatus: string]: string } = { CREATED: "INIT", EXECUTING: "RUNNING", FAILED: "FAIL" };

/**
 * Fields and types of DCS API page "Querying the Job Execution Result of a Tenant"; that `end_time` is null until the end
 * is invented.
 */
export function jobBody(task: BackgroundTask): Body {
  const status = JOB_STATUSES[task.status] ?? task.status;
  return {
    job_id: task.data.id,
    job_type: task.data.name,
    status,
    begin_time: String(task.data.createdAtMs),
    end_time: task.isTerminal ? String(task.changedAtMs) : null,
    fail_reason: status === "FAIL" ? (task.data.failReason ?? null) : null,
  };
}
