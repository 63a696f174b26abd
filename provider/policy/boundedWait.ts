import type { PolicyConfigSchema, ResourceValidationPolicy } from "@pulumi/policy";
import { pace } from "../arguments/argumentShapes";
import { BackgroundTask } from "../resources/backgroundTask";
import { QuietInstance } from "../resources/quietInstance";
import { propertyOf } from "./knownValue";
import { settingsOf } from "./ruleSettings";
import { describeResource } from "./ruleMessages";

/** Settings of `bounded-wait`, in seconds, 0 to 86,400. */
export interface BoundedWaitSettings {
  /** Least number of seconds a wait must be given; default 30. */
  minSeconds?: number;
  /** Greatest number of seconds a wait may take; default 3,600. */
  maxSeconds?: number;
}

const name = "bounded-wait";

const seconds = { type: "number", minimum: 0, maximum: 86_400 } as const;
const configSchema: PolicyConfigSchema = {
  properties: {
    minSeconds: { ...seconds, default: 30, description: "Least number of seconds a wait must be given." },
    maxSeconds: { ...seconds, default: 3600, description: "Greatest number of seconds a wait may take." },
  },
};

const remediationSteps = "Change timeoutSeconds, or the create and update of customTimeouts, which win over it.";

// What the resources do without one.
const defaultDeadlineSeconds = pace.timeoutSeconds.parse(undefined);

/** Holds when the deadline of every wait, of its creation and of its update, lies within bounds. */
export const boundedWait: ResourceValidationPolicy = {
  name,
  displayName: "Waits are bounded",
  description: "The deadline of a wait for a background task lies within bounds.",
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
      // Unknown in a preview: the update will tell.
      if (typeof deadline === "number" && !(deadline >= minSeconds && deadline <= maxSeconds)) {
        const set = sources.length > 0 ? `set by ${sources.join(" and ")}` : "the default";
        reportViolation(
          `${describeResource(args)} waits for at most ${deadline} s (${set}), where ${bounds} are allowed. ${remediationSteps}`,
        );
      }
    }
  },
};

/** Each deadline of a resource, and the arguments that set it. */
function deadlinesOf(props: object): Map<unknown, string[]> {
  const deadlines = new Map<unknown, string[]>();
  for (const [own, option] of [
    ["createTimeoutSeconds", "customTimeouts.create"],
    ["updateTimeoutSeconds", "customTimeouts.update"],
  ] as const) {
    const given = propertyOf(props, own);
    const common = propertyOf(props, "timeoutSeconds");
    const deadline = given ?? common ?? defaultDeadlineSeconds;
    const source = given !== undefined ? [option] : common !== undefined ? ["timeoutSeconds"] : [];
    deadlines.set(deadline, [...new Set([...(deadlines.get(deadline) ?? []), ...source])]);
  }
  return deadlines;
}
