import { z } from "zod";
import { refuse, type Reply } from "../http/refusals";
import { parseBody } from "../http/requestBody";
import { changePublicIp } from "../operations/publicIp";
import { HEX_32, UUID } from "../service/schemas";
import type { Service } from "../service/service";
import { jobBody } from "../tasks/taskBody";
import { openInstance, openProject } from "./access";
import { type Call, jsonBody, type Route } from "./route";

/** Routes that only DCS has. */
export function dcsRoutes(service: Service): Route[] {
  const publicIpPath = "/v2/:projectId/instances/:instanceId/public-ip";
  return [
    { name: "showJob", method: "get", path: "/v2/:projectId/jobs/:taskId", handle: (call) => showJob(service, call) },
    { name: "dcsBindPublicIp", method: "post", path: publicIpPath, handle: (call) => bindPublicIp(service, call) },
    {
      name: "dcsUnbindPublicIp",
      method: "delete",
      path: publicIpPath,
      handle: (call) => unbindPublicIp(service, call),
    },
  ];
}

/** A task of a DCS instance is a job of the same id. Showing it counts as a look. */
function showJob(service: Service, call: Call): Reply {
  const projectId = openProject(service, call);
  const jobId = call.params.taskId ?? "";
  if (!HEX_32.test(jobId) && !UUID.test(jobId)) {
    throw refuse("dcsParameter");
  }
  const nowMs = service.clock.nowMs();
  const task = service.tasks.find(jobId);
  if (
    task === undefined ||
    task.data.projectId !== projectId ||
    task.data.visibleFromMs > nowMs ||
    service.instances.find(task.data.instanceId)?.engine !== "dcs"
  ) {
    throw refuse("dcsTaskMissing");
  }
  const body = jobBody(task);
  task.countLook(nowMs);
  return { status: 200, body };
}

/** Fields of Huawei Cloud's DCS API page "Enabling/Modifying Public Access"; OTC's reference has no such call. */
const bindSchema = z
  .object({
    publicip_id: z.string().min(1).optional(),
    elb_id: z.string().min(1).optional(),
    enable_ssl: z.boolean().optional(),
  })
  .refine(({ publicip_id, elb_id }) => publicip_id !== undefined || elb_id !== undefined);

function bindPublicIp(service: Service, call: Call): Reply {
  const instance = openInstance(service, call, ["dcs"]);
  const body = jsonBody(call, () => refuse("dcsBodyNotJson"));
  const { publicip_id, elb_id } = parseBody(bindSchema, body, "dcsParameter");
  // A load balancer has a public IP of its own; here it has the same id.
  return { status: 200, body: { job_id: changePublicIp(service, instance, { ids: publicip_id ?? elb_id }) } };
}

function unbindPublicIp(service: Service, call: Call): Reply {
  const instance = openInstance(service, call, ["dcs"]);
  return { status: 200, body: { job_id: changePublicIp(service, instance, undefined) } };
}
