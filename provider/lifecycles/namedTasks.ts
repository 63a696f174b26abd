import { isUnknownInput } from "./checkedInputs";
import { defaultService } from "../task/services";

interface NamedTask {
  service?: string;
  instanceId?: string;
  taskId?: string;
}

const named = new Set<string>();

/**
 * Notes that a resource of this update names a task. The record is then not deleted together with another resource that
 * named it before: for example, a replacement checks the new resource before it deletes the old one.
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
