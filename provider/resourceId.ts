import { BackgroundTaskError, type WaitSubject } from "./errors";

/** Everything a resource's id says. */
export interface ResourceId extends WaitSubject {
  service: string;
  /** Undefined where the project was not known yet when the resource was recorded. */
  projectId?: string;
}

const unknownProject = "-";

/**
 * A resource's id is `service/project/instance/task`: enough to read the task again without the resource's inputs. It is
 * in every state file, and fixed when the resource is created: its form must never change.
 */
export function formatResourceId({ service, projectId = unknownProject, instanceId, taskId }: ResourceId): string {
  return [service, projectId, instanceId, taskId].join("/");
}

export function parseResourceId(id: string): ResourceId {
  const [service, projectId, instanceId, taskId, ...rest] = id.split("/");
  if (!service || !projectId || !instanceId || !taskId || rest.length > 0) {
    throw new BackgroundTaskError(
      `the id of a BackgroundTask must be "kafka/project/instance/task", but is ${JSON.stringify(id)}`,
    );
  }
  return { service, projectId: projectId === unknownProject ? undefined : projectId, instanceId, taskId };
}
