import * as pulumi from "@pulumi/pulumi";
import { BackgroundTask, getBackgroundTaskOutput } from "pulumi-otc-background-task";
import { BrokerAddress } from "./brokerAddress";

const config = new pulumi.Config();
const bind = {
  // The emulator sets the variable.
  instanceId: config.get("instanceId") ?? process.env.OTC_INSTANCE_ID ?? config.require("instanceId"),
  name: "bindInstancePublicIp",
  // A time before the bind was started, and after any that is not meant.
  createdAfter: config.require("createdAfter"),
};

// The newest bind since then. The resource keeps its outcome in the state; the function looks at each `pulumi up`.
const bound = config.getBoolean("keep") === false ? getBackgroundTaskOutput(bind) : new BackgroundTask("bound", bind);

// What the bind was given is known from the task. It is used when the task has ended, and not at all if it failed.
const brokers = new BrokerAddress("brokers", {
  address: bound.parameters.apply((parameters) => `${parameters?.public_ip_address}:9094`),
});

export const address = brokers.address;
export const startedBy = bound.userName;
export const task = bound.taskId;
