import type { BackgroundTaskResult } from "./task";

/**
 * Which task a wait is for.
 *
 * @inline
 */
export interface WaitSubject {
  instanceId: string;
  taskId: string;
}

/** What an error is about: a task by its id, or tasks by their names while no id is known, or all tasks of an instance. */
export interface TaskSubject {
  instanceId: string;
  taskId?: string;
  name?: string;
  /** Several tasks, by their names. */
  names?: readonly string[];
}

/** How far a wait had come when it ended. */
export interface WaitProgress {
  /** The task as last seen; undefined if it never appeared. */
  lastSeen?: BackgroundTaskResult;
  elapsedSeconds: number;
  /** How many requests for the task were sent. */
  looks: number;
  /** How the last requests failed, such as "3 of the last 5 requests: HTTP 503"; undefined if the last five were answered. */
  recentFailures?: string;
}
