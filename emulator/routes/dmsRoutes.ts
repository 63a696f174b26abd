import type { BackgroundTask } from "../backgroundTask";
import { authorizeForProject, dmsRefusal, identify } from "../caller";
import { isoMilliseconds } from "../clock";
import type { Instance } from "../instanceStore";
import { instanceBody } from "../instanceStore";
import { switchPublicIp } from "../publicIp";
import type { Reply } from "../refusals";
import { refuse } from "../refusals";
import { HEX_32, UUID } from "../schemas";
import type { Service } from "../service";
import type { Call, Route } from "./route";
import { jsonBody } from "./route";

/** Huawei Cloud's Terraform provider: up to 100 on a page, 10 unless asked otherwise. OTC names no bound. */
const DEFAULT_LIMIT = 10;
const MAX_LIMIT = 100;

/** In the documented sample a running task was "updated" this long after its start. */
const FIRST_UPDATE_MS = 19;

export function dmsRoutes(service: Service): Route[] {
  return [
    {
      name: "listInstances",
      method: "get",
      path: "/v2/:projectId/instances",
      handle: (call) => listInstances(service, call),
    },
    {
      name: "showInstance",
      method: "get",
      path: "/v2/:projectId/instances/:instanceId",
      handle: (call) => ({ status: 200, body: instanceBody(openInstance(service, call)) }),
    },
    {
      name: "listTasks",
      method: "get",
      path: "/v2/:projectId/instances/:instanceId/tasks",
      handle: (call) => listTasks(service, call),
    },
    {
      name: "showTask",
      method: "get",
      path: "/v2/:projectId/instances/:instanceId/tasks/:taskId",
      handle: (call) => showTask(service, call),
    },
    {
      name: "bindPublicIp",
      method: "post",
      path: "/v1/:projectId/instances/:instanceId/public-boundwidth",
      handle: (call) => {
        const instance = openInstance(service, call);
        switchPublicIp(
          service,
          instance,
          jsonBody(call, () => refuse("bodyNotJson")),
        );
        return { status: 204 };
      },
    },
  ];
}

/** The project, once it is clear that the caller may use it. */
function openProject(service: Service, call: Call): string {
  const caller = identify(service, call);
  if (typeof caller === "string") {
    throw dmsRefusal(service, caller);
  }
  const projectId = call.params.projectId ?? "";
  if (!HEX_32.test(projectId)) {
    throw refuse("projectIdFormat");
  }
  return authorizeForProject(service, caller, projectId).id;
}

function openInstance(service: Service, call: Call): Instance {
  const projectId = openProject(service, call);
  const instanceId = call.params.instanceId ?? "";
  if (!UUID.test(instanceId)) {
    throw refuse("instanceIdFormat");
  }
  // What tasks bring about has to have happened before the instance is looked at.
  service.tasks.advanceAll();
  const instance = service.instances.find(instanceId);
  if (instance === undefined || instance.projectId !== projectId) {
    throw refuse("instanceMissing");
  }
  return instance;
}

function listInstances(service: Service, call: Call): Reply {
  const projectId = openProject(service, call);
  service.tasks.advanceAll();
  const name = call.query.get("name");
  const instances = service.instances.ofProject(projectId).filter((it) => name === null || it.name.includes(name));
  return { status: 200, body: { instances: instances.map(instanceBody), instance_num: instances.length } };
}

function listTasks(service: Service, call: Call): Reply {
  const instance = openInstance(service, call);
  const start = integerParameter(call, "start", 1, Number.MAX_SAFE_INTEGER, 1);
  const limit = integerParameter(call, "limit", 1, MAX_LIMIT, DEFAULT_LIMIT);
  const all = service.tasks.ofInstance(instance.id);
  return tasksReply(service, all.slice(start - 1, start - 1 + limit), all.length);
}

function showTask(service: Service, call: Call): Reply {
  const instance = openInstance(service, call);
  const taskId = call.params.taskId ?? "";
  if (!HEX_32.test(taskId) && !UUID.test(taskId)) {
    throw refuse("taskIdFormat");
  }
  const task = service.tasks.ofInstance(instance.id).find(({ data }) => data.id === taskId);
  if (task !== undefined) {
    return tasksReply(service, [task], 1);
  }
  switch (service.settings.unknownTask) {
    case 200:
      return tasksReply(service, [], 0);
    case 400:
      throw refuse("taskIdFormat");
    case 404:
      throw refuse("taskMissing");
  }
}

/** `start` is the number of a record, the newest being 1, though the API page calls it a task's id (README). */
function integerParameter(call: Call, name: string, min: number, max: number, fallback: number): number {
  const text = call.query.get(name);
  if (text === null) {
    return fallback;
  }
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw refuse("parameter", `The parameter ${name} must be a whole number from ${min} to ${max}.`);
  }
  return value;
}

/** The envelope of both calls, with the count of all matches as a string. Being in it is a look at a task. */
function tasksReply(service: Service, tasks: BackgroundTask[], count: number): Reply {
  const nowMs = service.clock.nowMs();
  const bodies = tasks.map((task) => taskBody(task, nowMs));
  tasks.forEach((task) => task.countLook(nowMs));
  return { status: 200, body: { task_count: String(count), tasks: bodies } };
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
