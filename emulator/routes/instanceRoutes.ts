import { instanceBody } from "../instanceStore";
import type { Reply } from "../refusals";
import type { Service } from "../service";
import { openInstance, openProject } from "./access";
import type { Call, Route } from "./route";

export function instanceRoutes(service: Service): Route[] {
  return [
    {
      name: "listInstances",
      method: "get",
      path: "/v2/:projectId/instances",
      handle: (call) => listInstances(service, call),
    },
    {
      name: "showInstance",
      method: "get",
      path: "/v2/:projectId/instances/:instanceId",
      handle: (call) => ({ status: 200, body: instanceBody(openInstance(service, call)) }),
    },
  ];
}

function listInstances(service: Service, call: Call): Reply {
  const projectId = openProject(service, call);
  service.tasks.advanceAll();
  const name = call.query.get("name");
  const instances = service.instances.ofProject(projectId).filter((it) => name === null || it.name.includes(name));
  return { status: 200, body: { instances: instances.map(instanceBody), instance_num: instances.length } };
}
