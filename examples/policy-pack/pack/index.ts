import { BackgroundTaskPolicyPack } from "pulumi-otc-background-task/policy";

new BackgroundTaskPolicyPack("background-tasks", {
  // The program lets this one task fail, so that background-task-succeeded is what judges it.
  backgroundTaskFailsUpdate: { exceptions: ["restarted"] },
  instanceQuietBeforeChange: {
    resources: [{ type: "pulumi-nodejs:dynamic/example:Topic", property: "instanceId" }],
  },
});
