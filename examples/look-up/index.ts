import * as pulumi from "@pulumi/pulumi";
import { getBackgroundTask } from "pulumi-otc-background-task";

export = async () => {
  const config = new pulumi.Config();
  const task = await getBackgroundTask({
    // The emulator sets the variables.
    instanceId: config.get("instanceId") ?? process.env.OTC_INSTANCE_ID ?? config.require("instanceId"),
    taskId: config.get("taskId") ?? process.env.OTC_TASK_ID ?? config.require("taskId"),
  });
  return {
    name: task.name,
    status: task.status,
    durationSeconds: task.durationSeconds,
    parameters: task.parameters,
  };
};
