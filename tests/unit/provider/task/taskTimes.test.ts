import { ageMsOf, durationMsOf, parseTaskTime } from "../../../../provider/task/task";

const task = { taskId: "task", instanceId: "instance" };
const time = "2026-01-01T08:00:00.000Z";
const ms = Date.UTC(2026, 0, 1, 8);

describe("a task's time", () => {
  it.each([
    [time, ms],
    ["2026-01-01T10:00:00+02:00", ms],
    ["2026-01-01T10:00:00+0200", ms],
    ["2026-01-01t08:00:00z", ms],
    ["2026-01-01T08:00:00", undefined],
    // The language reads these, too, but the service would not have meant them.
    ["Thu, 01 Jan 2026 08:00:00 +0000 (UTC)", undefined],
    ["soon, Z", undefined],
    ["", undefined],
    [undefined, undefined],
  ])("%j is %p ms", (text, expected) => {
    expect(parseTaskTime(text)).toBe(expected);
  });
});

describe("how long a task took", () => {
  it.each([
    ["the time between", { createdAt: time, updatedAt: "2026-01-01T08:00:02.500Z" }, 2500],
    ["none, if it ended when it started", { createdAt: time, updatedAt: time }, 0],
    ["unknown, if it ended before it started", { createdAt: time, updatedAt: "2026-01-01T07:59:59Z" }, undefined],
    ["unknown without a start", { updatedAt: time }, undefined],
    ["unknown without an end", { createdAt: time }, undefined],
  ])("is %s", (_what, times, expected) => {
    expect(durationMsOf({ ...task, ...times })).toBe(expected);
  });
});

describe("a task's age", () => {
  it.each([
    [ms + 7, 7],
    [ms, 0],
    [ms - 1, undefined],
    [undefined, undefined],
  ])("at %p is %p ms", (serviceTimeMs, expected) => {
    expect(ageMsOf({ ...task, createdAt: time }, serviceTimeMs)).toBe(expected);
  });
});
