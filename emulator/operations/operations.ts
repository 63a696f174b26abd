import { refuse } from "../http/refusals";
import { ENGINES } from "../instances/engines";
import type { Instance } from "../instances/instanceStore";
import type { Service } from "../service/service";
import type { OperationTask } from "../tasks/operationTasks";
import { SUCCESS_STATUS } from "../tasks/taskStatuses";

/** Something that an API call sets going, and a task then does. */
export interface Operation {
  task: OperationTask;
  params: { [name: string]: unknown };
  /** Default: an id of 32 hex digits. */
  taskId?: string;
  /** What the instance's status is while the task is under way, and once it has failed. Default: RUNNING all along. */
  instanceStatus?: { meanwhile: string; afterFailure: string };
  /** What the operation brings about. */
  onSuccess?: () => void;
}

/** The service does one thing at a time with an instance, and that only while it runs. */
export function requireIdle(service: Service, instance: Instance): void {
  service.advance();
  const { instanceStatus, taskRunning } = ENGINES[instance.engine].refusals;
  if (instance.status !== "RUNNING") {
    throw refuse(instanceStatus);
  }
  if (service.tasks.isBusy(instance.id)) {
    throw refuse(taskRunning);
  }
}

/** Begins the task, whose end changes the instance, and tells the task's id. */
export function begin(service: Service, instance: Instance, operation: Operation): string {
  requireIdle(service, instance);
  const { task, params, taskId, instanceStatus, onSuccess } = operation;
  if (instanceStatus !== undefined) {
    instance.status = instanceStatus.meanwhile;
  }
  const snapshot = service.addTask(
    {
      name: task,
      id: taskId,
      instanceId: instance.id,
      params,
      progress: service.settings.operations[task],
      visibleAfterSeconds: service.settings.listedAfterSeconds,
    },
    ({ status, timeMs }) => {
      const succeeded = status === SUCCESS_STATUS;
      if (instanceStatus !== undefined) {
        instance.nextStatus = {
          status: succeeded ? "RUNNING" : instanceStatus.afterFailure,
          fromMs: timeMs + service.settings.statusLagSeconds * 1000,
        };
      }
      if (succeeded) {
        onSuccess?.();
      }
    },
  );
  return snapshot.taskId;
}
