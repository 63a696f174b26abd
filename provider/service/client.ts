import type { GrantedReply, Identity, ProjectRequest } from "../identity/identity";
import type { RequestBounds, ServiceReply } from "../http/exchange";
import { describeReply, errorForReply, readComplaint } from "../http/errorReply";
import { readReply } from "../http/readReply";
import type { WaitSubject } from "../task/waitSubject";
import { instanceNotFoundCode, isWrongEndpoint, taskIdRefusedCode, throttledCode } from "../http/serviceCodes";
import { type Paging, type ServiceName, services } from "../task/services";
import type { BackgroundTaskResult } from "../task/task";
import { checkIdIn } from "./pathSegment";
import {
  instanceShape,
  jobShape,
  readCount,
  readJobRecord,
  readStatus,
  readTaskRecord,
  taskListShape,
  wholeListShape,
} from "./taskRecord";
import type { ClockOffset } from "../clock/serviceClock";

/** What is missing, and the service's reason for it. */
export interface Absence {
  missing: "task" | "instance";
  reason?: string;
}

interface Answer {
  projectId: string;
  /** The service's clock when it answered, in milliseconds since 1970. */
  serviceTimeMs?: number;
  retryAfterMs?: number;
}

/** What one look at a task showed. */
export interface TaskReply extends Answer {
  /** The task, unless the service has no such task (yet). */
  task?: BackgroundTaskResult;
  absence?: Absence;
  /** Tasks of the instance that this look or an earlier one listed: the schedule uses the finished runs among them. */
  listed?: readonly BackgroundTaskResult[];
}

/** One look at a task. */
export interface ShowTask {
  (subject: WaitSubject, bounds: RequestBounds): Promise<TaskReply>;
  /** Passes on what other waits' requests show of the task, until the returned function is called. */
  watch?: (subject: WaitSubject, onReply: (reply: TaskReply) => void) => () => void;
}

/** Which part of an instance's list of tasks. */
export interface PageRequest {
  instanceId: string;
  /** How many records come before the page. */
  skip: number;
  /** How many records are on it, 1 to 100. */
  limit: number;
  paging: Paging;
  /** Only tasks that started in this window, in milliseconds since 1970; the service is sent a wider one. */
  createdFromMs?: number;
  createdUntilMs?: number;
}

interface PageReply extends Answer {
  tasks: BackgroundTaskResult[];
  /** The number of all matches, if the service sends it. */
  count?: number;
  /** How long the page's body was. */
  bodyBytes?: number;
  /** Set if the instance was not found. */
  absence?: Absence;
  clockOffset?: ClockOffset;
}

export type ListPage = (request: PageRequest, bounds: RequestBounds) => Promise<PageReply>;

/** What one look at an instance showed. */
interface InstanceReply extends Answer {
  /** Its own status, as the service sent it. */
  status?: string;
  absence?: Absence;
}

export type ShowInstance = (instanceId: string, bounds: RequestBounds) => Promise<InstanceReply>;

/** Removes the record of a task that has ended; false if there was none. */
type DeleteRecord = (subject: WaitSubject, bounds: RequestBounds) => Promise<boolean>;

/** DMS's "Querying a Background Task": `GET /v2/{project_id}/instances/{instance_id}/tasks/{task_id}`. */
export function showTaskWith(identity: Identity, service: ServiceName): ShowTask {
  const { api, permissions } = services[service];
  return async (subject, bounds) => {
    const { instanceId, taskId } = subject;
    const granted = await identity.send(
      { api, method: "GET", path: pathTo("instances", instanceId, "tasks", taskId), instanceId },
      bounds,
    );
    const absence = readAbsence(granted.reply, taskId);
    if (absence) {
      return { absence, ...answerOf(granted) };
    }
    const what = `looking at background task ${taskId} of instance ${instanceId}`;
    const { tasks } = readReply(taskListShape, granted.reply, what, { permission: permissions.look });
    const record = tasks.find(({ id }) => id === taskId);
    if (!record) {
      const reason = tasks.length > 0 ? "the service answered with another task" : undefined;
      return { absence: { missing: "task", reason }, ...answerOf(granted) };
    }
    const place = { service, instanceId, projectId: granted.projectId };
    return { task: readTaskRecord(record, taskId, place), ...answerOf(granted) };
  };
}

/** DCS's "Querying the Job Execution Result of a Tenant": `GET /v2/{project_id}/jobs/{job_id}`. */
export function showJobWith(identity: Identity, service: ServiceName): ShowTask {
  const { api } = services[service];
  return async ({ instanceId, taskId }, bounds) => {
    const granted = await identity.send({ api, method: "GET", path: pathTo("jobs", taskId), instanceId }, bounds);
    const { reply, projectId } = granted;
    // The reply for an unknown job is not documented.
    const isUnknown = reply.httpStatus === 400 && !isWrongEndpoint(readComplaint(reply.body).code);
    const absence = isUnknown ? { missing: "task" as const, reason: describeReply(reply) } : readAbsence(reply, taskId);
    if (absence) {
      return { absence, ...answerOf(granted) };
    }
    const job = readReply(jobShape, reply, `looking at job ${taskId}`);
    return job.job_id === taskId
      ? { task: readJobRecord(job, taskId, { service, instanceId, projectId }), ...answerOf(granted) }
      : { absence: { missing: "task", reason: "the service answered with another job" }, ...answerOf(granted) };
  };
}

/** "Listing Background Tasks": `GET /v2/{project_id}/instances/{instance_id}/tasks`. */
export function listPageWith(identity: Identity, service: ServiceName): ListPage {
  const { api, beginTimeParameter, endTimeParameter, permissions } = services[service];
  return async ({ instanceId, skip, limit, paging, createdFromMs, createdUntilMs }, bounds) => {
    const query = new URLSearchParams({
      [paging]: String(paging === "start" ? skip + 1 : skip),
      limit: String(limit),
      ...(createdFromMs !== undefined && { [beginTimeParameter]: digitsOf(createdFromMs - widestZoneMs) }),
      ...(createdUntilMs !== undefined && { [endTimeParameter]: digitsOf(createdUntilMs + widestZoneMs) }),
    });
    const path = pathTo("instances", instanceId, "tasks");
    const granted = await identity.send(
      { api, method: "GET", path: (projectId) => `${path(projectId)}?${query.toString()}`, instanceId },
      bounds,
    );
    const { reply, projectId } = granted;
    const absence = readAbsence(reply, "");
    if (absence) {
      return { tasks: [], absence: { ...absence, missing: "instance" }, ...answerOf(granted) };
    }
    const what = `listing the background tasks of instance ${instanceId}`;
    const { tasks, task_count } = readReply(wholeListShape, reply, what, { permission: permissions.look });
    const place = { service, instanceId, projectId };
    return {
      tasks: tasks.map((record) => readTaskRecord(record, record.id, place)),
      count: readCount(task_count),
      bodyBytes: reply.bodyBytes,
      clockOffset: reply.clockOffset,
      ...answerOf(granted),
    };
  };
}

/** "Querying an Instance", DCS's "Querying a DCS Instance": `GET /v2/{project_id}/instances/{instance_id}`. */
export function showInstanceWith(identity: Identity, service: ServiceName): ShowInstance {
  const { api, permissions } = services[service];
  return async (instanceId, bounds) => {
    const path = pathTo("instances", instanceId);
    const granted = await identity.send({ api, method: "GET", path, instanceId }, bounds);
    const absence = readAbsence(granted.reply, "");
    if (absence) {
      return { absence: { ...absence, missing: "instance" }, ...answerOf(granted) };
    }
    const what = `looking at instance ${instanceId}`;
    const { instance_id: shownId, status } = readReply(instanceShape, granted.reply, what, {
      permission: permissions.showInstance,
    });
    return shownId.toLowerCase() === instanceId.toLowerCase()
      ? { status: readStatus(status), ...answerOf(granted) }
      : { absence: { missing: "instance", reason: "the service answered with another" }, ...answerOf(granted) };
  };
}

/** "Deleting a Background Task": `DELETE /v2/{project_id}/instances/{instance_id}/tasks/{task_id}`. */
export function deleteRecordWith(identity: Identity, service: ServiceName): DeleteRecord {
  const { api, permissions } = services[service];
  return async ({ instanceId, taskId }, bounds) => {
    const path = pathTo("instances", instanceId, "tasks", taskId);
    const request: ProjectRequest = { api, method: "DELETE", path, instanceId };
    const { reply } = await identity.send(request, bounds);
    if (readAbsence(reply, taskId)) {
      return false;
    }
    if (reply.httpStatus >= 200 && reply.httpStatus < 300) {
      return true;
    }
    const what = `deleting the record of background task ${taskId} of instance ${instanceId}`;
    throw errorForReply(reply, what, permissions.delete);
  };
}

// The zone of the window's bounds is not documented; Huawei Cloud's Terraform provider uses UTC. A window that allows for
// every zone loses nothing; the tasks' own times filter the rest.
const widestZoneMs = 14 * 60 * 60 * 1000;

/** A moment as `YYYYMMDDHHmmss`. */
function digitsOf(ms: number): string {
  const [latestMs, earliestMs] = [253402300799999, 0];
  return new Date(Math.min(Math.max(ms, earliestMs), latestMs)).toISOString().replace(/\D/g, "").slice(0, 14);
}

/** @throws BackgroundTaskError for an id that would lead to another path; nothing is sent then */
function pathTo(...segments: string[]): ProjectRequest["path"] {
  segments.forEach((segment) => checkIdIn("a path", segment));
  return (projectId) => `/${["v2", checkIdIn("a path", projectId), ...segments].join("/")}`;
}

function answerOf({ projectId, reply: { serviceTimeMs, retryAfterMs } }: GrantedReply): Answer {
  return { projectId, serviceTimeMs, retryAfterMs };
}

// Both shapes of a task id that the service uses.
const usualTaskId = /^([0-9a-f]{32}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

/**
 * The reply for an unknown task is not documented. 404 counts as one, unless its code means something else; so does 400
 * "task ID format invalid" for an id whose format is valid.
 */
function readAbsence(reply: ServiceReply, taskId: string): Absence | undefined {
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
