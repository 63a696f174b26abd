import { TaskFailedError, TasksFailedError } from "./errors";
import type { BackgroundTaskResult } from "./task";
import type { ServiceName } from "./services";
import { kindOfStatus } from "./taskStatus";

/** What the user counts as a good end. */
interface Expectation {
  /** A task in progress is not enough. */
  wait: boolean;
  /** A task that ended badly is not accepted. */
  failOnError: boolean;
  /** Whose word the status is. */
  service: ServiceName;
}

/** Whether a status is what was waited for, so that nothing needs to be asked again. */
export function isAccepted(status: unknown, { wait, failOnError, service }: Expectation): boolean {
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

/** @throws TaskFailedError when the task ended badly, and that is an error. */
export function throwIfFailed(task: BackgroundTaskResult, { failOnError }: Pick<Expectation, "failOnError">): void {
  if (failOnError && hasFailed(task)) {
    throw new TaskFailedError(task);
  }
}

/** @throws TasksFailedError when some of the tasks ended badly, and that is an error. */
export function throwIfAnyFailed(
  instanceId: string,
  tasks: BackgroundTaskResult[],
  { failOnError }: Pick<Expectation, "failOnError">,
): void {
  const failed = tasks.filter(hasFailed);
  if (failOnError && failed.length > 0) {
    throw new TasksFailedError(instanceId, failed);
  }
}

export function hasFailed({ status, service }: BackgroundTaskResult): boolean {
  return kindOfStatus(status, service) === "failure";
}
