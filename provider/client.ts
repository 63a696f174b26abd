import { z } from "zod";
import type { Identity, RequestBounds } from "./credentials";
import { describeReply, errorForReply, readComplaint } from "./errorReply";
import type { WaitSubject } from "./errors";
import { instanceNotFoundCode, isWrongEndpoint, taskIdRefusedCode, throttledCode } from "./serviceCodes";
import type { BackgroundTaskResult } from "./task";
import { isTerminal } from "./taskStatus";
import type { ServiceReply } from "./transport";

/** What one look at a task showed. */
export interface TaskReply {
  /** The task, unless the service has no such task (yet). */
  task?: BackgroundTaskResult;
  /** Where there is no task: what is missing, and the service's words for it. */
  absence?: { missing: "task" | "instance"; reason?: string };
  /** The tasks of the instance that the look listed, if it did: their finished runs tell when to look again. */
  listed?: readonly BackgroundTaskResult[];
  projectId: string;
  /** The service's clock when it answered, in milliseconds since 1970. */
  serviceTimeMs?: number;
  retryAfterMs?: number;
}

export type ShowTask = (subject: WaitSubject, bounds: RequestBounds) => Promise<TaskReply>;

const permission = "dms:instance:getBackgroundTask";

/** DMS's "Querying a Background Task": `GET /v2/{project_id}/instances/{instance_id}/tasks/{task_id}`. */
export function showTaskWith(identity: Identity): ShowTask {
  return async (subject, bounds) => {
    const { instanceId, taskId } = subject;
    const segments = (projectId: string) => ["", "v2", projectId, "instances", instanceId, "tasks", taskId];
    const path = (projectId: string) => segments(projectId).map(encodeURIComponent).join("/");
    const { reply, projectId } = await identity.send({ api: "dms", method: "GET", path }, bounds);
    const { serviceTimeMs, retryAfterMs } = reply;
    const seen = { projectId, serviceTimeMs, retryAfterMs };
    const absence = readAbsence(reply, subject);
    return absence ? { absence, ...seen } : { ...readTask(reply, subject, projectId), ...seen };
  };
}

// Both shapes of a task id that the service uses.
const usualTaskId = /^([0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/**
 * What the service answers for a task it does not know is not documented. 404 without a code that means something else
 * is taken for it; so is 400 "task ID format invalid" for an id whose format is plainly right.
 */
function readAbsence(reply: ServiceReply, { taskId }: WaitSubject): TaskReply["absence"] {
  const { code } = readComplaint(reply.body);
  const reason = describeReply(reply);
  if (reply.httpStatus === 404 && code !== throttledCode && !isWrongEndpoint(code)) {
    return { missing: code === instanceNotFoundCode ? "instance" : "task", reason };
  }
  if (reply.httpStatus === 400 && code === taskIdRefusedCode && usualTaskId.test(taskId)) {
    return { missing: "task", reason };
  }
  return undefined;
}

// Every field is documented as a string and none as always there; `task_count` is sent as a number, too.
const text = z.string().optional().catch(undefined);
const taskShape = z.object({
  id: text,
  name: text,
  user_id: text,
  user_name: text,
  params: text,
  status: z.unknown().optional(),
  created_at: text,
  updated_at: text,
});
const envelopeShape = z.object({ tasks: z.array(taskShape) });

function readTask(reply: ServiceReply, subject: WaitSubject, projectId: string): Pick<TaskReply, "task" | "absence"> {
  const envelope = envelopeShape.safeParse(reply.body);
  if (reply.httpStatus !== 200 || !envelope.success) {
    throw errorForReply(
      reply,
      `looking at background task ${subject.taskId} of instance ${subject.instanceId}`,
      permission,
    );
  }
  const record = envelope.data.tasks.find(({ id }) => id === subject.taskId);
  if (!record) {
    const { tasks } = envelope.data;
    return {
      absence: { missing: "task", reason: tasks.length > 0 ? "the service answered with another task" : undefined },
    };
  }
  const task: BackgroundTaskResult = {
    taskId: subject.taskId,
    instanceId: subject.instanceId,
    projectId,
    name: record.name,
    status: readStatus(record.status),
    params: record.params,
    parameters: parseParameters(record.params),
    userId: record.user_id,
    userName: record.user_name,
    createdAt: record.created_at,
    updatedAt: record.updated_at,
  };
  return { task: { ...task, durationSeconds: durationSeconds(task) } };
}

// A status of another type is kept as text, so that it is unknown and its word can be shown.
function readStatus(status: unknown): string | undefined {
  return status === undefined || status === null || typeof status === "string"
    ? (status ?? undefined)
    : JSON.stringify(status);
}

function parseParameters(params: string | undefined): BackgroundTaskResult["parameters"] {
  try {
    const parsed: unknown = JSON.parse(params ?? "");
    return typeof parsed === "object" && parsed !== null && !Array.isArray(parsed) ? { ...parsed } : undefined;
  } catch {
    return undefined;
  }
}

// While a task is in progress, `updated_at` is filled already, a few milliseconds after the start.
function durationSeconds({ status, createdAt = "", updatedAt = "" }: BackgroundTaskResult): number | undefined {
  const durationMs = Date.parse(updatedAt) - Date.parse(createdAt);
  return isTerminal(status) && durationMs >= 0 ? durationMs / 1000 : undefined;
}
