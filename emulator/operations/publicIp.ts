import { createHash, randomUUID } from "node:crypto";
import { refuse } from "../http/refusals";
import { ENGINES } from "../instances/engines";
import type { Instance } from "../instances/instanceStore";
import type { Service } from "../service/service";
import { begin, requireIdle } from "./operations";

/** Public IPs to bind, by id, address or both; several are joined by commas. */
interface PublicIps {
  ids?: string;
  addresses?: string;
}

/** Starts to bind them; without them, starts to unbind. The instance changes when the task succeeds. */
export function changePublicIp(service: Service, instance: Instance, wanted: PublicIps | undefined): string {
  requireIdle(service, instance);
  const { parameter } = ENGINES[instance.engine].refusals;
  // Invented: no source tells what the services do in these two cases.
  if (wanted !== undefined && instance.publicIp !== undefined) {
    throw refuse(parameter, "Public access is enabled already.");
  }
  if (wanted === undefined && instance.publicIp === undefined) {
    throw refuse(parameter, "Public access is not enabled, and there is no public IP to bind.");
  }
  return wanted === undefined ? unbind(service, instance) : bind(service, instance, wanted);
}

function bind(service: Service, instance: Instance, wanted: PublicIps): string {
  const ids = wanted.ids ?? splitList(wanted.addresses).map(() => randomUUID()).join(","); // prettier-ignore
  const addresses = wanted.addresses ?? splitList(wanted.ids).map(addressOf).join(",");
  return begin(service, instance, {
    task: ENGINES[instance.engine].bindTask,
    params: { public_ip_id: ids, public_ip_address: addresses, enable_public_ip: true },
    onSuccess: () => {
      instance.publicIp = { ids, addresses };
    },
  });
}

function unbind(service: Service, instance: Instance): string {
  return begin(service, instance, {
    task: ENGINES[instance.engine].unbindTask,
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
