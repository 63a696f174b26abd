import { offsetFrom } from "../../../../provider/clock/serviceClock";
import type { ShowInstance } from "../../../../provider/service/client";
import { type ListTasks, newestFirst } from "../../../../provider/service/taskList";
import { type BarrierOptions, waitUntilQuiet } from "../../../../provider/wait/barrier";
import type { ServiceName } from "../../../../provider/task/services";
import type { WaitListener } from "../../../../provider/wait/waiter";
import { ManualClock } from "../clock/manualClock";

const defaults: BarrierOptions = {
  timeoutMs: 600_000,
  appearTimeoutMs: 10_000,
  minDelayMs: 500,
  maxDelayMs: 10_000,
  quietMs: 3000,
  untilRunning: true,
  failOnError: false,
  expect: [],
};

/** A task of the service; times in milliseconds since the barrier's start, by a clock that is right. */
export interface Run {
  taskId: string;
  name?: string;
  beganMs: number;
  /** Default: never. */
  endedMs?: number;
  /** Its status once it has ended; default SUCCESS. */
  end?: string;
  /** Its status until then; default EXECUTING. */
  status?: string;
  listedFromMs?: number;
  /** From then on the list leaves it out; its record is there still. */
  unlistedFromMs?: number;
  removedAtMs?: number;
}

export interface Service {
  runs: Run[];
  /** How far its clock is ahead of ours. */
  aheadMs?: number;
  isInstanceThere?: (atMs: number) => boolean;
  /** The instance's own status; undefined: the instance is not there. Default: RUNNING. */
  statusAt?: (atMs: number) => string | undefined;
  /** What a look at the instance fails with. */
  statusFailure?: (atMs: number) => Error | undefined;
  /** Default: kafka. */
  service?: ServiceName;
  /** What a request fails with. */
  failure?: (atMs: number) => Error | undefined;
}

/** Waits for an instance with these tasks. */
export async function barrier(
  service: Service,
  options: Partial<BarrierOptions> = {},
  filter: { name?: string } = {},
  listener: WaitListener = {},
) {
  const clock = new ManualClock();
  const startedMs = clock.nowMs();
  const startedAtMs = clock.epochMs();
  const { runs, aheadMs = 0, isInstanceThere = () => true, failure, statusFailure } = service;
  const { statusAt = () => "RUNNING" } = service;
  const looksMs: number[] = [];
  /** The looks at the instance itself. */
  const statusesMs: number[] = [];
  /** All requests, in their order. */
  const sent: ("list" | "status" | "show")[] = [];
  const shown: string[] = [];
  const nowMs = () => clock.nowMs() - startedMs;
  const answer = (fails = failure) => {
    const error = fails?.(nowMs());
    const sentMs = clock.epochMs();
    clock.pass(40);
    if (error) {
      throw error;
    }
    const dateMs = Math.floor((clock.epochMs() - 20 + aheadMs) / 1000) * 1000;
    const clockOffset = offsetFrom(dateMs, sentMs, clock.epochMs());
    return { projectId: "project", serviceTimeMs: dateMs, clockOffset };
  };
  const isThere = ({ removedAtMs = Infinity }: Run) => nowMs() < removedAtMs;
  const isListed = ({ beganMs, listedFromMs = beganMs, unlistedFromMs = Infinity }: Run) =>
    listedFromMs <= nowMs() && nowMs() < unlistedFromMs;
  const taskOf = ({ taskId, name = "restart", beganMs, endedMs = Infinity, end, status }: Run) => ({
    taskId,
    name,
    instanceId: "instance",
    status: nowMs() < endedMs ? (status ?? "EXECUTING") : (end ?? "SUCCESS"),
    createdAt: new Date(startedAtMs + aheadMs + beganMs).toISOString(),
  });
  const listTasks: ListTasks = ({ createdFromMs = -Infinity }, ask) =>
    ask(async () => {
      looksMs.push(nowMs());
      sent.push("list");
      const about = answer();
      if (!isInstanceThere(nowMs())) {
        return { tasks: [], absence: { missing: "instance" as const, reason: "not there" }, ...about };
      }
      const tasks = runs.filter((run) => isThere(run) && isListed(run)).map(taskOf);
      // As wide as the real window: the service may leave out what began before it.
      const inWindow = tasks.filter(({ createdAt }) => Date.parse(createdAt) >= createdFromMs);
      return { tasks: newestFirst(inWindow), ...about };
    });
  const showInstance: ShowInstance = async () => {
    statusesMs.push(nowMs());
    sent.push("status");
    const status = statusAt(nowMs());
    const about = answer(statusFailure ?? failure);
    return status === undefined
      ? { absence: { missing: "instance", reason: "not there" }, ...about }
      : { status, ...about };
  };
  const view = {
    service: service.service ?? ("kafka" as const),
    showInstance,
    listTasks,
    showTask: async ({ taskId }: { taskId: string }) => {
      shown.push(taskId);
      sent.push("show");
      const about = answer();
      const run = runs.find((one) => one.taskId === taskId && isThere(one));
      return run ? { task: taskOf(run), ...about } : { absence: { missing: "task" as const }, ...about };
    },
  };
  const outcome = await waitUntilQuiet({
    view,
    instanceId: "instance",
    filter,
    options: { ...defaults, ...options },
    clock,
    listener,
  });
  const result =
    outcome.state === "finished"
      ? { findings: outcome.result, error: undefined }
      : { findings: outcome.found, error: outcome.cause };
  const ended = result.findings.tasks.map(({ taskId, status }) => `${taskId} ${status}`);
  return {
    ...result,
    ended,
    endedMs: nowMs(),
    looksMs,
    statusesMs,
    sent,
    shown,
    epochOf: (ms: number) => startedAtMs + ms,
  };
}

export const programStart: BarrierOptions["expectFrom"] = { localMs: new ManualClock().epochMs() - 5000 };
