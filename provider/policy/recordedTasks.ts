import type { PolicyResource } from "@pulumi/policy";
import { BackgroundTask } from "../resources/backgroundTask";
import { QuietInstance } from "../resources/quietInstance";
import type { Place } from "../settings/settings";
import { taskFields, type BackgroundTaskResult } from "../task/task";
import { knownPropertyOf } from "./knownValue";

/** A task as a resource of the stack has recorded it. */
export interface RecordedTask {
  resource: PolicyResource;
  task: BackgroundTaskResult;
  /** Where the task is, as far as the program sets it. */
  place: Place;
}

/**
 * The tasks that a stack's resources have recorded. A preview has none of a resource that is still to be created, to be
 * replaced or to wait again: the engine passes on only its inputs.
 */
export function recordedTasks(resources: PolicyResource[], isPreview: boolean): RecordedTask[] {
  return resources.flatMap((resource) => {
    if (resource.isType(BackgroundTask)) {
      const recorded = recordedTask(resource, resource.props);
      return isPreview && recorded.task.status === undefined ? [] : [recorded];
    }
    if (resource.isType(QuietInstance)) {
      const tasks = knownPropertyOf<object[]>(resource.props, "tasks") ?? [];
      return tasks.map((task) => recordedTask(resource, task));
    }
    return [];
  });
}

function recordedTask(resource: PolicyResource, fields: object): RecordedTask {
  const known = taskFields.map((field) => [field, knownPropertyOf(fields, field)]);
  const task = Object.fromEntries(known) as unknown as BackgroundTaskResult;
  const region = knownPropertyOf<string>(resource.props, "region");
  const cloud = knownPropertyOf<string>(resource.props, "cloud");
  const endpoint = knownPropertyOf<string>(resource.props, "endpoint");
  return { resource, task, place: { projectId: task.projectId, region, cloud, endpoint } };
}
