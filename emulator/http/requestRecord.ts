/** One request, as logged when it came in. Headers, bodies, and credentials anywhere in it are never kept. */
export interface RequestRecord {
  /** When it came in, ms since the epoch by the emulator's clock. */
  timeMs: number;
  /** The route's name (README), `unknown` for an unpublished URL. */
  route: string;
  method: string;
  /** Without the query. */
  path: string;
  /** The query's documented parameters. */
  query: { [name: string]: string };
  /** HTTP status of the reply; missing while there is none, and for good after a reset connection. */
  status?: number;
  projectId?: string;
  instanceId?: string;
  taskId?: string;
  /** The reply, or its delay, came from a planned reply. */
  planned: boolean;
}

/** Something that happened in the service, at a time of the emulator's clock: exact, whether anybody looked or not. */
export interface EmulatorEvent {
  /** Ms since the epoch, by the emulator's clock. */
  timeMs: number;
  /** A task began, reached another status, or was removed. */
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
