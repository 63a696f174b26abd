import { type BarrierOptions, waitUntilQuiet } from "../../../../provider/wait/barrier";
import { offsetFrom } from "../../../../provider/clock/serviceClock";
import {
  OutcomeUnknownError,
  RequestRefusedError,
  TaskNotFoundError,
  TransientError,
  UnknownStatusError,
  WaitTimedOutError,
} from "../../../../provider/task/errors";
import type { BackgroundTaskResult } from "../../../../provider/task/task";
import { type ListTasks, newestFirst } from "../../../../provider/service/taskList";
import type { WaitListener } from "../../../../provider/wait/waiter";
import { ManualClock } from "../clock/manualClock";

const defaults: BarrierOptions = {
  timeoutMs: 600_000,
  appearTimeoutMs: 10_000,
  minDelayMs: 500,
  maxDelayMs: 10_000,
  quietMs: 3000,
  expect: [],
};

/** A task of the service; times in milliseconds since the barrier's start, by a clock that is right. */
interface Run {
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

interface Service {
  runs: Run[];
  /** How far its clock is ahead of ours. */
  aheadMs?: number;
  isInstanceThere?: (atMs: number) => boolean;
  /** What a request fails with. */
  failure?: (atMs: number) => Error | undefined;
}

/** Waits for an instance with these tasks. */
async function barrier(
  service: Service,
  options: Partial<BarrierOptions> = {},
  filter: { name?: string } = {},
  listener: WaitListener = {},
) {
  const clock = new ManualClock();
  const startedMs = clock.nowMs();
  const startedAtMs = clock.epochMs();
  const { runs, aheadMs = 0, isInstanceThere = () => true, failure } = service;
  const looksMs: number[] = [];
  const shown: string[] = [];
  const nowMs = () => clock.nowMs() - startedMs;
  const answer = () => {
    const error = failure?.(nowMs());
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
      const about = answer();
      if (!isInstanceThere(nowMs())) {
        return { tasks: [], absence: { missing: "instance" as const, reason: "not there" }, ...about };
      }
      const tasks = runs.filter((run) => isThere(run) && isListed(run)).map(taskOf);
      // As wide as the real window: the service may leave out what began before it.
      const inWindow = tasks.filter(({ createdAt }) => Date.parse(createdAt) >= createdFromMs);
      return { tasks: newestFirst(inWindow), ...about };
    });
  const view = {
    listTasks,
    showTask: async ({ taskId }: { taskId: string }) => {
      shown.push(taskId);
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
  return { ...result, ended, endedMs: nowMs(), looksMs, shown, epochOf: (ms: number) => startedAtMs + ms };
}

const programStart: BarrierOptions["expectFrom"] = { localMs: new ManualClock().epochMs() - 5000 };

const clocks = [
  ["as ours", 0],
  ["2 h behind", -7_200_000],
  ["1 s behind", -1000],
  ["1 s ahead", 1000],
  ["2 h ahead", 7_200_000],
] as const;

describe.each(clocks)("a barrier, with the service's clock %s,", (_clock, aheadMs) => {
  it("ends after the last of tasks that overlap and start one another", async () => {
    const runs = [
      { taskId: "a", beganMs: -9000, endedMs: 20_000 },
      { taskId: "b", beganMs: -100, endedMs: 70_000 },
      { taskId: "c", beganMs: 20_100, endedMs: 21_000 },
      { taskId: "d", beganMs: 70_050, endedMs: 95_000 },
      { taskId: "e", beganMs: 95_100, endedMs: 130_000 },
    ];
    const { ended, endedMs } = await barrier({ runs, aheadMs });
    expect(ended).toEqual(["e", "d", "c", "b", "a"].map((taskId) => `${taskId} SUCCESS`));
    expect(endedMs).toBeGreaterThanOrEqual(133_000);
    expect(endedMs).toBeLessThan(147_000);
  });

  it.each<[string, Omit<Run, "taskId">, string[]]>([
    ["ended before it began", { beganMs: -60_000, endedMs: -30_000 }, []],
    ["failed before it began", { beganMs: -60_000, endedMs: -30_000, end: "FAILED" }, []],
    [
      "began before it, and is listed late, failed already",
      { beganMs: -9000, listedFromMs: 2000, endedMs: 1000, end: "FAILED" },
      [],
    ],
    ["failed while it was watched", { beganMs: -60_000, endedMs: 30_000, end: "FAILED" }, ["task FAILED"]],
    ["began and failed between two looks", { beganMs: 1500, endedMs: 2000, end: "FAILED" }, ["task FAILED"]],
    ["began and succeeded between two looks", { beganMs: 1500, endedMs: 2000 }, ["task SUCCESS"]],
    ["was cancelled", { beganMs: -100, endedMs: 500, end: "CANCELLED" }, ["task CANCELLED"]],
    ["was in progress without a status", { beganMs: -100, status: "", endedMs: 500 }, ["task SUCCESS"]],
  ])("says of a task that %s what it should", async (_what, run, expected) => {
    const { ended, error } = await barrier({ runs: [{ taskId: "task", ...run }], aheadMs });
    expect(error).toBeUndefined();
    expect(ended).toEqual(expected);
  });

  it.each<[string, Omit<Run, "taskId" | "name">, string[] | undefined]>([
    ["is in progress", { beganMs: -1000, endedMs: 5000 }, ["task SUCCESS"]],
    ["had ended before the first look", { beganMs: -3000, endedMs: -1000 }, ["task SUCCESS"]],
    ["had failed before the first look", { beganMs: -3000, endedMs: -1000, end: "FAILED" }, ["task FAILED"]],
    ["is listed late", { beganMs: -1000, listedFromMs: 8000, endedMs: 9000 }, ["task SUCCESS"]],
    ["begins late", { beganMs: 8000, endedMs: 9000 }, ["task SUCCESS"]],
    ["ran before the update", { beganMs: -60_000, endedMs: -50_000 }, undefined],
    ["ran just before the update", { beganMs: -6100, endedMs: -6050 }, undefined],
  ])("counts an expected task that %s as it should", async (_what, run, expected) => {
    const runs = [{ taskId: "task", name: "bind", ...run }];
    const { ended, error } = await barrier({ runs, aheadMs }, { expect: ["bind"], expectFrom: programStart });
    expect(error === undefined ? ended : undefined).toEqual(expected);
    expect(error === undefined || error instanceof TaskNotFoundError).toBe(true);
  });
});

describe("a barrier", () => {
  it("waits for tasks of one name only, where it is told to", async () => {
    const runs = [
      { taskId: "bind", name: "bind", beganMs: -10, endedMs: 1000 },
      { taskId: "other", name: "bindOther", beganMs: -10 },
      { taskId: "failed", name: "Bind", beganMs: 100, endedMs: 500, end: "FAILED" },
    ];
    expect((await barrier({ runs }, {}, { name: "bind" })).ended).toEqual(["bind SUCCESS"]);
  });

  it("waits for expected tasks beside those of one name", async () => {
    const runs = [
      { taskId: "bind", name: "bind", beganMs: -10, endedMs: 1000 },
      { taskId: "resize", name: "resize", beganMs: -10, endedMs: 30_000 },
    ];
    const options = { expect: ["resize"], expectFrom: programStart };
    const { ended, endedMs } = await barrier({ runs }, options, { name: "bind" });
    expect(ended).toEqual(["bind SUCCESS", "resize SUCCESS"]);
    expect(endedMs).toBeGreaterThan(33_000);
  });

  it.each([
    [0, 1],
    [1, 2],
    [3000, 2],
    [25_000, 4],
  ])("over an idle instance ends after %i ms of quiet, in %i looks", async (quietMs, looks) => {
    const { endedMs, looksMs, ended } = await barrier({ runs: [] }, { quietMs });
    expect(ended).toEqual([]);
    expect(looksMs).toHaveLength(looks);
    expect(endedMs).toBeGreaterThanOrEqual(quietMs);
    expect(endedMs).toBeLessThan(quietMs + 700);
  });

  it("begins the time of quiet anew when a task begins in it, also one that has ended by the next look", async () => {
    for (const endedMs of [2100, 30_000]) {
      const { endedMs: atMs } = await barrier({ runs: [{ taskId: "task", beganMs: 2000, endedMs }] });
      expect(atMs).toBeGreaterThanOrEqual(Math.max(3000, endedMs) + 3000);
    }
  });

  it("looks less often at tasks that it met halfway, by the service's clock", async () => {
    const { looksMs } = await barrier({ runs: [{ taskId: "task", beganMs: -3_600_000, endedMs: 60_000 }] });
    expect(looksMs.length).toBeLessThan(13);
    expect(looksMs[1]! - looksMs[0]!).toBeGreaterThan(6000);
  });

  it("tells of each pass what is in progress, and warns once of each unknown status", async () => {
    const said: unknown[] = [];
    const runs = [{ taskId: "task", beganMs: -100, endedMs: 5000, status: "PAUSED" }];
    await barrier(
      { runs },
      {},
      {},
      {
        onPass: (inProgress, missing) => said.push([inProgress.map(({ taskId }) => taskId), missing]),
        onUnknownStatus: ({ status }) => said.push(status),
      },
    );
    expect(said.slice(0, 2)).toEqual(["PAUSED", [["task"], []]]);
    expect(said.filter((one) => one === "PAUSED")).toHaveLength(1);
    expect(said.at(-1)).toEqual([[], []]);
  });

  it("keeps how a task ended, whatever becomes of its record", async () => {
    const runs = [
      { taskId: "task", beganMs: -100, endedMs: 1000 },
      { taskId: "other", beganMs: -100, endedMs: 60_000 },
    ];
    const { findings } = await barrier({ runs });
    const ended = findings.tasks.map((task) => ({ ...task, status: task.taskId === "task" ? "FAILED" : task.status }));
    const again = { runs: [{ ...runs[0]!, endedMs: -50, end: "DELETED" }] };
    expect((await barrier(again, { found: { ...findings, tasks: ended } })).ended).toContain("task FAILED");
    expect(
      (await barrier({ runs: [{ ...runs[0]!, endedMs: -50 }] }, { found: { ...findings, tasks: ended } })).ended,
    ).toContain("task SUCCESS");
    expect((await barrier(again, { found: findings })).ended).toContain("task SUCCESS");
  });
});

describe("a task that a list leaves out", () => {
  it("is looked at by its id, and is not gone", async () => {
    const runs = [{ taskId: "task", beganMs: -100, unlistedFromMs: 1000, endedMs: 60_000, end: "FAILED" }];
    const { ended, shown } = await barrier({ runs });
    expect(ended).toEqual(["task FAILED"]);
    expect(shown.length).toBeGreaterThan(3);
  });

  it("and whose record is gone is an unknown outcome, after the window", async () => {
    const runs = [
      { taskId: "task", beganMs: -100, removedAtMs: 5000 },
      { taskId: "other", beganMs: -100 },
    ];
    const { error, ended, endedMs } = await barrier({ runs });
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(error).toMatchObject({ subject: { instanceId: "instance", taskId: "task" } });
    expect(error!.message).toContain(
      "the record of background task restart (id task) of instance instance disappeared",
    );
    expect(endedMs).toBeGreaterThanOrEqual(15_000);
    expect(endedMs).toBeLessThan(30_000);
    expect(ended).toEqual(["task EXECUTING", "other EXECUTING"]);
  });

  it("is not given up for the time in which the service did not answer", async () => {
    const runs = [{ taskId: "task", beganMs: -100, removedAtMs: 5000 }];
    const failure = (atMs: number) => (atMs > 6000 && atMs < 60_000 ? new TransientError("busy") : undefined);
    const { error, endedMs } = await barrier({ runs, failure });
    expect(error).toBeInstanceOf(OutcomeUnknownError);
    expect(endedMs).toBeGreaterThan(65_000);
  });
});

describe("an instance that is not there", () => {
  it("may appear within the window, and then the barrier waits", async () => {
    const runs = [{ taskId: "task", beganMs: -100, endedMs: 20_000 }];
    const { ended, error } = await barrier({ runs, isInstanceThere: (atMs) => atMs > 8000 });
    expect(error).toBeUndefined();
    expect(ended).toEqual(["task SUCCESS"]);
  });

  it("is an error after the window", async () => {
    const { error, endedMs } = await barrier({ runs: [], isInstanceThere: () => false });
    expect(error).toBeInstanceOf(TaskNotFoundError);
    expect(error).toMatchObject({ missing: "instance" });
    expect(error!.message).toMatch(/^instance instance was not found in .*not there/);
    expect(endedMs).toBeGreaterThanOrEqual(10_000);
  });

  it("for a moment, late in the wait, is no error, and no quiet either", async () => {
    const runs = [{ taskId: "task", beganMs: -100, endedMs: 100_000 }];
    const { ended, error } = await barrier({ runs, isInstanceThere: (atMs) => atMs < 60_000 || atMs > 68_000 });
    expect(error).toBeUndefined();
    expect(ended).toEqual(["task SUCCESS"]);
  });
});

describe("an expected task that does not appear", () => {
  it("is an error after the window that names it, the newest older run, and how to accept that", async () => {
    const runs = [
      { taskId: "old", name: "bind", beganMs: -60_000, endedMs: -50_000 },
      { taskId: "older", name: "bind", beganMs: -90_000, endedMs: -80_000 },
      { taskId: "new", name: "resize", beganMs: 100, endedMs: 300 },
    ];
    const expect_ = { expect: ["bind", "resize", "unbind"], expectFrom: programStart };
    const { error, endedMs, epochOf } = await barrier({ runs }, expect_);
    expect(error).toBeInstanceOf(TaskNotFoundError);
    expect(error).toMatchObject({ subject: { instanceId: "instance", name: "bind, unbind" } });
    const oldMs = new Date(epochOf(-60_000)).toISOString();
    expect(error!.message).toContain("background task bind, unbind was not found on instance instance in");
    expect(error!.message).toContain(
      `The newest older one is bind (id old) SUCCESS, started ${oldMs}.\nTo accept it, set createdAfter`,
    );
    expect(error!.message).toContain("add it to the wait's dependsOn");
    expect(endedMs).toBeGreaterThanOrEqual(10_000);
    expect(endedMs).toBeLessThan(21_000);
  });

  it("is not given up for the time in which the service did not answer", async () => {
    const failure = (atMs: number) => (atMs > 500 && atMs < 30_000 ? new TransientError("busy") : undefined);
    const runs = [{ taskId: "task", name: "bind", beganMs: -100, listedFromMs: 34_000, endedMs: 35_000 }];
    const { ended } = await barrier({ runs, failure }, { expect: ["bind"], expectFrom: programStart });
    expect(ended).toEqual(["task SUCCESS"]);
  });

  it("is an error at once without a window, while the others of an idle instance end the wait", async () => {
    const { error, looksMs } = await barrier(
      { runs: [] },
      { appearTimeoutMs: 0, expect: ["bind"], expectFrom: programStart },
    );
    expect(error).toBeInstanceOf(TaskNotFoundError);
    expect(looksMs).toHaveLength(1);
    expect((await barrier({ runs: [] }, { appearTimeoutMs: 0 })).error).toBeUndefined();
  });

  it("counts from an explicit time to the millisecond", async () => {
    const atMs = new ManualClock().epochMs() - 60_000;
    const expectFrom = { at: { leastMs: atMs, greatestMs: atMs } };
    const run = { taskId: "task", name: "bind", endedMs: -50_000 };
    const count = async (beganMs: number) =>
      (await barrier({ runs: [{ ...run, beganMs }] }, { expect: ["bind"], expectFrom })).ended;
    expect(await count(-60_000)).toEqual(["task SUCCESS"]);
    expect(await count(-60_001)).toEqual([]);
  });
});

describe("requests that fail", () => {
  it("for a while are repeated", async () => {
    const failure = (atMs: number) => (atMs < 9000 ? new TransientError("busy", { httpStatus: 503 }) : undefined);
    const { ended } = await barrier({ runs: [{ taskId: "task", beganMs: -100, endedMs: 20_000 }], failure });
    expect(ended).toEqual(["task SUCCESS"]);
  });

  it("until the deadline are a timeout that says so", async () => {
    const { error } = await barrier({ runs: [], failure: () => new TransientError("busy") }, { timeoutMs: 5000 });
    expect(error).toBeInstanceOf(WaitTimedOutError);
    expect(error!.message).toContain("none ever appeared, and the last request failed: busy.");
  });

  it("for good end the barrier at once, as the error that it is, with what was found", async () => {
    const failure = (atMs: number) => (atMs > 1000 ? new RequestRefusedError("no", { httpStatus: 403 }) : undefined);
    const { error, ended } = await barrier({ runs: [{ taskId: "task", beganMs: -100 }], failure });
    expect(error).toBeInstanceOf(RequestRefusedError);
    expect(error!.message).toBe("waiting for background tasks of instance instance: no");
    expect(ended).toEqual(["task EXECUTING"]);
  });
});

describe("the deadline", () => {
  it.each<[string, Run[], Partial<BarrierOptions>, string]>([
    [
      "tasks in progress",
      [
        { taskId: "a", beganMs: -100 },
        { taskId: "b", name: "resize", beganMs: -200, status: "CREATED" },
        { taskId: "c", beganMs: -300, endedMs: 1000 },
      ],
      {},
      "in progress: restart (id a) EXECUTING, resize (id b) CREATED. The service keeps working on them.",
    ],
    [
      "an expected one",
      [],
      { expect: ["bind"], expectFrom: programStart, appearTimeoutMs: 90_000 },
      "not yet appeared: bind.",
    ],
    ["a time of quiet that is too long", [], { quietMs: 90_000 }, "nothing in progress, but for less than 90 s."],
  ])("names %s", async (_what, runs, options, message) => {
    const { error, endedMs, looksMs } = await barrier({ runs }, { timeoutMs: 30_000, ...options });
    expect(error).toBeInstanceOf(WaitTimedOutError);
    expect(error!.message).toContain(message);
    expect(error!.message).toContain("background tasks of instance instance have not ended after 30 s");
    // The last look comes at the deadline.
    expect(looksMs.at(-1)).toBe(30_000);
    expect(endedMs).toBeLessThanOrEqual(31_000);
  });

  it("names a status that nobody knows", async () => {
    const { error } = await barrier({ runs: [{ taskId: "a", beganMs: -100, status: "PAUSED" }] }, { timeoutMs: 5000 });
    expect(error).toBeInstanceOf(UnknownStatusError);
    expect(error!.message).toContain("in progress: restart (id a) PAUSED; unknown status PAUSED.");
  });
});

describe("a resumed barrier", () => {
  const first = async (service: Service, options: Partial<BarrierOptions> = {}) => {
    const { error, findings } = await barrier(service, { timeoutMs: 2000, ...options });
    expect(error).toBeInstanceOf(WaitTimedOutError);
    return findings;
  };
  const later = (runs: Run[], byMs: number) =>
    runs.map((run) => ({ ...run, beganMs: run.beganMs - byMs, endedMs: run.endedMs && run.endedMs - byMs }));

  it("waits for what the first had seen, and judges what began or ended since the first began", async () => {
    const runs = [
      { taskId: "watched", beganMs: -60_000, endedMs: 50_000, end: "FAILED" },
      { taskId: "meanwhile", beganMs: 20_000, endedMs: 30_000, end: "FAILED" },
      { taskId: "older", beganMs: -60_000, endedMs: -50_000, end: "FAILED" },
      { taskId: "last", beganMs: 90_000, endedMs: 110_000 },
    ];
    const found = await first({ runs });
    expect(found.tasks.map(({ taskId }) => taskId)).toEqual(["watched"]);
    // The second begins 100 s after the first; the moments of the first are the service's.
    const start = { leastMs: found.start!.leastMs - 100_000, greatestMs: found.start!.greatestMs - 100_000 };
    const { ended } = await barrier({ runs: later(runs, 100_000) }, { found: { ...found, start } });
    expect(ended).toEqual(["last SUCCESS", "meanwhile FAILED", "watched FAILED"]);
  });

  it("does not ask again for an expected task that had appeared, although its record is gone", async () => {
    const runs = [
      { taskId: "expected", name: "bind", beganMs: -100, endedMs: 500 },
      { taskId: "other", beganMs: -100, endedMs: 50_000 },
    ];
    const options = { expect: ["bind"], expectFrom: programStart };
    const found = await first({ runs }, options);
    const { ended, error } = await barrier({ runs: runs.slice(1) }, { ...options, found });
    expect(error).toBeUndefined();
    expect(ended.sort()).toEqual(["expected SUCCESS", "other SUCCESS"]);
  });

  it("that had found nothing out begins anew", async () => {
    const failure = () => new TransientError("busy");
    const found = await first({ runs: [], failure });
    expect(found).toEqual({ start: undefined, expectFrom: undefined, tasks: [] });
    const runs = [{ taskId: "old", beganMs: -100, endedMs: -50, end: "FAILED" }];
    expect((await barrier({ runs }, { found })).ended).toEqual([]);
  });
});

/** The order of the results does not depend on the form of their times. */
it("gives the tasks newest first", async () => {
  const runs = [300, 100, 200].map((beganMs) => ({ taskId: String(beganMs), beganMs, endedMs: 400 }));
  const { findings } = await barrier({ runs });
  expect(findings.tasks.map(({ taskId }: BackgroundTaskResult) => taskId)).toEqual(["300", "200", "100"]);
});
