import type { PolicyConfigSchema, ResourceValidationPolicy } from "@pulumi/policy";
import { BackgroundTask } from "../resources/backgroundTask";
import { QuietInstance } from "../resources/quietInstance";
import { propertyOf } from "./knownValue";
import { settingsOf } from "./ruleSettings";
import { describeResource } from "./ruleMessages";

/** Settings of `background-task-fails-update`. */
export interface BackgroundTaskFailsUpdateSettings {
  /** Names or URNs of resources that may say `failOnError: false`; default none. */
  exceptions?: string[];
}

const name = "background-task-fails-update";

const configSchema: PolicyConfigSchema = {
  properties: {
    exceptions: {
      type: "array",
      items: { type: "string", minLength: 1 },
      default: [],
      description: "Names or URNs of resources that may say failOnError: false.",
    },
  },
};

const remediationSteps =
  "Leave failOnError out, or list the resource among the exceptions of this policy where a failed task may be passed over.";

/** Holds when no `BackgroundTask` or `QuietInstance` says `failOnError: false`, but for the listed exceptions. */
export const backgroundTaskFailsUpdate: ResourceValidationPolicy = {
  name,
  displayName: "A failed background task fails the update",
  description: "A background task that failed is not passed over.",
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
        `${describeResource(args)} says failOnError: false, so that what follows is created although its task failed. ` +
          remediationSteps,
      );
    }
  },
};
