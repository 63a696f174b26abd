import { authorizeForProject, dmsRefusal, identify } from "../accounts/caller";
import { refuse } from "../http/refusals";
import { ENGINE_NAMES, ENGINES } from "../instances/engines";
import type { Instance } from "../instances/instanceStore";
import type { Engine } from "../instances/newInstance";
import { HEX_32, UUID } from "../service/schemas";
import type { Service } from "../service/service";
import type { BackgroundTask } from "../tasks/backgroundTask";
import type { Call } from "./route";

/** The project, once it is clear that the caller may use it. */
export function openProject(service: Service, call: Call): string {
  const caller = identify(service, call);
  if (typeof caller === "string") {
    throw dmsRefusal(service.settings.tokenRefusals, caller);
  }
  const projectId = call.params.projectId ?? "";
  if (!HEX_32.test(projectId)) {
    throw refuse("projectIdFormat");
  }
  return authorizeForProject(service.account, caller, projectId).id;
}

/** The instance that the URL names, in a project that the caller may use. */
export function openInstance(service: Service, call: Call, engines: readonly Engine[] = ENGINE_NAMES): Instance {
  return findInstance(service, openProject(service, call), call.params.instanceId ?? "", engines);
}

/** For a call of one engine, instances of the others do not exist. */
export function findInstance(
  service: Service,
  projectId: string,
  instanceId: string,
  engines: readonly Engine[] = ENGINE_NAMES,
): Instance {
  if (!UUID.test(instanceId)) {
    throw refuse("instanceIdFormat");
  }
  // The effects of tasks must be applied before the instance is read.
  service.advance();
  const instance = service.instances.find(instanceId);
  if (instance === undefined || instance.projectId !== projectId || !engines.includes(instance.engine)) {
    throw refuse(ENGINES[engines[0] ?? "kafka"].refusals.instanceMissing);
  }
  return instance;
}

/** The task that the URL names, if the service would list it now. */
export function findTask(service: Service, instance: Instance, call: Call): BackgroundTask | undefined {
  const taskId = call.params.taskId ?? "";
  if (!HEX_32.test(taskId) && !UUID.test(taskId)) {
    throw refuse(ENGINES[instance.engine].refusals.taskIdFormat);
  }
  return service.tasks.ofInstance(instance.id).find(({ data }) => data.id === taskId);
}
