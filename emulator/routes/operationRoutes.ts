import { z } from "zod";
import { Refusal, refuse, type Reply } from "../http/refusals";
import { parseBody } from "../http/requestBody";
import { DMS_ENGINES } from "../instances/engines";
import type { Instance } from "../instances/instanceStore";
import type { Engine } from "../instances/newInstance";
import { extend, modifyConfigs, reassignPartitions, restart } from "../operations/messagingOperations";
import { changePublicIp } from "../operations/publicIp";
import type { Service } from "../service/service";
import { findInstance, openInstance, openProject } from "./access";
import { type Call, jsonBody, type Route } from "./route";

export function operationRoutes(service: Service): Route[] {
  const answer = (
    call: Call,
    engines: readonly Engine[],
    operate: (service: Service, instance: Instance, body: unknown) => unknown,
  ): Reply => {
    const instance = openInstance(service, call, engines);
    const body = operate(service, instance, requestBody(call));
    return body === undefined ? { status: 204 } : { status: 200, body };
  };
  return [
    {
      name: "bindPublicIp",
      method: "post",
      path: "/v1/:projectId/instances/:instanceId/public-boundwidth",
      handle: (call) => answer(call, ["kafka"], switchPublicIp),
    },
    {
      name: "reassignPartitions",
      method: "post",
      path: "/v2/kafka/:projectId/instances/:instanceId/reassign",
      handle: (call) => answer(call, ["kafka"], reassignPartitions),
    },
    {
      name: "modifyConfigs",
      method: "put",
      path: "/v2/:projectId/instances/:instanceId/configs",
      handle: (call) => answer(call, ["kafka"], modifyConfigs),
    },
    {
      name: "extendInstance",
      method: "post",
      path: "/v2/:engine/:projectId/instances/:instanceId/extend",
      handle: (call) => answer(call, enginesCalled(call.params.engine), extend),
    },
    {
      name: "actOnInstances",
      method: "post",
      path: "/v2/:projectId/instances/action",
      handle: (call) => actOnInstances(service, call),
    },
  ];
}

function requestBody(call: Call): unknown {
  return jsonBody(call, () => refuse("bodyNotJson"));
}

/** `reliability` is RocketMQ's other name. */
function enginesCalled(name: string | undefined): Engine[] {
  return DMS_ENGINES.filter((engine) => engine === name || (engine === "rocketmq" && name === "reliability"));
}

/**
 * The body of the switch. Names and meaning: Huawei Cloud's Kafka client and its Terraform resource for the public access
 * switch; OTC documents only how to do it in the console.
 */
const switchSchema = z.object({
  publicip_id: z.string().min(1).optional(),
  eip_address: z.string().min(1).optional(),
  public_boundwidth: z.number().int().nonnegative().optional(),
});

/** One call does both: with an address it binds, without one it unbinds. It returns no job id: only the list shows the task. */
function switchPublicIp(service: Service, instance: Instance, body: unknown): void {
  const { publicip_id: ids, eip_address: addresses } = parseBody(switchSchema, body ?? {});
  changePublicIp(service, instance, ids === undefined && addresses === undefined ? undefined : { ids, addresses });
}

/** Fields and reply of API page "Batch Restarting or Deleting Instances". Nothing here deletes an instance. */
const actionSchema = z.object({ action: z.literal("restart"), instances: z.array(z.string()).min(1) });

/** One result per instance: if one cannot be restarted, the others are restarted anyway. */
function actOnInstances(service: Service, call: Call): Reply {
  const projectId = openProject(service, call);
  const action = parseBody(actionSchema, requestBody(call));
  const results = action.instances.map((instance) => {
    const restarts = isDone(() => restart(service, findInstance(service, projectId, instance, ["kafka"])));
    return { result: restarts ? "success" : "failed", instance };
  });
  return { status: 200, body: { results } };
}

function isDone(act: () => void): boolean {
  try {
    act();
    return true;
  } catch (error) {
    if (error instanceof Refusal) {
      return false;
    }
    throw error;
  }
}
