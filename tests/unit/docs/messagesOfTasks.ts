import type { Emulator } from "../../../emulator";
import { getBackgroundTask } from "../../../provider/functions/getBackgroundTask";
import { getQuietInstance } from "../../../provider/functions/getQuietInstance";
import * as barrier from "../../../provider/lifecycles/barrierLifecycle";
import * as deletion from "../../../provider/lifecycles/recordDeletion";
import * as search from "../../../provider/lifecycles/searchLifecycle";
import { noteSearch } from "../../../provider/lifecycles/searches";
import * as task from "../../../provider/lifecycles/taskLifecycle";
import { describeCancelledDeletion } from "../../../provider/task/descriptions";
import { resultOf, updateCancelled } from "../../../provider/wait/outcome";
import { waitForTask } from "../../../provider/wait/waiter";
import { ManualClock } from "../provider/clock/manualClock";
import type { Producer } from "./producedMessage";

// What waits for tasks and instances end with. The emulator answers, and sleeps take no time.

const missingId = "0123456789abcdef0123456789abcdef";
const createdAfter = new Date(0);

const add = ({ addTask, instanceId }: Emulator, ...statuses: string[]) => {
  const progress = statuses.map((status, i) => (i === 0 ? { status } : { status, afterLooks: i }));
  return { instanceId, taskId: addTask({ name: "restart", instanceId, progress }).taskId };
};

/** What the engine records and shows of a resource's error. */
const causeOf = (operation: Promise<unknown>) =>
  operation.catch((error: unknown) => {
    throw (error as Error).cause;
  });

const subject = { instanceId: "instance", taskId: "task", name: "restart" };
const running = { task: { ...subject, status: "EXECUTING" }, projectId: "project" };
const gone = { absence: { missing: "task" as const }, projectId: "project" };

/** A wait for a task that is seen running, then `next`. */
function waitThrough(next: typeof running | typeof gone, signal?: AbortSignal, onNext = () => {}) {
  const replies = [running];
  return waitForTask({
    showTask: async () => {
      const first = replies.shift();
      if (!first) {
        onNext();
      }
      return first ?? next;
    },
    subject,
    options: { wait: true, timeoutMs: 60_000, appearTimeoutMs: 10_000, minDelayMs: 500, maxDelayMs: 10_000 },
    clock: new ManualClock(),
    listener: {},
    signal,
  }).then(resultOf);
}

export const messagesOfTasks: [entry: string, what: string, produce: Producer][] = [
  ["TaskFailedError", "a resource by id", (cloud) => causeOf(task.create(add(cloud, "FAILED")))],
  [
    "TaskFailedError",
    "a resource by name",
    (cloud) => {
      noteSearch("urn:a:BackgroundTaskSearch::bound");
      return causeOf(task.create({ ...add(cloud, "FAILED"), resourceUrn: "urn:a:BackgroundTask::bound" }));
    },
  ],
  ["TaskFailedError", "a function by id", (cloud) => getBackgroundTask(add(cloud, "FAILED"))],
  [
    "TaskFailedError",
    "a function by name",
    (cloud) => {
      const { instanceId } = add(cloud, "FAILED");
      return getBackgroundTask({ instanceId, name: "restart", createdAfter });
    },
  ],
  [
    "TasksFailedError",
    "a QuietInstance",
    (cloud) => {
      const { instanceId } = add(cloud, "EXECUTING", "FAILED");
      return causeOf(barrier.create({ instanceId }));
    },
  ],
  [
    "TasksFailedError",
    "getQuietInstance",
    (cloud) => {
      add(cloud, "EXECUTING", "FAILED");
      return getQuietInstance({ instanceId: add(cloud, "EXECUTING", "FAILED").instanceId });
    },
  ],
  ["OutcomeUnknownError", "a record that disappears", () => waitThrough(gone)],
  [
    "InstanceNotRunningError",
    "a frozen instance",
    (cloud) => getQuietInstance({ instanceId: cloud.addInstance({ status: "FROZEN" }) }),
  ],
  ["WaitTimedOutError", "a task", (cloud) => causeOf(task.create(add(cloud, "EXECUTING")))],
  [
    "WaitTimedOutError",
    "an outage",
    (cloud) => {
      cloud.replyNext({ route: "any", times: 1e6, status: 503 });
      return getBackgroundTask({ ...add(cloud, "EXECUTING"), timeoutSeconds: 60 });
    },
  ],
  [
    "WaitTimedOutError",
    "an instance's tasks",
    (cloud) => getQuietInstance({ instanceId: add(cloud, "EXECUTING").instanceId }),
  ],
  [
    "WaitTimedOutError",
    "an instance's own status",
    (cloud) => getQuietInstance({ instanceId: cloud.addInstance({ status: "RESTARTING" }) }),
  ],
  ["UnknownStatusError", "a task", (cloud) => getBackgroundTask(add(cloud, "PAUSED"))],
  [
    "UnknownStatusError",
    "an instance",
    (cloud) => getQuietInstance({ instanceId: cloud.addInstance({ status: "DANCING" }) }),
  ],
  [
    "WaitCancelledError",
    "a cancelled update",
    () => {
      const update = new AbortController();
      return waitThrough(running, update.signal, () => update.abort(updateCancelled));
    },
  ],
  [
    "TaskNotFoundError",
    "a task's id",
    ({ instanceId }) => getBackgroundTask({ instanceId, taskId: missingId, wait: false }),
  ],
  [
    "TaskNotFoundError",
    "a task's name",
    ({ instanceId }) => getBackgroundTask({ instanceId, name: "bind", createdAfter }),
  ],
  [
    "TaskNotFoundError",
    "a name of which there are older runs",
    (cloud) => {
      const { instanceId } = add(cloud, "SUCCESS");
      const later = new Date(Date.now() + 60_000);
      return getBackgroundTask({ instanceId, name: "restart", createdAfter: later });
    },
  ],
  [
    "TaskNotFoundError",
    "a run too close to the start of the update",
    (cloud) => {
      const startedAtMs = Date.now();
      const { instanceId } = cloud;
      const createdAt = new Date(startedAtMs).toISOString();
      cloud.addTask({ name: "close", instanceId, createdAt, progress: [{ status: "SUCCESS" }] });
      return causeOf(search.create({ instanceId, name: "close", startedAtMs, appearTimeoutSeconds: 0 }));
    },
  ],
  [
    "TaskNotFoundError",
    "a task that a barrier expects",
    ({ instanceId }) => getQuietInstance({ instanceId, expect: ["bind"], createdAfter }),
  ],
  [
    "TaskNotFoundError",
    "an instance",
    () => getBackgroundTask({ instanceId: "00000000-0000-0000-0000-000000000000", taskId: missingId }),
  ],
  ["BackgroundTaskError", "a resource's id", () => task.read("kafka/instance/task", {})],
  [
    "BackgroundTaskError",
    "BackgroundTask.get of a task that is gone",
    ({ instanceId, projectId }) => task.read(`kafka/${projectId}/${instanceId}/${missingId}`, {}),
  ],
  [
    "The record of a task was not deleted",
    "a deletion that was cancelled",
    () => {
      throw new Error(describeCancelledDeletion({ instanceId: "instance", taskId: "task" }));
    },
  ],
  [
    "The record of a task was not deleted",
    "a permission that is missing",
    (cloud) => {
      const { instanceId, taskId, projectId } = cloud;
      cloud.replyNext({ route: "deleteTask", status: 403, code: "DMS.00403002", message: "forbidden" });
      return deletion.delete(`kafka/${projectId}/${instanceId}/${taskId}`, { status: "SUCCESS" });
    },
  ],
];
