import * as pulumi from "@pulumi/pulumi";
import type { StackValidationPolicy } from "@pulumi/policy";
import { recordedTasks } from "./recordedTasks";
import { describeResource, faultOf } from "./ruleMessages";

const remediationSteps =
  "Look at the instance's page on the console, repeat the operation, and let the resource wait for its new task: " +
  "change taskId, or a value in triggers.";

/**
 * Holds when every `BackgroundTask` of the stack, and each task of a `BackgroundTasks`, ended in success. It sends
 * nothing: it goes by what the resources recorded. What is yet to be waited for, in a preview, is no violation.
 */
export const backgroundTaskSucceeded: StackValidationPolicy = {
  name: "background-task-succeeded",
  displayName: "Background tasks succeeded",
  description: "Every background task that the stack waited for has ended in success.",
  enforcementLevel: "mandatory",
  remediationSteps,
  validateStack: ({ resources }, reportViolation) => {
    for (const { resource, task } of recordedTasks(resources, pulumi.runtime.isDryRun())) {
      const fault = faultOf(task);
      if (fault !== undefined) {
        reportViolation(`${describeResource(resource)}: ${fault}. ${remediationSteps}`, resource.urn);
      }
    }
  },
};
