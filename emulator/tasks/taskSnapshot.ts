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
