import * as pulumi from "@pulumi/pulumi";
import { getBackgroundTask } from "pulumi-otc-background-task";

export = async () => {
  const config = new pulumi.Config();
  const task = await getBackgroundTask({
    instanceId: config.get("instanceId") ?? process.env.OTC_INSTANCE_ID ?? "",
    taskId: config.get("taskId") ?? process.env.OTC_TASK_ID ?? "",
  });
  return {
    name: task.name,
    status: task.status,
    durationSeconds: task.durationSeconds,
    parameters: task.parameters,
  };
};
