import { TaskFailedError, TasksFailedError } from "./errors";
import type { BackgroundTaskResult } from "./task";
import type { ServiceName } from "./services";
import { kindOfStatus } from "./taskStatus";

/** What the user counts as a good end. */
export interface Expectation {
  /** Default true: a task in progress is not enough. */
  wait?: boolean;
  /** Default true: a task that ended badly is not accepted. */
  failOnError?: boolean;
  /** Whose word the status is; default `kafka`. */
  service?: ServiceName;
}

/** Whether a status is what was waited for, so that nothing needs to be asked again. */
export function isAccepted(status: unknown, { wait = true, failOnError = true, service }: Expectation): boolean {
  switch (kindOfStatus(status, service)) {
    case "success":
      return true;
    case "failure":
      return !failOnError;
    case "pending":
    case "unknown":
      return !wait;
  }
}

/** Returns the task, or throws {@link TaskFailedError} when it ended badly and that is an error. */
export function judged(task: BackgroundTaskResult, { failOnError = true }: Expectation): BackgroundTaskResult {
  if (failOnError && hasFailed(task)) {
    throw new TaskFailedError(task);
  }
  return task;
}

/** Throws {@link TasksFailedError} when some of the tasks ended badly and that is an error. */
export function allJudged(
  instanceId: string,
  tasks: BackgroundTaskResult[],
  { failOnError = true }: Expectation,
): BackgroundTaskResult[] {
  const failed = tasks.filter(hasFailed);
  if (failOnError && failed.length > 0) {
    throw new TasksFailedError(instanceId, failed);
  }
  return tasks;
}

export function hasFailed({ status, service }: BackgroundTaskResult): boolean {
  return kindOfStatus(status, service) === "failure";
}
