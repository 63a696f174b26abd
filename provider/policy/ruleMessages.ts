import { describeFailure, describeTask } from "../task/errors";
import { quote } from "../output/secrets";
import type { BackgroundTaskResult } from "../task/task";
import { kindOfStatus } from "../task/taskStatus";

/** What is wrong with a task that should have succeeded: half a sentence, or undefined where nothing is. */
export function faultOf(task: BackgroundTaskResult): string | undefined {
  const { status, service, createdAt } = task;
  const began = createdAt ? ` (began ${quote(createdAt)})` : "";
  switch (kindOfStatus(status, service)) {
    case "success":
      return undefined;
    case "failure":
      return describeFailure(task);
    case "unknown":
      return `${describeTask(task)} has the status ${quote(status ?? "")}, which is not a known one${began}`;
    case "pending":
      return status
        ? `${describeTask(task)} has not ended: its status is ${quote(status)}${began}`
        : `${describeTask(task)} has no status${began}`;
  }
}

/** `BackgroundTask "bound"` */
export function describeResource({ type, name }: { type: string; name: string }): string {
  return `${type.split(":").at(-1)} "${name}"`;
}
