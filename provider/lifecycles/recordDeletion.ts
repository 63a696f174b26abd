import { RetriedRequests } from "../wait/retriedRequests";
import { deleteRecordWith } from "../service/client";
import { systemClock } from "../clock/clock";
import { isNamedStill } from "./namedTasks";
import { identityAt } from "./stackConfiguration";
import { parseResourceId } from "./resourceId";
import type { Place } from "../settings/settings";
import { isTerminal } from "../task/taskStatus";
import { withoutStack } from "../output/withoutStack";

export { check, configure, create, diff, read, update } from "./taskLifecycle";
export { deleteRecord as delete };

const timeoutMs = 60_000;

/**
 * Removes the task's record from the service's list, if the task is known to have ended: the service rejects it for a task
 * in progress. A missing record counts as removed; a record that another resource names is left alone.
 */
async function deleteRecord(id: string, props: Place & { status?: string; taskId?: string }): Promise<void> {
  const { service, instanceId, ...named } = parseResourceId(id);
  // If taskId was a job's id, the state has the task's own.
  const taskId = props.taskId ?? named.taskId;
  if (!isTerminal(props.status, service) || isNamedStill({ service, instanceId, taskId })) {
    return;
  }
  const identity = identityAt({ projectId: named.projectId, ...props });
  const requests = new RetriedRequests({ clock: systemClock, deadlineMs: systemClock.nowMs() + timeoutMs });
  try {
    await requests.ask((bounds) => deleteRecordWith(identity, service)({ instanceId, taskId }, bounds));
  } catch (error) {
    throw withoutStack(error as Error, "");
  }
}
