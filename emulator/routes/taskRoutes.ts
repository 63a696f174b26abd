import type { BackgroundTask } from "../backgroundTask";
import { isoMilliseconds } from "../clock";
import type { Refusal, Reply } from "../refusals";
import { refuse } from "../refusals";
import type { Service } from "../service";
import { findTask, openInstance } from "./access";
import type { Call, Route } from "./route";
import { taskPage } from "./taskPage";

/** In the documented sample a running task was "updated" this long after its start. */
const FIRST_UPDATE_MS = 19;

export function taskRoutes(service: Service): Route[] {
  const path = "/v2/:projectId/instances/:instanceId/tasks";
  return [
    { name: "listTasks", method: "get", path, handle: (call) => listTasks(service, call) },
    { name: "showTask", method: "get", path: `${path}/:taskId`, handle: (call) => showTask(service, call) },
    { name: "deleteTask", method: "delete", path: `${path}/:taskId`, handle: (call) => deleteTask(service, call) },
  ];
}

function listTasks(service: Service, call: Call): Reply {
  const { tasks, count } = taskPage(service, openInstance(service, call), call);
  return tasksReply(service, tasks, count);
}

function showTask(service: Service, call: Call): Reply {
  const task = findTask(service, openInstance(service, call), call);
  if (task !== undefined) {
    return tasksReply(service, [task], 1);
  }
  if (service.settings.unknownTask === 200) {
    return tasksReply(service, [], 0);
  }
  throw unknownTask(service);
}

/** The record of a task that has ended can be deleted (user guide, "Viewing Kafka Background Tasks"). */
function deleteTask(service: Service, call: Call): Reply {
  const task = findTask(service, openInstance(service, call), call);
  if (task === undefined) {
    throw unknownTask(service);
  }
  if (!task.isTerminal) {
    throw refuse("taskNotEnded");
  }
  service.tasks.remove(task.data.id);
  return { status: 204 };
}

function unknownTask(service: Service): Refusal {
  return refuse(service.settings.unknownTask === 400 ? "taskIdFormat" : "taskMissing");
}

/** The envelope of list and show, with the count of all matches. Being in it is a look at a task. */
function tasksReply(service: Service, tasks: BackgroundTask[], count: number): Reply {
  const nowMs = service.clock.nowMs();
  const bodies = tasks.map((task) => taskBody(task, nowMs));
  tasks.forEach((task) => task.countLook(nowMs));
  const counts = { string: { task_count: String(count) }, number: { task_count: count }, missing: {} };
  return { status: 200, body: { ...counts[service.settings.taskCount], tasks: bodies } };
}

/** Fields and types of API page "Querying a Background Task". */
function taskBody(task: BackgroundTask, nowMs: number): { [field: string]: string } {
  const { id, name, userName, userId, params, createdAtMs } = task.data;
  const untouched = task.changedAtMs === createdAtMs && !task.isTerminal;
  const updatedAtMs = untouched
    ? Math.min(createdAtMs + FIRST_UPDATE_MS, Math.max(nowMs, createdAtMs))
    : task.changedAtMs;
  return {
    id,
    name,
    user_name: userName,
    user_id: userId,
    params,
    status: task.status,
    created_at: isoMilliseconds(createdAtMs),
    updated_at: isoMilliseconds(updatedAtMs),
  };
}
