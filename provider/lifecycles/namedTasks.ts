import { isUnknownInput } from "./checkedInputs";
import { defaultService } from "../task/services";

interface NamedTask {
  service?: string;
  instanceId?: string;
  taskId?: string;
}

const named = new Set<string>();

/**
 * Notes that a resource of this update names a task, so that the record is not deleted with another resource that named
 * it before: a replacement, for one, checks the new resource before it deletes the old.
 */
export function noteNamedTask(task: NamedTask): void {
  if (!isUnknownInput(task.taskId) && !isUnknownInput(task.instanceId)) {
    named.add(keyOf(task));
  }
}

export function isNamedStill(task: NamedTask): boolean {
  return named.has(keyOf(task));
}

function keyOf({ service = defaultService, instanceId, taskId }: NamedTask): string {
  return `${service}/${instanceId}/${taskId}`;
}
