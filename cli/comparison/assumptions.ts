import { randomBytes } from "node:crypto";
import type { ServiceReply } from "../../provider/http/exchange";
import { describeReply, readComplaint } from "../../provider/http/errorReply";
import { taskIdRefusedCode } from "../../provider/http/serviceCodes";
import { quote } from "../../provider/output/secrets";
import { readCount } from "../../provider/service/taskRecord";
import { type ServiceName, services } from "../../provider/task/services";
import { parseTaskTime } from "../../provider/task/task";
import { kindOfStatus } from "../../provider/task/taskStatus";
import type { RecordedReplies } from "./recordedReplies";

/** What was seen of one assumption; "not seen": the instance's tasks do not show it. */
export interface Seen {
  holds: true | false | "not seen";
  text: string;
}

/** Something that no document settles, and that this package relies on. */
export interface Assumption {
  topic: string;
  check: (replies: RecordedReplies, sample: Sample) => Promise<Seen>;
}

/** What all checks need: the newest tasks of the instance. */
export interface Sample {
  service: ServiceName;
  reply: ServiceReply;
  tasks: { [field: string]: unknown }[];
}

const holds = (text: string): Seen => ({ holds: true, text });
const differs = (text: string): Seen => ({ holds: false, text });
const notSeen = (text: string): Seen => ({ holds: "not seen", text });

export const assumptions: Assumption[] = [
  { topic: "paging", check: paging },
  { topic: "count", check: count },
  { topic: "unknown task", check: unknownTask },
  { topic: "look by id", check: lookById },
  { topic: "order", check: order },
  { topic: "zones", check: zones },
  { topic: "window", check: window },
  { topic: "statuses", check: statuses },
  { topic: "clock", check: clock },
];

/** The first of the ways of paging that the package tries is the one that the service follows. */
async function paging(replies: RecordedReplies, { service, tasks }: Sample): Promise<Seen> {
  if (tasks.length < 2) {
    return notSeen("it takes two tasks to see how the list is paged");
  }
  const [assumed] = services[service].paging;
  for (const way of services[service].paging) {
    const second = tasksOf(await replies.list({ [way]: way === "start" ? "2" : "1", limit: "1" }));
    if (second?.length === 1 && second[0]!["id"] === tasks[1]!["id"]) {
      return way === assumed
        ? holds(`by ${way}`)
        : differs(`by ${way}, not by ${assumed}: each first list takes one more request`);
    }
  }
  return differs(`neither by ${services[service].paging.join(" nor by ")}`);
}

/** `task_count` is a number, or its text, of all tasks and not of the page. */
async function count(replies: RecordedReplies, { service, reply, tasks }: Sample): Promise<Seen> {
  const field = countIn(reply);
  const number = readCount(field);
  if (number === undefined) {
    return differs(field === undefined ? "task_count is missing" : `task_count is ${quote(JSON.stringify(field))}`);
  }
  const form = `a ${typeof field}`;
  if (tasks.length < 2) {
    return notSeen(`${form}, but it takes two tasks to see what it counts`);
  }
  const [way] = services[service].paging;
  const page = await replies.list({ [way!]: way === "start" ? "1" : "0", limit: "1" });
  const ofPage = readCount(countIn(page));
  return ofPage !== undefined && ofPage >= tasks.length
    ? holds(`${form} that counts all tasks`)
    : differs(`${form} that is ${ofPage ?? "missing"} on a page of one task`);
}

/** A task that does not exist is an empty list, a 404, or a 400 that calls the id malformed. */
async function unknownTask(replies: RecordedReplies): Promise<Seen> {
  const reply = await replies.show(randomBytes(16).toString("hex"));
  const { httpStatus } = reply;
  const isAbsence =
    (httpStatus === 200 && tasksOf(reply)?.length === 0) ||
    httpStatus === 404 ||
    (httpStatus === 400 && readComplaint(reply.body).code === taskIdRefusedCode);
  const text =
    httpStatus === 200 ? `HTTP 200 with ${tasksOf(reply)?.length ?? "no list of"} tasks` : describeReply(reply);
  return isAbsence ? holds(text) : differs(text);
}

/** A look by id shows the task that the list shows. */
async function lookById(replies: RecordedReplies, { service, tasks }: Sample): Promise<Seen> {
  const id = tasks[0]?.["id"];
  if (typeof id !== "string") {
    return notSeen("the instance has no task");
  }
  if (!services[service].showsTasks) {
    return notSeen("the service has no such call");
  }
  const shown = tasksOf(await replies.show(id));
  return shown?.length === 1 && shown[0]!["id"] === id
    ? holds("the same task")
    : differs("not the task that is listed");
}

/** The newest task is listed first. */
async function order(_replies: RecordedReplies, { tasks }: Sample): Promise<Seen> {
  const times = tasks.map(({ created_at: time }) => parseTaskTime(time as string));
  if (times.length < 2) {
    return notSeen("it takes two tasks to see their order");
  }
  return times.every((time, i) => i === 0 || time! <= times[i - 1]!)
    ? holds("the newest first")
    : differs("not the newest first");
}

/** All times have a zone. */
async function zones(_replies: RecordedReplies, { tasks }: Sample): Promise<Seen> {
  const times = tasks.flatMap(({ created_at: begun, updated_at: changed }) => [begun, changed]);
  if (times.length === 0) {
    return notSeen("the instance has no task");
  }
  const odd = times.find((time) => typeof time !== "string" || parseTaskTime(time) === undefined);
  return odd === undefined ? holds("each time has one") : differs(`a time is ${quote(JSON.stringify(odd))}`);
}

const halfDayMs = 14 * 60 * 60 * 1000;

/** A list from a time on contains the tasks that began then or later, if 14 hours are allowed for the zone. */
async function window(replies: RecordedReplies, { service, tasks }: Sample): Promise<Seen> {
  const beganMs = parseTaskTime(tasks[0]?.["created_at"] as string | undefined);
  if (beganMs === undefined) {
    return notSeen("the instance has no task");
  }
  const { beginTimeParameter } = services[service];
  const digits = new Date(beganMs - halfDayMs).toISOString().replace(/\D/g, "").slice(0, 14);
  const listed = tasksOf(await replies.list({ [beginTimeParameter]: digits, limit: "10" }));
  return listed?.some(({ id }) => id === tasks[0]!["id"])
    ? holds(`${beginTimeParameter} keeps what began later`)
    : differs(`${beginTimeParameter} leaves out what began later`);
}

/** Every status is known. */
async function statuses(_replies: RecordedReplies, { service, tasks }: Sample): Promise<Seen> {
  const odd = tasks.map(({ status }) => status).filter((status) => kindOfStatus(status, service) === "unknown");
  return odd.length === 0
    ? holds("all are known")
    : differs(`unknown: ${[...new Set(odd)].map((status) => quote(JSON.stringify(status))).join(", ")}`);
}

// A Date header has whole seconds, and another machine of the service may write it.
const slackMs = 2000;

/** The Date header is the clock of the tasks' times. */
async function clock(_replies: RecordedReplies, { reply, tasks }: Sample): Promise<Seen> {
  const { serviceTimeMs } = reply;
  if (serviceTimeMs === undefined) {
    return differs("the reply has no usable Date header");
  }
  const newestMs = Math.max(...tasks.map(({ updated_at: time }) => parseTaskTime(time as string) ?? -Infinity));
  return newestMs <= serviceTimeMs + slackMs
    ? holds("no task's time is later than the Date header")
    : differs(`a task's time is ${Math.round((newestMs - serviceTimeMs) / 1000)} s later than the Date header`);
}

function countIn({ body }: ServiceReply): unknown {
  return ((body ?? {}) as { task_count?: unknown }).task_count;
}

/** The records of a reply; undefined if it is no list of records. */
export function tasksOf({ body }: ServiceReply): Sample["tasks"] | undefined {
  const { tasks } = (body ?? {}) as { tasks?: unknown };
  const isRecord = (task: unknown) => typeof task === "object" && task !== null;
  return Array.isArray(tasks) && tasks.every(isRecord) ? (tasks as Sample["tasks"]) : undefined;
}
