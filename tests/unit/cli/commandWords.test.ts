import { inCommandWords } from "../../../cli/terminal/commandWords";
import { exitCodeOf, exitCodes, interrupted, UsageError } from "../../../cli/terminal/exitCodes";
import { tableOf } from "../../../cli/terminal/table";
import {
  SettingsError,
  TaskFailedError,
  TaskNotFoundError,
  UnknownStatusError,
  WaitTimedOutError,
} from "../../../provider";

const progress = { elapsedSeconds: 1, looks: 2 };
const subject = { instanceId: "instance", taskId: "task" };

describe("an error's message in the words of the command line", () => {
  it("names the command's options instead of a program's arguments", () => {
    const { message } = new WaitTimedOutError(subject, progress);
    expect(inCommandWords(message)).toMatch(/Run the command again to resume the wait, or set a longer --timeout\.$/);
    expect(inCommandWords("it is longer than 500 pages: set createdAfter to narrow it.")).toBe(
      "it is longer than 500 pages: set --since to narrow it.",
    );
  });
});

describe("the exit code", () => {
  const task = { ...subject, status: "FAILED" };
  it.each([
    [exitCodes.taskFailed, new TaskFailedError(task)],
    [exitCodes.timedOut, new WaitTimedOutError(subject, progress)],
    [exitCodes.timedOut, new UnknownStatusError(subject, progress)],
    [exitCodes.stopped, new SettingsError("no region is set")],
    [exitCodes.stopped, new TaskNotFoundError(subject, "task", progress)],
    [exitCodes.stopped, new UsageError("--since must be a duration.")],
    [exitCodes.defect, new TypeError("x is not a function")],
    [exitCodes.interrupted, interrupted],
  ])("is %i", (code, error) => {
    expect(exitCodeOf(error)).toBe(code);
  });
});

describe("a table", () => {
  it("has columns as wide as their widest cell, and no spaces at the ends of lines", () => {
    expect(tableOf(["NAME", "BY"], [["a", "deploy"], ["longer", ""]])).toEqual(["NAME    BY", "a       deploy", "longer"]); // prettier-ignore
  });
});
