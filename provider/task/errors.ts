import {
  describeEffort,
  describeFailure,
  describeLastSeen,
  describeSeconds,
  describeTask,
  describeTasks,
  resumeWait,
} from "./descriptions";
import { type BarrierKind, type NamedBy, waitForRepeated, waitForRepeatedAll } from "./repeatedOperation";
import { quote } from "../output/secrets";
import type { BackgroundTaskResult } from "./task";
import type { TaskSubject, WaitProgress, WaitSubject } from "./waitSubject";

/**
 * The base of all errors of this package. The message is for people. Programs distinguish the errors by class, or by
 * `name` if two copies of the package are loaded.
 */
export class BackgroundTaskError extends Error {
  override readonly name: string = "BackgroundTaskError";
  /** The task that the wait was for, if there was a wait. */
  subject?: TaskSubject;
  /** How far the wait had come, if there was a wait. */
  progress?: WaitProgress;
}

/** An argument is missing, malformed or unknown. Nothing was sent. */
export class InvalidArgumentError extends BackgroundTaskError {
  override readonly name = "InvalidArgumentError";
  constructor(readonly reasons: string[]) {
    super(reasons.join("\n"));
  }
}

/** A setting (credentials, project, endpoint) is missing or malformed. Nothing was sent. */
export class SettingsError extends BackgroundTaskError {
  override readonly name = "SettingsError";
}

/** The task failed. `task` is its record. */
export class TaskFailedError extends BackgroundTaskError {
  override readonly name = "TaskFailedError";
  constructor(
    readonly task: BackgroundTaskResult,
    namedBy: NamedBy = "resource by id",
  ) {
    super(
      `${describeFailure(task)}. ` +
        (task.failReason ? "" : `The service records no reason; check the instance in the console. `) +
        waitForRepeated[namedBy],
    );
    this.subject = { instanceId: task.instanceId, taskId: task.taskId };
  }
}

/** Some of the tasks that a barrier waited for failed. `tasks` are their records. */
export class TasksFailedError extends BackgroundTaskError {
  override readonly name = "TasksFailedError";
  constructor(
    instanceId: string,
    readonly tasks: BackgroundTaskResult[],
    waitedBy: BarrierKind = "QuietInstance",
  ) {
    const s = tasks.length === 1 ? "" : "s";
    super(
      `${tasks.length} background task${s} of instance ${instanceId} failed: ${describeTasks(tasks)}. ` +
        `After you have repeated the operation${s}, ${waitForRepeatedAll[waitedBy]}`,
    );
    this.subject = { instanceId };
  }
}

/** The wait timed out before the task ended. The service keeps working on the task. */
export class WaitTimedOutError extends BackgroundTaskError {
  override readonly name: string = "WaitTimedOutError";
  constructor(
    override readonly subject: TaskSubject,
    override readonly progress: WaitProgress,
    cause?: Error,
    /** What was seen last, in words. Default: of the one task. */
    lastSeen = describeLastSeen(progress),
    /** Whether anything was in progress; "instance": nothing was, but the instance was not seen RUNNING. */
    inProgress: boolean | "instance" = progress.lastSeen !== undefined,
  ) {
    const [have, it] = (subject.taskId ?? subject.name) ? ["has", "it"] : ["have", "them"];
    const missed =
      inProgress === "instance"
        ? `instance ${subject.instanceId} was not seen RUNNING`
        : `${describeTask({ ...subject, ...progress.lastSeen })} ${have} not ended`;
    super(
      `${missed} after ${describeEffort(progress)}: ` +
        `${lastSeen}${progress.recentFailures ? ` (${progress.recentFailures})` : ""}${cause ? `, and the last request failed: ${withoutPeriod(cause.message)}` : ""}.` +
        `${inProgress === true ? ` The service keeps working on ${it}.` : ""}\n` +
        resumeWait,
      { cause },
    );
  }
}

/**
 * The update was cancelled while the wait lasted: this says nothing of the task. The service keeps working on it, and the
 * next update resumes the wait.
 */
export class WaitCancelledError extends BackgroundTaskError {
  override readonly name = "WaitCancelledError";
  constructor(
    override readonly subject: TaskSubject,
    override readonly progress: WaitProgress,
    /** What was seen last, in words. Default: the status of the one task, if it was seen. */
    standing = progress.lastSeen && `last status ${quote(progress.lastSeen.status ?? "") || "missing"}`,
  ) {
    super(
      `waiting for ${describeTask({ ...subject, ...progress.lastSeen })}: cancelled after ` +
        `${describeSeconds(progress.elapsedSeconds)}; ${standing ? `${standing}; ` : ""}the next update resumes the wait`,
    );
  }
}

/** The wait timed out while the task or the instance had an unknown status. */
export class UnknownStatusError extends WaitTimedOutError {
  override readonly name = "UnknownStatusError";
}

/** The task or the instance does not exist, and did not appear in time. */
export class TaskNotFoundError extends BackgroundTaskError {
  override readonly name = "TaskNotFoundError";
  constructor(
    override readonly subject: TaskSubject,
    readonly missing: "task" | "instance",
    override readonly progress: WaitProgress,
    reason?: string,
    /** What was found instead, and what to do: whole sentences. */
    advice?: string,
  ) {
    const isOneTask = (subject.taskId ?? subject.name) !== undefined;
    super(
      (missing === "instance"
        ? `instance ${subject.instanceId}${isOneTask ? ` of ${describeTask(subject, false)}` : ""} was not found`
        : `${describeTask(subject, false)} ${subject.names ? "were" : "was"} not found on instance ${subject.instanceId}`) +
        ` in ${describeEffort(progress)}${reason ? ` (${reason})` : ""}. ` +
        (advice ?? `Check the ${missing === "instance" ? "instance's" : "task's"} id, the project and the region.`),
    );
  }
}

/** The task was in progress, then its record disappeared: the outcome is unknown, so it never counts as success. */
export class OutcomeUnknownError extends BackgroundTaskError {
  override readonly name = "OutcomeUnknownError";
  constructor(
    override readonly subject: WaitSubject,
    override readonly progress: WaitProgress,
  ) {
    super(
      `the record of ${describeTask({ ...subject, ...progress.lastSeen })} disappeared after ` +
        `${describeEffort(progress)}, while the task was in progress: ${describeLastSeen(progress)}. ` +
        `The outcome is unknown. Check the instance in the console, and repeat the operation if it did not succeed.`,
    );
  }
}

/** The service rejected a request or did not answer it. */
export class ServiceError extends BackgroundTaskError {
  override readonly name: string = "ServiceError";
  /** The HTTP status, if there was a reply. */
  readonly httpStatus?: number;
  /** The service's own code, for instance `DMS.00400030`. */
  readonly code?: string;
  constructor(message: string, reply: { httpStatus?: number; code?: string; cause?: Error } = {}) {
    super(message, { cause: reply.cause });
    this.httpStatus = reply.httpStatus;
    // Whoever prints the whole error prints this as well.
    this.code = reply.code === undefined ? undefined : quote(reply.code);
  }

  /**
   * This error for one of the waits that share the rejected request.
   *
   * @internal
   */
  duringWait(subject: TaskSubject, progress: WaitProgress): ServiceError {
    const Class = this.constructor as new (message: string, reply: object) => ServiceError;
    const error = new Class(`waiting for ${describeTask(subject)}: ${this.message}`, this);
    error.subject = subject;
    error.progress = progress;
    return error;
  }
}

/** Worth a retry: throttled, overloaded, unreachable, or an incomplete reply. */
export class TransientError extends ServiceError {
  override readonly name: string = "TransientError";
  /** How long to wait before the next request, if the service said so. */
  readonly retryAfterMs?: number;
  constructor(
    message: string,
    reply: { httpStatus?: number; code?: string; retryAfterMs?: number; cause?: Error } = {},
  ) {
    super(message, reply);
    this.retryAfterMs = reply.retryAfterMs;
  }
}

/** An unusable reply: not JSON, incomplete, too large or not of the documented shape. */
export class BadResponseError extends TransientError {
  override readonly name = "BadResponseError";
}

/** The service's list of tasks cannot be read completely: it ignores where a page starts, or is too long. */
export class PagingError extends ServiceError {
  override readonly name = "PagingError";
}

/** The service rejected the request. A retry would not help. */
export class RequestRefusedError extends ServiceError {
  override readonly name = "RequestRefusedError";
}

/** The credentials were rejected. */
export class AuthenticationError extends ServiceError {
  override readonly name = "AuthenticationError";
}

/** The address does not offer this API: the endpoint or the region is wrong, or its certificate is not trusted. */
export class WrongEndpointError extends ServiceError {
  override readonly name = "WrongEndpointError";
}

/** The proxy rejected the connection or is unusable. The service itself may be available. */
export class ProxyError extends ServiceError {
  override readonly name = "ProxyError";
}

function withoutPeriod(message: string): string {
  return message.replace(/\.$/, "");
}
