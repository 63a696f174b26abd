import { matches, type TaskFilter } from "../../../../provider/task/taskFilter";

const createdAt = "2026-01-01T08:00:00.123Z";
const task = { taskId: "task", instanceId: "instance", name: "restart", status: "EXECUTING", createdAt };
const ms = Date.parse(createdAt);

describe("a filter of tasks", () => {
  it.each<[string, TaskFilter, boolean]>([
    ["nothing", {}, true],
    ["its name", { name: "restart" }, true],
    ["its name in other letters", { name: "Restart" }, false],
    ["a part of its name", { name: "rest" }, false],
    ["its status", { status: "EXECUTING" }, true],
    ["another status", { status: "CREATED" }, false],
    ["its name and another status", { name: "restart", status: "CREATED" }, false],
    ["after the moment that it began", { createdAfterMs: ms }, true],
    ["after a millisecond later", { createdAfterMs: ms + 1 }, false],
    ["before the moment that it began", { createdBeforeMs: ms }, false],
    ["before a millisecond later", { createdBeforeMs: ms + 1 }, true],
  ])("by %s", (_what, filter, isMeant) => {
    expect(matches(task, filter)).toBe(isMeant);
  });

  it.each([undefined, "", "yesterday", "2026-01-01T08:00:00"])("has no window for the time %j", (unreadable) => {
    const timeless = { ...task, createdAt: unreadable };
    expect(matches(timeless, { createdAfterMs: 0 })).toBe(false);
    expect(matches(timeless, { createdBeforeMs: Infinity })).toBe(false);
    expect(matches(timeless, { name: "restart" })).toBe(true);
  });

  it("reads the service's time in any zone", () => {
    expect(matches({ ...task, createdAt: "2026-01-01T10:00:00.123+02:00" }, { createdAfterMs: ms })).toBe(true);
  });
});
