import { isoMilliseconds } from "../clock/clock";
import type { BackgroundTask } from "./backgroundTask";

/** A task as it is now. Reading it here is not a look. */
export interface TaskSnapshot {
  taskId: string;
  instanceId: string;
  projectId: string;
  name: string;
  /** The status reached by now. */
  status: string;
  /** RFC 3339, UTC. */
  createdAt: string;
  /** When it reached its present status; RFC 3339, UTC. */
  changedAt: string;
  /** In how many replies it was seen so far. */
  looks: number;
}

export function snapshotOf(task: BackgroundTask): TaskSnapshot {
  const { id, instanceId, projectId, name, createdAtMs } = task.data;
  return {
    taskId: id,
    instanceId,
    projectId,
    name,
    status: task.status,
    createdAt: isoMilliseconds(createdAtMs),
    changedAt: isoMilliseconds(task.changedAtMs),
    looks: task.looks,
  };
}
