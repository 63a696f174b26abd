import { checkIdIn } from "../service/pathSegment";
import { BackgroundTaskError } from "../task/errors";
import type { WaitSubject } from "../task/waitSubject";
import { isServiceName, type ServiceName, serviceNames } from "../task/services";

/** The parts of a resource's id. */
interface ResourceId extends WaitSubject {
  service: ServiceName;
  /** Undefined if the project was not known yet when the resource was recorded. */
  projectId?: string;
}

const unknownProject = "-";

/**
 * A resource's id is `service/project/instance/task`, which is enough to read the task without the resource's inputs. It
 * is in every state file, and fixed when the resource is created: its form must never change.
 */
export function formatResourceId({ service, projectId = unknownProject, instanceId, taskId }: ResourceId): string {
  return [service, projectId, instanceId, taskId].join("/");
}

/** The id of a search for a task by its name. Nothing reads it: the result is in the state. */
export function formatSearchId({ name, ...subject }: Omit<ResourceId, "taskId"> & { name: string }): string {
  return `${formatBarrierId(subject)}/name/${encodeURIComponent(wellFormed(name))}`;
}

/** A lone surrogate cannot be encoded. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}

/** The id of a barrier. Nothing reads it. */
export function formatBarrierId({
  service,
  projectId = unknownProject,
  instanceId,
}: Omit<ResourceId, "taskId">): string {
  return [service, projectId, instanceId].join("/");
}

export function parseResourceId(id: string): ResourceId {
  const [service, projectId, instanceId, taskId, ...rest] = id.split("/");
  if (!isServiceName(service) || !projectId || !instanceId || !taskId || rest.length > 0) {
    throw new BackgroundTaskError(
      `the id of a BackgroundTask must be "service/project/instance/task" with one of the services ${serviceNames.join(", ")}, but is ${JSON.stringify(id)}`,
    );
  }
  [projectId, instanceId, taskId].forEach((part) => checkIdIn("the id of a BackgroundTask", part));
  return { service, projectId: projectId === unknownProject ? undefined : projectId, instanceId, taskId };
}
