import type { Clock } from "../clock/clock";
import type { StartOfWait } from "../clock/startOfWait";
import type { Identity } from "../identity/identity";
import { sharedLookWith } from "../service/sharedLooks";
import { listTasksWith } from "../service/taskList";
import type { ServiceName } from "../task/services";
import type { BackgroundTaskResult } from "../task/task";
import { isTerminal } from "../task/taskStatus";
import { resultOf } from "./outcome";
import { findTask, type SearchOptions } from "./search";
import { waitForTask, type WaitListener } from "./waiter";

interface OneTaskWait {
  identity: Identity;
  service: ServiceName;
  instanceId: string;
  /** This or `name`. */
  taskId?: string;
  name?: string;
  /** With `name`: the earliest start time that counts; undefined: every task counts. */
  start?: StartOfWait;
  options: SearchOptions;
  clock: Clock;
  listener?: WaitListener;
  signal?: AbortSignal;
}

/**
 * Waits for one task, which is searched for first if only its name is known: the two have one deadline. The caller judges the task.
 *
 * @throws what `findTask` and `waitForTask` end with if they do not finish.
 */
export async function waitForOneTask(wait: OneTaskWait): Promise<BackgroundTaskResult> {
  const { identity, service, instanceId, taskId, name, start, clock, listener, signal } = wait;
  // Without a wait, there is only one look.
  const options = { ...wait.options, retries: wait.options.wait };
  const hooks = { clock, listener, signal };
  const showTask = sharedLookWith(identity, service, instanceId);
  if (name === undefined) {
    const subject = { instanceId, taskId: taskId! };
    return resultOf(await waitForTask({ showTask, subject, options, ...hooks }));
  }
  const startedMs = clock.nowMs();
  const listTasks = listTasksWith(identity, service);
  const { task } = resultOf(await findTask({ listTasks, subject: { instanceId, name }, start, options, ...hooks }));
  if (!options.wait || isTerminal(task.status, service)) {
    return task;
  }
  const rest = { ...options, spentMs: clock.nowMs() - startedMs, lastSeen: task };
  return resultOf(await waitForTask({ showTask, subject: task, options: rest, ...hooks }));
}
