import * as pulumi from "@pulumi/pulumi";
import { QuietInstance } from "pulumi-otc-background-task";
import { Retention, Storage } from "./operations";

const config = new pulumi.Config();
// The emulator sets the variable.
const instanceId = config.get("instanceId") ?? process.env.OTC_INSTANCE_ID ?? config.require("instanceId");
const gigabytes = config.getNumber("gigabytes") ?? 900;
const hours = config.getNumber("hours") ?? 168;

// Done when nothing is in progress on the instance, whoever started it. A barrier that has ended stays as it is, until
// one of its triggers changes: so they are the inputs of the operations around it.
function quiet(name: string, triggers: number[], dependsOn?: pulumi.Resource): QuietInstance | undefined {
  return config.getBoolean("barriers") === false
    ? undefined
    : new QuietInstance(name, { instanceId, triggers }, { dependsOn });
}

// Messages are to be kept for longer. That takes more storage first.
const beforeStorage = quiet("before-storage", [gigabytes]);
const storage = new Storage("storage", { instanceId, gigabytes }, { dependsOn: beforeStorage });

// The storage is being extended: sent now, the next operation would be refused with DMS.00400026.
const beforeRetention = quiet("before-retention", [gigabytes, hours], storage);
const retention = new Retention("retention", { instanceId, hours }, { dependsOn: beforeRetention ?? storage });

// The last operation is over, too, or has failed this update.
const settled = quiet("settled", [gigabytes, hours], retention);

const barriers = [beforeStorage, beforeRetention, settled];
export const waitedFor = pulumi
  .all(barriers.map((barrier) => barrier?.tasks ?? []))
  .apply((lists) => lists.flat().map(({ name, status }) => `${name} ${status}`));
