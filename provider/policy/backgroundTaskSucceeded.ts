import * as pulumi from "@pulumi/pulumi";
import type { StackValidationPolicy } from "@pulumi/policy";
import { barriersNotQuiet, recordedTasks } from "./recordedTasks";
import { resumeWait } from "../task/descriptions";
import { kindOfStatus } from "../task/taskStatus";
import { describeResource, faultOf, waitAgain } from "./ruleMessages";

/**
 * Holds when every `BackgroundTask` of the stack and each task of a `QuietInstance` succeeded, and each `QuietInstance`
 * became quiet. It sends nothing: it judges what the resources recorded. In a preview, a wait that is still to come is no
 * violation.
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
      const message = `${describeResource(resource)}: its instance has not become quiet. ${resumeWait}`;
      reportViolation(message, resource.urn);
    }
    for (const { resource, task } of recordedTasks(resources, isPreview)) {
      const fault = faultOf(task);
      if (fault !== undefined) {
        // A wait that timed out or was cancelled says nothing of the task: it goes on.
        const advice = kindOfStatus(task.status, task.service) === "pending" ? resumeWait : waitAgain;
        reportViolation(`${describeResource(resource)}: ${fault}. ${advice}`, resource.urn);
      }
    }
  },
};
