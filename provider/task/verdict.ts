import { TaskFailedError, TasksFailedError } from "./errors";
import type { BarrierKind, NamedBy } from "./repeatedOperation";
import type { BackgroundTaskResult } from "./task";
import type { ServiceName } from "./services";
import { kindOfStatus } from "./taskStatus";

/** What the user accepts as a result. */
interface Expectation {
  /** A task in progress is not enough. */
  wait: boolean;
  /** A failed task is not accepted. */
  failOnError: boolean;
  /** The service that the status is from. */
  service: ServiceName;
}

/** Whether a status ends the wait, and no further request is needed. */
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

/**
 * @param namedBy - decides how the error says to wait for the task of a repeated operation.
 * @throws TaskFailedError if the task failed, and that is an error.
 */
export function throwIfFailed(
  task: BackgroundTaskResult,
  { failOnError }: Pick<Expectation, "failOnError">,
  namedBy: NamedBy,
): void {
  if (failOnError && hasFailed(task)) {
    throw new TaskFailedError(task, namedBy);
  }
}

/** @throws TasksFailedError if some of the tasks failed, and that is an error. */
export function throwIfAnyFailed(
  instanceId: string,
  tasks: BackgroundTaskResult[],
  { failOnError }: Pick<Expectation, "failOnError">,
  waitedBy: BarrierKind,
): void {
  const failed = tasks.filter(hasFailed);
  if (failOnError && failed.length > 0) {
    throw new TasksFailedError(instanceId, failed, waitedBy);
  }
}

export function hasFailed({ status, service }: BackgroundTaskResult): boolean {
  return kindOfStatus(status, service) === "failure";
}
