import { instanceBody } from "../instanceStore";
import { switchPublicIp } from "../publicIp";
import type { Reply } from "../refusals";
import { refuse } from "../refusals";
import type { Service } from "../service";
import { openInstance, openProject } from "./access";
import type { Call, Route } from "./route";
import { jsonBody } from "./route";

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
    {
      name: "bindPublicIp",
      method: "post",
      path: "/v1/:projectId/instances/:instanceId/public-boundwidth",
      handle: (call) => {
        const instance = openInstance(service, call);
        switchPublicIp(
          service,
          instance,
          jsonBody(call, () => refuse("bodyNotJson")),
        );
        return { status: 204 };
      },
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
