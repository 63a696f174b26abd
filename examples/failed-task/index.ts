import * as pulumi from "@pulumi/pulumi";
import { BackgroundTask } from "pulumi-otc-background-task";
import { Dependent } from "./dependent";

const config = new pulumi.Config();
// The emulator sets the variable.
const instanceId = config.get("instanceId") ?? process.env.OTC_INSTANCE_ID ?? config.require("instanceId");

// A task that ended with status FAILED: the update fails here, and the next one as well.
const operation = new BackgroundTask("operation", { instanceId, taskId: config.require("taskId") });

// Not created, now or next time, until the operation above has been repeated and its new task ended well.
const dependent = new Dependent("dependent", { after: operation.status });

export const createdAfter = dependent.after;
