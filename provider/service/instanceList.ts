import { z } from "zod";
import type { ClockOffset } from "../clock/serviceClock";
import type { RequestBounds } from "../http/exchange";
import { readReply } from "../http/readReply";
import type { Identity } from "../identity/identity";
import { type ServiceName, services } from "../task/services";
import { readStatus } from "./taskRecord";
import { checkIdIn } from "./pathSegment";

interface InstanceEntry {
  instanceId: string;
  name?: string;
  status?: string;
}

interface InstanceListing {
  projectId: string;
  instances: InstanceEntry[];
  clockOffset?: ClockOffset;
}

const text = z.string().optional().catch(undefined);
const shape = z.object({
  instances: z.array(z.object({ instance_id: z.string(), name: text, status: z.unknown().optional() })),
});

/** "Listing All Instances", DCS's "Listing DCS Instances": the first page of `GET /v2/{project_id}/instances`. */
export async function listInstances(
  identity: Identity,
  service: ServiceName,
  bounds: RequestBounds,
): Promise<InstanceListing> {
  const { api, permissions } = services[service];
  const path = (projectId: string) => `/v2/${checkIdIn("a path", projectId)}/instances`;
  const { reply, projectId } = await identity.send({ api, method: "GET", path }, bounds);
  const { instances } = readReply(shape, reply, `listing the instances of project ${projectId}`, {
    permission: permissions.listInstances,
  });
  return {
    projectId,
    instances: instances.map(({ instance_id: instanceId, name, status }) => ({
      instanceId,
      name,
      status: readStatus(status),
    })),
    clockOffset: reply.clockOffset,
  };
}
