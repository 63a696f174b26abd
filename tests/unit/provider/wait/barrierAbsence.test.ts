import { OutcomeUnknownError, TaskNotFoundError, TransientError } from "../../../../provider/task/errors";
import { ManualClock } from "../clock/manualClock";
import { barrier, programStart } from "./barrierOver";

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
    expect(error).toMatchObject({ subject: { instanceId: "instance", names: ["bind", "unbind"] } });
    const oldMs = new Date(epochOf(-60_000)).toISOString();
    expect(error!.message).toContain("background tasks bind and unbind were not found on instance instance in");
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
