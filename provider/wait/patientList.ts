import { listMatching, type ListTasks } from "../service/taskList";
import { TaskNotFoundError } from "../task/errors";
import type { BackgroundTaskResult } from "../task/task";
import type { TaskFilter } from "../task/taskFilter";
import { type Condition, LookLoop, type Wait } from "./lookLoop";
import type { Outcome } from "./outcome";

interface PatientList extends Wait {
  listTasks: ListTasks;
  instanceId: string;
  filter: TaskFilter;
}

/**
 * Lists the instance's tasks that match the filter, in progress or not. It looks once, but retries requests that fail for
 * a transient reason until the deadline.
 *
 * Unfinished: TaskNotFoundError if the instance does not exist, ServiceError, PagingError, or the signal's reason.
 */
export function listPatiently(list: PatientList): Promise<Outcome<BackgroundTaskResult[], undefined>> {
  const { listTasks, instanceId, filter } = list;
  const loop = new LookLoop(list);
  const subject = { instanceId };
  const condition: Condition<BackgroundTaskResult[], undefined> = {
    subject,
    look: async () => {
      const { tasks, absence } = await listMatching(listTasks, instanceId, filter, loop.ask);
      if (absence) {
        const error = new TaskNotFoundError(subject, "instance", loop.progress(), absence.reason);
        return { state: "not there", error };
      }
      return { state: "finished", result: tasks };
    },
    // There is no second look: only a failing request can reach the deadline.
    timedOut: (cause) => cause!.duringWait(subject, loop.progress()),
    found: () => undefined,
  };
  return loop.run(condition);
}
