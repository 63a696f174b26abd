import { adviceOnExpected } from "../../../../provider/wait/adviceOnMissing";
import { describeTasks } from "../../../../provider/task/descriptions";
import { TasksFailedError } from "../../../../provider/task/errors";
import { enumerate, shortList } from "../../../../provider/task/shortList";

const many = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    taskId: `task-${i}`,
    instanceId: "instance",
    name: "n".repeat(256),
    status: "FAILED",
  }));

describe("a list in a message", () => {
  it.each([
    [[], ""],
    [["a", "b"], "a, b"],
    [[..."abcdefghij"], "a, b, c, d, e, f, g, h, i, j"],
    [[..."abcdefghijk"], "a, b, c, d, e, f, g, h, i, j, and 1 more"],
  ])("names at most ten: %j", (items, text) => {
    expect(shortList(items, String)).toBe(text);
  });

  it.each([
    [["a"], "a"],
    [["a", "b"], "a and b"],
    [["a", "b", "c"], "a, b, and c"],
    [[..."abcdefghijk"], "a, b, c, d, e, f, g, h, i, j, and 1 more"],
  ])("is part of a sentence: %j", (items, text) => {
    expect(enumerate(items, String)).toBe(text);
  });

  it("of tasks says how many more there are", () => {
    expect(describeTasks(many(100))).toMatch(/\(id task-9\) FAILED, and 90 more$/);
  });

  it("of 130,000 failed tasks is short in an error, which has all of them", () => {
    const error = new TasksFailedError("instance", many(130_000));
    expect(error.message.length).toBeLessThan(5000);
    expect(error.tasks).toHaveLength(130_000);
  });

  it("of older runs is short in advice", () => {
    expect(adviceOnExpected(["a"], many(100), undefined)).toContain("started at an unknown time; and 90 more.");
  });
});
