import { TaskNotFoundError } from "../../../../provider/task/errors";
import type { BackgroundTaskResult } from "../../../../provider/task/task";
import { barrier, programStart, type Run } from "./barrierOver";

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

/** The order of the results does not depend on the form of their times. */
it("gives the tasks newest first", async () => {
  const runs = [300, 100, 200].map((beganMs) => ({ taskId: String(beganMs), beganMs, endedMs: 400 }));
  const { findings } = await barrier({ runs });
  expect(findings.tasks.map(({ taskId }: BackgroundTaskResult) => taskId)).toEqual(["300", "200", "100"]);
});
