import { showJobWith, type ShowTask, showTaskWith } from "./client";
import type { Identity } from "../identity/identity";
import { type ServiceName, services } from "../task/services";
import { listTasksWith } from "./taskList";

/**
 * One look at a task by its id: with the call for one task; if the service has none, with the project's jobs and the
 * instance's list, because the id may be from either. Later looks use the one that knew the id.
 */
export function lookWith(identity: Identity, service: ServiceName): ShowTask {
  if (services[service].showsTasks) {
    return showTaskWith(identity, service);
  }
  const showJob = showJobWith(identity, service);
  const listTasks = listTasksWith(identity, service);
  let isListed = false;
  return async (subject, bounds) => {
    const { instanceId, taskId } = subject;
    if (services[service].showsJobs && !isListed) {
      const reply = await showJob(subject, bounds);
      if (reply.task) {
        return reply;
      }
    }
    const { tasks, absence, ...answer } = await listTasks({ instanceId }, (request) => request(bounds));
    // A record's own id takes precedence over a job's.
    const task = tasks.find((listed) => listed.taskId === taskId) ?? tasks.find((listed) => listed.jobId === taskId);
    isListed = task !== undefined;
    return task ? { task, ...answer } : { absence: absence ?? { missing: "task" }, ...answer };
  };
}
