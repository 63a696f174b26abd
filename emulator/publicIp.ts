import { createHash, randomUUID } from "node:crypto";
import { z } from "zod";
import type { Instance } from "./instanceStore";
import { begin, requireIdle } from "./operations";
import { refuse } from "./refusals";
import type { Service } from "./service";

/**
 * The body of the switch. Names and meaning: Huawei Cloud's Kafka client and its Terraform resource for the public access
 * switch; OTC documents no such call, only the console's.
 */
const switchSchema = z.object({
  publicip_id: z.string().min(1).optional(),
  eip_address: z.string().min(1).optional(),
  public_boundwidth: z.number().int().nonnegative().optional(),
});

/**
 * One call switches both ways: with an address it binds, without one it unbinds. It answers before the work is done, and
 * with no job id: only the list of tasks tells. The instance changes when the task ends in success.
 */
export function switchPublicIp(service: Service, instance: Instance, body: unknown): void {
  const parsed = switchSchema.safeParse(body ?? {});
  if (!parsed.success) {
    throw refuse("parameter");
  }
  requireIdle(service, instance);
  const { publicip_id: ids, eip_address: addresses } = parsed.data;
  const wanted = ids !== undefined || addresses !== undefined;
  if (wanted === (instance.publicIp !== undefined)) {
    // Invented: no source tells what the switch does in these two cases.
    throw refuse("parameter", wanted ? "Public access is enabled already." : "publicip_id or eip_address is missing.");
  }
  if (wanted) {
    bind(service, instance, ids, addresses);
  } else {
    unbind(service, instance);
  }
}

function bind(service: Service, instance: Instance, givenIds?: string, givenAddresses?: string): void {
  const ids = givenIds ?? splitList(givenAddresses).map(() => randomUUID()).join(","); // prettier-ignore
  const addresses = givenAddresses ?? splitList(givenIds).map(addressOf).join(",");
  begin(service, instance, {
    task: "bindInstancePublicIp",
    params: { public_ip_id: ids, public_ip_address: addresses, enable_public_ip: true },
    onSuccess: () => {
      instance.publicIp = { ids, addresses };
    },
  });
}

function unbind(service: Service, instance: Instance): void {
  begin(service, instance, {
    task: "unbindInstancePublicIp",
    params: {
      public_ip_id: instance.publicIp?.ids,
      public_ip_address: instance.publicIp?.addresses,
      enable_public_ip: false,
    },
    onSuccess: () => {
      delete instance.publicIp;
    },
  });
}

function splitList(list = ""): string[] {
  return list.split(",").filter((item) => item !== "");
}

/** One address for each id, always the same, out of the block that RFC 5737 reserves for examples. */
function addressOf(publicIpId: string): string {
  const byte = createHash("sha256").update(publicIpId).digest()[0] ?? 0;
  return `203.0.113.${1 + (byte % 254)}`;
}
