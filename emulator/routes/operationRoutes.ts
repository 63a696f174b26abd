import { z } from "zod";
import type { Instance } from "../instanceStore";
import { extend, modifyConfigs, reassignPartitions, restart } from "../kafkaOperations";
import { switchPublicIp } from "../publicIp";
import type { Reply } from "../refusals";
import { Refusal, refuse } from "../refusals";
import type { Service } from "../service";
import { findInstance, openInstance, openProject, requestBody } from "./access";
import type { Call, Route } from "./route";

export function operationRoutes(service: Service): Route[] {
  const answer = (call: Call, operate: (service: Service, instance: Instance, body: unknown) => unknown): Reply => {
    const instance = openInstance(service, call);
    const body = operate(service, instance, requestBody(call));
    return body === undefined ? { status: 204 } : { status: 200, body };
  };
  return [
    {
      name: "bindPublicIp",
      method: "post",
      path: "/v1/:projectId/instances/:instanceId/public-boundwidth",
      handle: (call) => answer(call, switchPublicIp),
    },
    {
      name: "reassignPartitions",
      method: "post",
      path: "/v2/kafka/:projectId/instances/:instanceId/reassign",
      handle: (call) => answer(call, reassignPartitions),
    },
    {
      name: "modifyConfigs",
      method: "put",
      path: "/v2/:projectId/instances/:instanceId/configs",
      handle: (call) => answer(call, modifyConfigs),
    },
    {
      name: "extendInstance",
      method: "post",
      path: "/v2/:engine/:projectId/instances/:instanceId/extend",
      handle: (call) => answer(call, extend),
    },
    {
      name: "actOnInstances",
      method: "post",
      path: "/v2/:projectId/instances/action",
      handle: (call) => actOnInstances(service, call),
    },
  ];
}

/** Fields and answer of API page "Batch Restarting or Deleting Instances". Nothing here deletes an instance. */
const actionSchema = z.object({ action: z.literal("restart"), instances: z.array(z.string()).min(1) });

/** One result for each instance: one that cannot be restarted does not keep others from it. */
function actOnInstances(service: Service, call: Call): Reply {
  const projectId = openProject(service, call);
  const action = actionSchema.safeParse(requestBody(call));
  if (!action.success) {
    throw refuse("parameter");
  }
  const results = action.data.instances.map((instance) => {
    const restarts = isDone(() => restart(service, findInstance(service, projectId, instance)));
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
