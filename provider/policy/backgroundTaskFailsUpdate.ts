import type { PolicyConfigSchema, ResourceValidationPolicy } from "@pulumi/policy";
import { BackgroundTask } from "../resources/backgroundTask";
import { QuietInstance } from "../resources/quietInstance";
import { propertyOf } from "./knownValue";
import { settingsOf } from "./ruleSettings";
import { describeResource } from "./ruleMessages";

/** Settings of `background-task-fails-update`. */
export interface BackgroundTaskFailsUpdateSettings {
  /** Names or URNs of resources that may set `failOnError: false`. Default: none. */
  exceptions?: string[];
}

const name = "background-task-fails-update";

const configSchema: PolicyConfigSchema = {
  properties: {
    exceptions: {
      type: "array",
      items: { type: "string", minLength: 1 },
      default: [],
      description: "Names or URNs of resources that may set failOnError: false.",
    },
  },
};

const remediationSteps = "Remove failOnError, or add the resource to the exceptions of this policy.";

/** Holds when no `BackgroundTask` or `QuietInstance` sets `failOnError: false`, except the listed ones. */
export const backgroundTaskFailsUpdate: ResourceValidationPolicy = {
  name,
  displayName: "A failed background task fails the update",
  description: "A failed background task fails the update.",
  enforcementLevel: "mandatory",
  configSchema,
  remediationSteps,
  validateResource: (args, reportViolation) => {
    if (!args.isType(BackgroundTask) && !args.isType(QuietInstance)) {
      return;
    }
    const { exceptions } = settingsOf<Required<BackgroundTaskFailsUpdateSettings>>(name, configSchema, args);
    const isException = exceptions.includes(args.name) || exceptions.includes(args.urn);
    if (propertyOf(args.props, "failOnError") === false && !isException) {
      reportViolation(
        `${describeResource(args)} sets failOnError: false, so its dependents are created even if its task failed. ` +
          remediationSteps,
      );
    }
  },
};
