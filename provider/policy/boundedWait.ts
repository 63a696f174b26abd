import type { PolicyConfigSchema, ResourceValidationPolicy } from "@pulumi/policy";
import { pace } from "../arguments/argumentShapes";
import { stackDefaultPlace } from "../arguments/stackDefaults";
import { stackDefaultsInProgram } from "../functions/programConfiguration";
import { BackgroundTask } from "../resources/backgroundTask";
import { QuietInstance } from "../resources/quietInstance";
import { propertyOf } from "./knownValue";
import { settingsOf } from "./ruleSettings";
import { describeResource } from "./ruleMessages";

/** Settings of `bounded-wait`, in seconds, 0 to 86,400. */
export interface BoundedWaitSettings {
  /** Shortest timeout that is allowed. Default: 30. */
  minSeconds?: number;
  /** Longest timeout that is allowed. Default: 3,600. */
  maxSeconds?: number;
}

const name = "bounded-wait";

const seconds = { type: "number", minimum: 0, maximum: 86_400 } as const;
const configSchema: PolicyConfigSchema = {
  properties: {
    minSeconds: { ...seconds, default: 30, description: "Shortest timeout that is allowed, in seconds." },
    maxSeconds: { ...seconds, default: 3600, description: "Longest timeout that is allowed, in seconds." },
  },
};

const remediationSteps =
  "Change timeoutSeconds, or create and update of customTimeouts, which take precedence over it.";

/** Holds when the timeout of every wait, in a create and in an update, is within bounds. */
export const boundedWait: ResourceValidationPolicy = {
  name,
  displayName: "Waits are bounded",
  description: "The timeout of every wait for a background task is within bounds.",
  enforcementLevel: "mandatory",
  configSchema,
  remediationSteps,
  validateResource: (args, reportViolation) => {
    const waits = args.isType(BackgroundTask) || args.isType(QuietInstance);
    if (!waits || propertyOf(args.props, "wait") === false) {
      return;
    }
    const { minSeconds, maxSeconds } = settingsOf<Required<BoundedWaitSettings>>(name, configSchema, args);
    const bounds = `${minSeconds} to ${maxSeconds} s`;
    for (const [deadline, sources] of deadlinesOf(args.props)) {
      // If it is unknown in a preview, the update checks it.
      if (typeof deadline === "number" && !(deadline >= minSeconds && deadline <= maxSeconds)) {
        const set = sources.length > 0 ? `set with ${sources.join(" and ")}` : "the default";
        reportViolation(
          `${describeResource(args)} times out after ${rounded(deadline)} s (${set}), but ${bounds} are allowed. ${remediationSteps}`,
        );
      }
    }
  },
};

/** Without the noise of fractions that were added up, such as 6.9993022709999995. */
function rounded(seconds: number): number {
  return Number(seconds.toFixed(3));
}

/** Each deadline of a resource, and what sets it: arguments or the stack's configuration. */
function deadlinesOf(props: object): Map<unknown, string[]> {
  const common = [
    [propertyOf(props, "timeoutSeconds"), "timeoutSeconds"],
    [stackDefaultsInProgram().defaults.timeoutSeconds, stackDefaultPlace("timeoutSeconds")],
    [pace.timeoutSeconds.parse(undefined)],
  ] as const;
  const deadlines = new Map<unknown, string[]>();
  for (const [own, option] of [
    ["createTimeoutSeconds", "customTimeouts.create"],
    ["updateTimeoutSeconds", "customTimeouts.update"],
  ] as const) {
    const inOrder = [[propertyOf(props, own), option] as const, ...common];
    const [deadline, ...source] = inOrder.find(([seconds]) => seconds !== undefined)!;
    deadlines.set(deadline, [...new Set([...(deadlines.get(deadline) ?? []), ...source])]);
  }
  return deadlines;
}
