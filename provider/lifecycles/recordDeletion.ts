import { checkIdIn } from "../service/pathSegment";
import { RetriedRequests } from "../wait/retriedRequests";
import { deleteRecordWith } from "../service/client";
import { describeCancelledDeletion } from "../task/descriptions";
import { BackgroundTaskError } from "../task/errors";
import { systemClock } from "../clock/clock";
import { isNamedStill } from "./namedTasks";
import { untilCancelled } from "./engineCancel";
import { recordedCloud } from "./recordedCloud";
import { identityAt } from "./stackConfiguration";
import { parseResourceId } from "./resourceId";
import type { Place } from "../settings/settings";
import { isTerminal } from "../task/taskStatus";
import { withoutStack } from "../output/withoutStack";

export { check, configure, create, diff, read, update } from "./taskLifecycle";
export { deleteRecord as delete };

const timeoutMs = 60_000;

type Recorded = Place & { status?: string; taskId?: string; jobId?: string };

/**
 * Removes the task's record from the service's list, if the task is known to have ended: the service rejects it for a task
 * in progress. A missing record counts as removed; a record that another resource names is left alone.
 */
async function deleteRecord(id: string, props: Recorded): Promise<void> {
  try {
    const { service, instanceId, ...named } = parseResourceId(id);
    // If taskId was a job's id, the state has the task's own.
    const taskId = checkIdIn("the state", props.taskId ?? named.taskId);
    // A resource may name the task with any of these ids.
    const isNamed = [taskId, named.taskId, props.jobId].some(
      (name) => name !== undefined && isNamedStill({ service, instanceId, taskId: name }),
    );
    if (!isTerminal(props.status, service) || isNamed) {
      return;
    }
    const projectId = props.projectId ?? named.projectId;
    if (projectId !== undefined) {
      checkIdIn("the state", projectId);
    }
    const identity = identityAt({ ...props, cloudProvider: recordedCloud(props), projectId });
    const deadlineMs = systemClock.nowMs() + timeoutMs;
    await untilCancelled(async (signal) => {
      const requests = new RetriedRequests({ clock: systemClock, deadlineMs, signal });
      const deletion = requests.ask((bounds) => deleteRecordWith(identity, service)({ instanceId, taskId }, bounds));
      await deletion.catch((error: Error) => {
        throw signal.aborted ? new BackgroundTaskError(describeCancelledDeletion({ instanceId, taskId })) : error;
      });
    });
  } catch (error) {
    throw withoutStack(error as Error, "");
  }
}
