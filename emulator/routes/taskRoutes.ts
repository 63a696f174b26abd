import { type Refusal, refuse, type Reply } from "../http/refusals";
import { ENGINES } from "../instances/engines";
import type { Instance } from "../instances/instanceStore";
import type { Service } from "../service/service";
import type { BackgroundTask } from "../tasks/backgroundTask";
import { dcsTaskBody, dmsTaskBody } from "../tasks/taskBody";
import { findTask, openInstance } from "./access";
import type { Call, Route } from "./route";
import { taskPage } from "./taskPage";

export function taskRoutes(service: Service): Route[] {
  const path = "/v2/:projectId/instances/:instanceId/tasks";
  return [
    { name: "listTasks", method: "get", path, handle: (call) => listTasks(service, call) },
    { name: "showTask", method: "get", path: `${path}/:taskId`, handle: (call) => showTask(service, call) },
    { name: "deleteTask", method: "delete", path: `${path}/:taskId`, handle: (call) => deleteTask(service, call) },
  ];
}

function listTasks(service: Service, call: Call): Reply {
  const instance = openInstance(service, call);
  const { tasks, count } = taskPage(service, instance, call);
  return tasksReply(service, instance, tasks, count);
}

function showTask(service: Service, call: Call): Reply {
  const instance = openInstance(service, call);
  if (instance.engine === "dcs") {
    throw refuse("apiMissing");
  }
  const task = findTask(service, instance, call);
  if (task !== undefined) {
    return tasksReply(service, instance, [task], 1);
  }
  if (service.settings.unknownTask === 200) {
    return tasksReply(service, instance, [], 0);
  }
  throw unknownTask(service, instance);
}

/** The record of a task that has ended can be deleted (user guides of Kafka, RocketMQ and DCS on background tasks). */
function deleteTask(service: Service, call: Call): Reply {
  const instance = openInstance(service, call);
  const task = findTask(service, instance, call);
  if (task === undefined) {
    throw unknownTask(service, instance);
  }
  if (!task.isTerminal) {
    throw refuse(ENGINES[instance.engine].refusals.taskNotEnded);
  }
  service.tasks.remove(task.data.id);
  // DCS documents 200 with this body, and 204 too.
  return instance.engine === "dcs" ? { status: 200, body: { message: "" } } : { status: 204 };
}

function unknownTask(service: Service, instance: Instance): Refusal {
  const { taskIdFormat, taskMissing } = ENGINES[instance.engine].refusals;
  return refuse(service.settings.unknownTask === 400 ? taskIdFormat : taskMissing);
}

/** The envelope of list and show, with the count of all matches. Each task in it counts as looked at. */
function tasksReply(service: Service, instance: Instance, tasks: BackgroundTask[], count: number): Reply {
  const nowMs = service.clock.nowMs();
  const bodyOf = instance.engine === "dcs" ? dcsTaskBody : dmsTaskBody;
  const bodies = tasks.map((task) => bodyOf(task, nowMs));
  tasks.forEach((task) => task.countLook(nowMs));
  const counts = { string: { task_count: String(count) }, number: { task_count: count }, missing: {} };
  const form = service.settings.taskCount ?? ENGINES[instance.engine].taskCount;
  return { status: 200, body: { ...counts[form], tasks: bodies } };
}
