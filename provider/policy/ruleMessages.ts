import { describeFailure, describeStart, describeTask } from "../task/descriptions";
import { quote } from "../output/secrets";
import type { BackgroundTaskResult } from "../task/task";
import { kindOfStatus } from "../task/taskStatus";
import type { PolicyConfigSchema } from "@pulumi/policy";

/** Why a task does not count as a success: half a sentence; undefined if it does. */
export function faultOf(task: BackgroundTaskResult): string | undefined {
  const { status, service } = task;
  const start = describeStart(task);
  switch (kindOfStatus(status, service)) {
    case "success":
      return undefined;
    case "failure":
      return describeFailure(task);
    case "unknown":
      return `${describeTask(task)} has the unknown status ${quote(status ?? "")}${start}`;
    case "pending":
      return status
        ? `${describeTask(task)} has not ended: its status is ${quote(status)}${start}`
        : `${describeTask(task)} has no status${start}`;
  }
}

/** What to do about such a task. */
export const waitAgain =
  "Check the instance in the console and repeat the operation; then change taskId, or a value in triggers, to wait for " +
  "the new task.";

/** `BackgroundTask "bound"` */
export function describeResource({ type, name }: { type: string; name: string }): string {
  return `${type.split(":").at(-1)} "${name}"`;
}

/** What a rule does if the service does not answer. */
export type OnUnreachable = "warn" | "violate";

export function onUnreachableSchema(byDefault: OnUnreachable): PolicyConfigSchema["properties"][string] {
  return {
    enum: ["warn", "violate"],
    default: byDefault,
    description: "If the service does not answer: a warning or a violation.",
  };
}

/** Reports that the service did not answer, as a warning or a violation. */
export function reportUnreachable(
  rule: string,
  { onUnreachable }: { onUnreachable: OnUnreachable },
  message: string,
  reportViolation: (message: string) => void,
): void {
  if (onUnreachable === "violate") {
    reportViolation(message);
  } else {
    warn(rule, message);
  }
}

/**
 * Shows a line on the stack's row. A pack has no connection to the engine's log, but the engine shows the pack's stderr
 * there.
 */
export function warn(rule: string, message: string): void {
  console.error(`warning: policy ${rule}: ${message}`);
}
