import type { PolicyResource } from "@pulumi/policy";
import { BackgroundTask } from "../resources/backgroundTask";
import { QuietInstance } from "../resources/quietInstance";
import type { Place } from "../settings/settings";
import { defaultCloudProvider, isCloudProvider } from "../task/cloudProviders";
import { jsonTextOf } from "../task/jsonText";
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
      const tasks = knownPropertyOf<unknown>(resource.props, "tasks") ?? [];
      const recorded = Array.isArray(tasks) ? tasks.map((_, i) => knownPropertyOf<unknown>(tasks, String(i))) : [tasks];
      return recorded.map((task) => recordedTask(resource, task));
    }
    return [];
  });
}

/** The barriers whose instance did not become quiet, as recorded. A preview ignores waits that are still to come. */
export function barriersNotQuiet(resources: PolicyResource[], isPreview: boolean): PolicyResource[] {
  return resources.filter((resource) => {
    const isQuiet = resource.isType(QuietInstance) ? knownPropertyOf<unknown>(resource.props, "isQuiet") : true;
    return isQuiet !== true && !(isPreview && isQuiet === undefined);
  });
}

/** Converts the fields of a state to text: a value of another type is shown as it is, and does not count as success. */
function recordedTask(resource: PolicyResource, recorded: unknown): RecordedTask {
  const fields = typeof recorded === "object" && recorded !== null ? recorded : { status: recorded };
  const known = textFields.map((field) => [field, textOf(knownPropertyOf(fields, field))]);
  const task = Object.fromEntries(known) as unknown as BackgroundTaskResult;
  const instanceId = task.instanceId ?? textOf(knownPropertyOf(resource.props, "instanceId")) ?? "";
  const placeOf = (name: string) => textOf(knownPropertyOf(resource.props, name));
  const { cloudProvider = defaultCloudProvider } = { cloudProvider: placeOf("cloudProvider") };
  const cloud = isCloudProvider(cloudProvider) ? { cloudProvider } : {};
  const place = { ...cloud, region: placeOf("region"), cloud: placeOf("cloud"), endpoint: placeOf("endpoint") };
  return { resource, task: { ...task, instanceId }, place: { projectId: task.projectId, ...place } };
}

const textFields = taskFields.filter((field) => field !== "parameters" && field !== "durationSeconds");

function textOf(value: unknown): string | undefined {
  return value === undefined || value === null || typeof value === "string" ? (value ?? undefined) : jsonTextOf(value);
}
