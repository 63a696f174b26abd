/** Something that happened in the service, at a time of the emulator's clock: exact, whether anybody looked or not. */
export interface EmulatorEvent {
  /** Ms since the epoch, by the emulator's clock. */
  timeMs: number;
  /** A task started, reached another status, or was removed. */
  kind: "taskCreated" | "taskStatus" | "taskRemoved";
  taskId: string;
  instanceId: string;
  /** The task's name. */
  name: string;
  /** The status reached. */
  status: string;
  /** Whether that status is an end: SUCCESS, FAILED, DELETED, CANCELLED, CANCELED. */
  terminal: boolean;
}
