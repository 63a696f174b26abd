import { describeFailure, describeTask } from "../task/descriptions";
import { quote } from "../output/secrets";
import type { BackgroundTaskResult } from "../task/task";
import { kindOfStatus } from "../task/taskStatus";
import type { PolicyConfigSchema } from "@pulumi/policy";

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

/** What to do about such a task. */
export const waitAgain =
  "Look at the instance's page on the console, repeat the operation, and let the resource wait for its new task: " +
  "change taskId, or a value in triggers.";

/** `BackgroundTask "bound"` */
export function describeResource({ type, name }: { type: string; name: string }): string {
  return `${type.split(":").at(-1)} "${name}"`;
}

/** What a rule does when it gets no answer from the service. */
export type OnUnreachable = "warn" | "violate";

export function onUnreachableSchema(byDefault: OnUnreachable): PolicyConfigSchema["properties"][string] {
  return {
    enum: ["warn", "violate"],
    default: byDefault,
    description: "Whether a service that gives no answer is a warning or a violation.",
  };
}

/** Reports that the service gave no answer, as the rule's settings will have it. */
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
 * Shows a line on the stack's row. A pack has no connection to the engine's log; what it prints on stderr is shown
 * there.
 */
export function warn(rule: string, message: string): void {
  console.error(`warning: policy ${rule}: ${message}`);
}
