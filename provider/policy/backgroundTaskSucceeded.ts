import * as pulumi from "@pulumi/pulumi";
import type { StackValidationPolicy } from "@pulumi/policy";
import { barriersNotQuiet, recordedTasks } from "./recordedTasks";
import { describeResource, faultOf, waitAgain } from "./ruleMessages";

const resumeBarrier = "Run the update again to resume the wait, or set a longer timeoutSeconds.";

/**
 * Holds when every `BackgroundTask` of the stack and each task of a `QuietInstance` succeeded, and the instance of each
 * `QuietInstance` became quiet. It sends nothing: it judges what the resources recorded. In a preview, a wait that is still
 * to come is no violation.
 */
export const backgroundTaskSucceeded: StackValidationPolicy = {
  name: "background-task-succeeded",
  displayName: "Background tasks succeeded",
  description: "Every background task that the stack waited for succeeded.",
  enforcementLevel: "mandatory",
  remediationSteps: waitAgain,
  validateStack: ({ resources }, reportViolation) => {
    const isPreview = pulumi.runtime.isDryRun();
    for (const resource of barriersNotQuiet(resources, isPreview)) {
      const message = `${describeResource(resource)}: its instance has not become quiet. ${resumeBarrier}`;
      reportViolation(message, resource.urn);
    }
    for (const { resource, task } of recordedTasks(resources, isPreview)) {
      const fault = faultOf(task);
      if (fault !== undefined) {
        reportViolation(`${describeResource(resource)}: ${fault}. ${waitAgain}`, resource.urn);
      }
    }
  },
};
