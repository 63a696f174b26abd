import * as pulumi from "@pulumi/pulumi";
import { BackgroundTask } from "pulumi-otc-background-task";
import { PartitionReassignment } from "./partitionReassignment";

const config = new pulumi.Config();
// The emulator sets the variable.
const instanceId = config.get("instanceId") ?? process.env.OTC_INSTANCE_ID ?? config.require("instanceId");
const brokers = config.getObject<number[]>("brokers") ?? [0, 1, 2];

// The service answers at once with a job's id, and goes on moving in a background task, whose id it is.
const orders = new PartitionReassignment("orders", { instanceId, topic: "orders", brokers });

// Done when that task has ended. Another reassignment has another id, and so another wait.
const ordersMoved = new BackgroundTask("orders-moved", { instanceId, taskId: orders.jobId });

// One topic at a time: while the first is moved, the service refuses to move the second.
const payments = new PartitionReassignment(
  "payments",
  { instanceId, topic: "payments", brokers },
  { dependsOn: ordersMoved },
);
const paymentsMoved = new BackgroundTask("payments-moved", { instanceId, taskId: payments.jobId });

export const moved = [ordersMoved, paymentsMoved].map(({ parameters }) =>
  parameters.apply((known) => String(known?.reassignment_topics)),
);
