import { z } from "zod";
import { refuse, type Reply } from "../http/refusals";
import { parseBody } from "../http/requestBody";
import { ENGINES } from "../instances/engines";
import { instanceBody } from "../instances/instanceBody";
import type { Instance } from "../instances/instanceStore";
import { changePublicIp } from "../operations/publicIp";
import type { Service } from "../service/service";
import { openInstance, openProject } from "./access";
import { type Call, jsonBody, type Route } from "./route";

export function instanceRoutes(service: Service): Route[] {
  const path = "/v2/:projectId/instances";
  return [
    { name: "listInstances", method: "get", path, handle: (call) => listInstances(service, call) },
    {
      name: "showInstance",
      method: "get",
      path: `${path}/:instanceId`,
      handle: (call) => ({ status: 200, body: instanceBody(openInstance(service, call)) }),
    },
    { name: "modifyInstance", method: "put", path: `${path}/:instanceId`, handle: (call) => modify(service, call) },
  ];
}

/** DMS's instances. DCS's list has the same URL, at another host: the emulator cannot distinguish them. */
function listInstances(service: Service, call: Call): Reply {
  const projectId = openProject(service, call);
  service.advance();
  const [name, engine] = [call.query.get("name"), call.query.get("engine")];
  const instances = service.instances
    .ofProject(projectId)
    .filter((instance) => instance.engine !== "dcs" && (name === null || instance.name.includes(name)))
    .filter((instance) => engine === null || engine === instance.engine || engine === instanceBody(instance).engine);
  return { status: 200, body: { instances: instances.map(instanceBody), instance_num: instances.length } };
}

/** Fields of OTC's RocketMQ API page "Modifying Instance Information" and Huawei Cloud's for RabbitMQ, as far as they have an effect here. */
const modificationSchema = z.object({
  name: z.string().min(1).optional(),
  enable_publicip: z.boolean().optional(),
  publicip_id: z.string().min(1).optional(),
});

/** The reply has no job id: only the list shows the task. Kafka's and DCS's pages have no field for a public IP. */
function modify(service: Service, call: Call): Reply {
  const instance = openInstance(service, call);
  const { bodyNotJson, parameter } = ENGINES[instance.engine].refusals;
  const body = jsonBody(call, () => refuse(bodyNotJson));
  const { name, enable_publicip: enable, publicip_id: ids } = parseBody(modificationSchema, body, parameter);
  if (enable !== undefined && (instance.engine === "rabbitmq" || instance.engine === "rocketmq")) {
    enablePublicIp(service, instance, enable, ids);
  }
  instance.name = name ?? instance.name;
  return { status: 204 };
}

/** An update that changes nothing starts no task (invented). */
function enablePublicIp(service: Service, instance: Instance, enable: boolean, ids: string | undefined): void {
  if (enable && ids === undefined) {
    throw refuse("parameter", "enable_publicip is true, and publicip_id is missing.");
  }
  if (enable ? instance.publicIp?.ids !== ids : instance.publicIp !== undefined) {
    changePublicIp(service, instance, enable ? { ids } : undefined);
  }
}
