import { WaitedTasks } from "../../../../provider/wait/waitedTasks";

const startMs = Date.UTC(2026, 0, 1);
const at = (ms: number) => new Date(startMs + ms).toISOString();
const task = (taskId: string, status: string, createdAt: string | undefined = at(1000), name = "restart") => ({
  taskId,
  instanceId: "instance",
  name,
  status,
  createdAt,
});
const exactly = { leastMs: 0, greatestMs: 1 };
const expecting = (...names: string[]) =>
  new WaitedTasks({ names, from: { at: { leastMs: startMs, greatestMs: startMs } } }, startMs);
const idsOf = (tasks: { taskId: string }[]) => tasks.map(({ taskId }) => taskId);

describe("how far back a barrier must read", () => {
  it("is unknown until the service's time is", () => {
    const waited = new WaitedTasks({ names: [] }, startMs);
    expect(waited.earliestMs).toBeUndefined();
    waited.learn(exactly);
    expect(waited.earliestMs).toBe(startMs - 25);
  });

  it("is the start of the oldest task in progress", () => {
    const waited = new WaitedTasks({ names: [] }, startMs);
    waited.learn(exactly);
    waited.see(task("old", "EXECUTING", at(-60_000)), true);
    waited.see(task("new", "EXECUTING", at(1000)), true);
    expect(waited.earliestMs).toBe(startMs - 60_000);
    waited.see(task("old", "SUCCESS", at(-60_000)), false);
    expect(waited.earliestMs).toBe(startMs - 25);
  });

  it("is unlimited while a task without a time is in progress", () => {
    const waited = new WaitedTasks({ names: [] }, startMs);
    waited.learn(exactly);
    waited.see(task("timeless", "EXECUTING", "soon"), true);
    expect(waited.earliestMs).toBeUndefined();
  });

  it("is the earliest start of an expected task, if that is earlier", () => {
    const from = { at: { leastMs: startMs - 500_000, greatestMs: startMs - 500_000 } };
    const waited = new WaitedTasks({ names: ["restart"], from }, startMs);
    waited.learn(exactly);
    expect(waited.earliestMs).toBe(startMs - 500_000);
  });
});

describe("an expected name", () => {
  it("is missing until a new enough task of it was seen; the newest of the others is kept", () => {
    const waited = expecting("restart", "resize");
    waited.see(task("older", "SUCCESS", at(-2000)), true);
    waited.see(task("old", "SUCCESS", at(-1000)), true);
    waited.see(task("oldest", "SUCCESS", at(-3000)), true);
    waited.see(task("another", "SUCCESS", at(-1000), "delete"), true);
    waited.see({ ...task("nameless", "SUCCESS", at(-1)), name: undefined }, true);
    expect(waited.missing).toEqual(["restart", "resize"]);
    expect(idsOf(waited.olderRunsOfMissing)).toEqual(["old"]);

    waited.see(task("new", "SUCCESS", at(0)), true);
    expect(waited.missing).toEqual(["resize"]);
    expect(waited.olderRunsOfMissing).toEqual([]);
    expect(idsOf(waited.findings().tasks)).toEqual(["new"]);
  });

  it("makes knowing the clocks better worthwhile, until it has appeared", () => {
    const waited = new WaitedTasks({ names: ["restart"], from: { localMs: startMs } }, startMs);
    const offset = { leastMs: -500, greatestMs: 500 };
    waited.learn(offset);
    expect(waited.clocksOfMissing).toEqual(offset);
    waited.see(task("new", "EXECUTING", at(60_000)), true);
    expect(waited.clocksOfMissing).toBeUndefined();
    expect(new WaitedTasks({ names: [] }, startMs).clocksOfMissing).toBeUndefined();
    expect(expecting("restart").clocksOfMissing).toBeUndefined();
  });

  it("stays found when the barrier is resumed", () => {
    const moment = { leastMs: startMs, greatestMs: startMs };
    const found = { start: moment, expectFrom: moment, tasks: [task("new", "EXECUTING")] };
    const waited = new WaitedTasks({ names: ["restart"] }, startMs + 60_000, found);
    expect(waited.missing).toEqual([]);
    expect(waited.findings()).toEqual(found);
  });
});

describe("a task that is seen", () => {
  const known = () => {
    const waited = new WaitedTasks({ names: [] }, startMs);
    waited.learn(exactly);
    return waited;
  };

  it("shows that something happened when it is new, or its status changes", () => {
    const waited = known();
    const seen = (status: string) => waited.see(task("t", status), false);
    expect(
      ["CREATED", "CREATED", "EXECUTING", "FAILED", "EXECUTING", "FAILED", "SUCCESS", "SUCCESS"].map(seen),
    ).toEqual([true, false, true, true, false, false, true, false]);
    expect(waited.findings().tasks).toMatchObject([{ status: "SUCCESS" }]);
  });

  it("does not count if it had ended before the barrier started", () => {
    const waited = known();
    expect(waited.see(task("old", "SUCCESS", at(-60_000)), true)).toBe(false);
    expect(waited.see(task("new", "SUCCESS", at(60_000)), true)).toBe(true);
    expect(idsOf(waited.findings().tasks)).toEqual(["new"]);
  });

  it("without a time counts if it first appears in a later pass", () => {
    const waited = known();
    expect(waited.see(task("first", "SUCCESS", "soon"), true)).toBe(false);
    expect(waited.see(task("first", "SUCCESS", "soon"), false)).toBe(false);
    expect(waited.see(task("second", "SUCCESS", "soon"), false)).toBe(true);
    expect(idsOf(waited.findings().tasks)).toEqual(["second"]);
  });
});
