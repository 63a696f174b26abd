import { type BackgroundTaskResult, parseTaskTime } from "./task";

/** Selects tasks of an instance; a field that is undefined does not narrow. Times in milliseconds since 1970. */
export interface TaskFilter {
  name?: string;
  status?: string;
  /** At this time or later. */
  createdAfterMs?: number;
  /** Before this time. */
  createdBeforeMs?: number;
}

/** Whether the filter selects a task. A task whose time cannot be read is within no window. */
export function matches(task: BackgroundTaskResult, filter: TaskFilter): boolean {
  const { name, status, createdAfterMs = -Infinity, createdBeforeMs = Infinity } = filter;
  if ((name !== undefined && task.name !== name) || (status !== undefined && task.status !== status)) {
    return false;
  }
  if (filter.createdAfterMs === undefined && filter.createdBeforeMs === undefined) {
    return true;
  }
  const createdMs = parseTaskTime(task.createdAt);
  return createdMs !== undefined && createdMs >= createdAfterMs && createdMs < createdBeforeMs;
}
