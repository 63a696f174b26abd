import { describeEffort, describeFailure, describeLastSeen, describeTask, describeTasks } from "./descriptions";
import type { BackgroundTaskResult } from "./task";
import type { TaskSubject, WaitProgress, WaitSubject } from "./waitSubject";

/**
 * What every error of this package is. Its message is for people; programs tell the errors apart by class, or by `name`
 * where two copies of the package are loaded.
 */
export class BackgroundTaskError extends Error {
  override readonly name: string = "BackgroundTaskError";
  /** The task that was waited for, once one was. */
  subject?: TaskSubject;
  /** How far the wait had come, once one had begun. */
  progress?: WaitProgress;
}

/** An argument is missing, malformed or has no meaning. Nothing was sent. */
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

/** The task ended, but not well. `task` is its record. */
export class TaskFailedError extends BackgroundTaskError {
  override readonly name = "TaskFailedError";
  constructor(readonly task: BackgroundTaskResult) {
    super(
      `${describeFailure(task)}. ` +
        (task.failReason
          ? ""
          : `The service keeps no reason with a task: the instance's page on the console may tell more. `) +
        `Once the operation has been repeated, wait for its new task: change taskId, or a value in triggers.`,
    );
    this.subject = { instanceId: task.instanceId, taskId: task.taskId };
  }
}

/** Of the tasks that a barrier waited for, some ended badly. `tasks` are the records of those. */
export class TasksFailedError extends BackgroundTaskError {
  override readonly name = "TasksFailedError";
  constructor(
    instanceId: string,
    readonly tasks: BackgroundTaskResult[],
  ) {
    super(
      `${tasks.length} of the background tasks of instance ${instanceId} ended badly: ${describeTasks(tasks)}. ` +
        `Once the operations have been repeated, wait again: a QuietInstance does when a value in its triggers changes.`,
    );
    this.subject = { instanceId };
  }
}

/** The deadline passed and the task had not ended. The work itself goes on at the service. */
export class WaitTimedOutError extends BackgroundTaskError {
  override readonly name: string = "WaitTimedOutError";
  constructor(
    override readonly subject: TaskSubject,
    override readonly progress: WaitProgress,
    cause?: Error,
    /** What was seen last, in words; default: of the one task. */
    lastSeen = describeLastSeen(progress),
  ) {
    super(
      `${describeTask({ ...subject, ...progress.lastSeen })} had not ended after ${describeEffort(progress)}: ` +
        `${lastSeen}${cause ? `, and the last request failed: ${cause.message}` : ""}. ` +
        `The work goes on at the service: run the update again to resume the wait, or allow it more timeoutSeconds.`,
      { cause },
    );
  }
}

/** The deadline passed while the task's status was a word that nobody knows. */
export class UnknownStatusError extends WaitTimedOutError {
  override readonly name = "UnknownStatusError";
}

/** There is no such task, or no such instance; it did not appear in time either. */
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
    super(
      (missing === "instance"
        ? `instance ${subject.instanceId} was not found, so neither ${(subject.taskId ?? subject.name) ? "was" : "were"} its ${describeTask(subject, false)}`
        : `${describeTask(subject, false)} was not found on instance ${subject.instanceId}`) +
        ` in ${describeEffort(progress)}${reason ? ` (${reason})` : ""}. ` +
        (advice ?? `Check the ${missing === "instance" ? "instance's" : "task's"} id, the project and the region.`),
    );
  }
}

/** The task was seen in progress, then its record was gone: how it ended is not known, so it is no success. */
export class OutcomeUnknownError extends BackgroundTaskError {
  override readonly name = "OutcomeUnknownError";
  constructor(
    override readonly subject: WaitSubject,
    override readonly progress: WaitProgress,
  ) {
    super(
      `the record of ${describeTask({ ...subject, ...progress.lastSeen })} disappeared while it was in progress: ` +
        `${describeLastSeen(progress)}, ${describeEffort(progress)} into the wait. How it ended is unknown: ` +
        `look at the instance, and repeat the operation if need be.`,
    );
  }
}

/** A reply, or the lack of one, of the service. */
export class ServiceError extends BackgroundTaskError {
  override readonly name: string = "ServiceError";
  /** HTTP status, if there was a reply. */
  readonly httpStatus?: number;
  /** The service's own code, for instance `DMS.00400030`. */
  readonly code?: string;
  constructor(message: string, reply: { httpStatus?: number; code?: string; cause?: Error } = {}) {
    super(message, { cause: reply.cause });
    this.httpStatus = reply.httpStatus;
    this.code = reply.code;
  }

  /**
   * This error as one wait among others met it: many waits share one refusal.
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

/** Worth asking again: throttled, overloaded, unreachable, or an answer cut short. */
export class TransientError extends ServiceError {
  override readonly name: string = "TransientError";
  /** How long the service asked to be left alone. */
  readonly retryAfterMs?: number;
  constructor(
    message: string,
    reply: { httpStatus?: number; code?: string; retryAfterMs?: number; cause?: Error } = {},
  ) {
    super(message, reply);
    this.retryAfterMs = reply.retryAfterMs;
  }
}

/** A reply that is no answer: not JSON, cut short, too large or not of the documented shape. */
export class BadResponseError extends TransientError {
  override readonly name = "BadResponseError";
}

/** The service's list of tasks cannot be read to its end: it ignores where a page begins, or is too long. */
export class PagingError extends ServiceError {
  override readonly name = "PagingError";
}

/** The service understood and will not do it: asking again changes nothing. */
export class RequestRefusedError extends ServiceError {
  override readonly name = "RequestRefusedError";
}

/** The credentials were refused. */
export class AuthenticationError extends ServiceError {
  override readonly name = "AuthenticationError";
}

/** There is no such API at this address: the endpoint or the region is wrong, or its certificate is not trusted. */
export class WrongEndpointError extends ServiceError {
  override readonly name = "WrongEndpointError";
}

/** The proxy on the way to the service refused to open it, or cannot be used; of the service this says nothing. */
export class ProxyError extends ServiceError {
  override readonly name = "ProxyError";
}
