import type { PolicyConfigSchema } from "@pulumi/policy";

/** What a rule does when it gets no answer from the service. */
export type OnUnreachable = "warn" | "violate";

export function onUnreachableSchema(byDefault: OnUnreachable): PolicyConfigSchema["properties"][string] {
  return {
    enum: ["warn", "violate"],
    default: byDefault,
    description: "Whether a service that gives no answer is a warning or a violation.",
  };
}

/**
 * Shows a line on the stack's row. A pack has no connection to the engine's log; what it prints on stderr is shown
 * there.
 */
export function warn(rule: string, message: string): void {
  console.error(`warning: policy ${rule}: ${message}`);
}
