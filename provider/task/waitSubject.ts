import type { BackgroundTaskResult } from "./task";

/** Which task a wait is for. */
export interface WaitSubject {
  instanceId: string;
  taskId: string;
}

/** What an error is about: a task by its id, or by its name while the id is unknown, or all tasks of an instance. */
export interface TaskSubject {
  instanceId: string;
  taskId?: string;
  name?: string;
}

/** How far a wait had come when it ended. */
export interface WaitProgress {
  /** The task as last seen; undefined if it never appeared. */
  lastSeen?: BackgroundTaskResult;
  elapsedSeconds: number;
  /** How many requests for the task were sent. */
  looks: number;
}
