import * as pulumi from "@pulumi/pulumi";
import { BackgroundTask } from "pulumi-otc-background-task";
import { PublicAddress } from "./publicAddress";
import { PublicIpBinding } from "./publicIpBinding";

const config = new pulumi.Config();
// The emulator sets the variable.
const instanceId = config.get("instanceId") ?? process.env.OTC_INSTANCE_ID ?? config.require("instanceId");
const publicIpId = config.get("publicIpId") ?? "1aea7aed-e7d8-40ea-b3de-6f3ee9d5db9f";

// The service answers at once and goes on binding in a background task.
const binding = new PublicIpBinding("binding", { instanceId, publicIpId });

// Done when that task has ended. No id of it came back, so that it is looked for by its name: from this update on, and
// after the binding was asked for. Another address is another binding, and another wait.
const bound =
  config.getBoolean("wait") === false
    ? undefined
    : new BackgroundTask(
        "bound",
        { instanceId, name: "bindInstancePublicIp", triggers: [publicIpId] },
        { dependsOn: binding },
      );

// The instance has no public address before the task has ended: without the wait, this fails.
const brokers = new PublicAddress("brokers", { instanceId, publicIpId }, { dependsOn: bound ?? binding });

export const address = brokers.address;
export const task = bound?.name;
export const status = bound?.status;
