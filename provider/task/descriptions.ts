import { quote } from "../output/secrets";
import { enumerate, shortList } from "./shortList";
import type { BackgroundTaskResult } from "./task";
import { hasUnknownStatus } from "./taskStatus";
import type { TaskSubject, WaitProgress } from "./waitSubject";

// How messages name tasks, and what was seen of them. A message that users meet in two places has its words here.

/** "background task NAME (id ID) of instance ID", as far as they are known; "background tasks NAME and NAME of instance ID". */
export function describeTask({ taskId, name, names, instanceId }: TaskSubject, withInstance = true): string {
  const plural = names ? ` ${enumerate(names, quote)}` : "";
  const named = name && taskId ? `${quote(name)} (id ${taskId})` : name ? quote(name) : taskId;
  return `background task${named ? ` ${named}` : `s${plural}`}${withInstance ? ` of instance ${instanceId}` : ""}`;
}

/** "background task ... of instance ID was not found." */
export function describeMissing(subject: TaskSubject): string {
  return `${describeTask(subject)} was not found.`;
}

/** " (started TIME)"; empty if the time is unknown. */
export function describeStart({ createdAt }: Pick<BackgroundTaskResult, "createdAt">): string {
  return createdAt ? ` (started ${quote(createdAt)})` : "";
}

/** How a task ended, with its times, its parameters and, if the service says so, why. */
export function describeFailure(task: BackgroundTaskResult): string {
  const facts = [
    task.createdAt && `started ${quote(task.createdAt)}`,
    task.updatedAt && `ended ${quote(task.updatedAt)}`,
    task.params && `parameters ${quote(task.params)}`,
  ].filter(Boolean);
  return (
    `${describeTask(task)} ended with status ${quote(task.status ?? "")}` +
    (facts.length > 0 ? ` (${facts.join(", ")})` : "") +
    (task.failReason ? `: ${quote(task.failReason)}` : "")
  );
}

/** "NAME (id ID) STATUS, ..." */
export function describeTasks(tasks: BackgroundTaskResult[]): string {
  return shortList(tasks, ({ name, taskId, status, failReason }) => {
    const reason = failReason ? `: ${quote(failReason)}` : "";
    return `${quote(name ?? "") || "without a name"} (id ${taskId}) ${quote(status ?? "") || "without a status"}${reason}`;
  });
}

/** "instance ID has the status STATUS" */
export function describeInstanceStatus(instanceId: string, status: string | undefined): string {
  return `instance ${instanceId} has ${status ? `the status ${quote(status)}` : "no status"}`;
}

/** What to do after a wait that timed out. */
export const resumeWait = "Run the update again to resume the wait, or set a longer timeoutSeconds.";

/** A record that is still there because the update was cancelled. */
export function describeCancelledDeletion(task: TaskSubject): string {
  return `deleting the record of ${describeTask(task)}: cancelled; the resource stays, and the next update deletes it`;
}

export function describeEffort({ elapsedSeconds, looks }: WaitProgress): string {
  return `${describeSeconds(elapsedSeconds)} and ${looks} ${looks === 1 ? "look" : "looks"}`;
}

export function describeLastSeen({ lastSeen }: WaitProgress): string {
  if (!lastSeen) {
    return "it never appeared";
  }
  const status = lastSeen.status === undefined ? "missing" : quote(lastSeen.status) || "empty";
  return `its last status was ${status}${hasUnknownStatus(lastSeen) ? ", which is unknown" : ""}`;
}

export function describeSeconds(seconds: number): string {
  if (seconds < 120) {
    return `${Number(seconds.toFixed(seconds < 10 ? 1 : 0))} s`;
  }
  return `${Math.round(seconds / 60)} min`;
}
