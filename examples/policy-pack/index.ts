import * as pulumi from "@pulumi/pulumi";
import { BackgroundTask } from "pulumi-otc-background-task";
import { Topic } from "./topic";

const config = new pulumi.Config();
// The emulator sets the variable.
const instanceId = config.get("instanceId") ?? process.env.OTC_INSTANCE_ID ?? config.require("instanceId");

const bound = new BackgroundTask("bound", { instanceId, taskId: config.require("bindTaskId") });

// With failOnError: false a failed task is recorded, and the update goes on: it is the policy's to judge.
const restarted = new BackgroundTask("restarted", {
  instanceId,
  taskId: config.require("restartTaskId"),
  failOnError: false,
});

new Topic("orders", { instanceId }, { dependsOn: [bound, restarted] });

export const statuses = pulumi.all([bound.status, restarted.status]);
