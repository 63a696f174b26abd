import type { ListTasks, TaskListing } from "../../../../provider/service/taskList";
import {
  RequestRefusedError,
  TaskNotFoundError,
  TransientError,
  UnknownStatusError,
} from "../../../../provider/task/errors";
import { waitUntilQuiet } from "../../../../provider/wait/barrier";
import { resultOf } from "../../../../provider/wait/outcome";
import { findTask } from "../../../../provider/wait/search";
import { waitForTask } from "../../../../provider/wait/waiter";
import { ManualClock } from "../clock/manualClock";

// A wait to which nobody listens goes the same way, whatever happens.

const options = { wait: true, timeoutMs: 20_000, appearTimeoutMs: 5000, minDelayMs: 500, maxDelayMs: 2000 };
const subject = { instanceId: "instance", taskId: "task", name: "restart" };
const task = (status: string, more: object = {}) => ({
  ...subject,
  status,
  createdAt: "2026-01-01T00:00:00Z",
  ...more,
});

/** Shows one thing after another, the last for ever. */
function showing<T>(...script: (T | Error)[]): () => Promise<T & { projectId: string }> {
  return async () => {
    const next = script.length > 1 ? script.shift()! : script[0]!;
    if (next instanceof Error) throw next;
    return { ...next, projectId: "project" };
  };
}
const listing = (...script: (Partial<TaskListing> | Error)[]): ListTasks => {
  const show = showing(...script.map((one) => (one instanceof Error ? one : { tasks: [], ...one })));
  return (_request, ask) => ask(show);
};
const busy = () => new TransientError("busy");

describe("a wait for a task", () => {
  const run = (...script: Parameters<typeof showing<object>>) =>
    waitForTask({ showTask: showing(...script), subject, options, clock: new ManualClock() }).then(resultOf);

  it("ends with its outcome", async () => {
    await expect(run(busy(), { task: task("PAUSED") }, { task: task("SUCCESS") })).resolves.toMatchObject({
      status: "SUCCESS",
    });
  });

  it("ends at its deadline", async () => {
    await expect(run({ task: task("PAUSED") })).rejects.toThrow(UnknownStatusError);
  });

  it("ends without an answer why a task is missing", async () => {
    const missing = run({});
    await expect(missing).rejects.toThrow(TaskNotFoundError);
    await expect(missing).rejects.toMatchObject({ missing: "task" });
  });
});

describe("a search", () => {
  const run = (start: { localMs: number } | undefined, ...script: (Partial<TaskListing> | Error)[]) =>
    findTask({ listTasks: listing(...script), subject, start, options, clock: new ManualClock() }).then(resultOf);

  it("takes the newest of all runs, if none is too old", async () => {
    const older = task("SUCCESS", { taskId: "older", createdAt: "2025-01-01T00:00:00Z" });
    const found = await run(undefined, busy(), {}, { tasks: [older, task("EXECUTING")] });
    expect(found).toMatchObject({ task: { taskId: "task" } });
    expect(found.start).toBeUndefined();
  });

  it("that finds nothing says so, without a start, too", async () => {
    await expect(run(undefined, {})).rejects.toThrow(/was not found.*\nCheck the name|Check the name/s);
    await expect(run(undefined, { absence: { missing: "instance", reason: "HTTP 404" } })).rejects.toThrow(
      /^instance instance of background task restart was not found .* \(HTTP 404\)/,
    );
  });

  it("has nobody to warn of other runs", async () => {
    const clockOffset = { leastMs: -1, greatestMs: 1 };
    const start = { localMs: Date.UTC(2025, 0, 1) };
    const tasks = [task("EXECUTING"), task("EXECUTING", { taskId: "other", createdAt: "2025-12-31T00:00:00Z" })];
    await expect(run(start, { tasks, clockOffset })).resolves.toMatchObject({ task: { taskId: "task" } });
  });
});

describe("a barrier", () => {
  /** Of an instance that has these statuses, one after the other. */
  const runOf = (statuses: (string | Error)[], ...script: (Partial<TaskListing> | Error)[]) =>
    waitUntilQuiet({
      view: {
        service: "kafka",
        listTasks: listing(...script),
        showTask: showing({}),
        showInstance: async () => {
          const status = statuses.length > 1 ? statuses.shift()! : statuses[0]!;
          if (status instanceof Error) throw status;
          return { projectId: "project", status };
        },
      },
      instanceId: "instance",
      filter: {},
      options: { ...options, quietMs: 0, expect: [], untilRunning: true, failOnError: false },
      clock: new ManualClock(),
    }).then(resultOf);
  const run = (...script: (Partial<TaskListing> | Error)[]) => runOf(["RUNNING"], ...script);

  it("has nobody to tell of an instance that is not RUNNING, or may not be looked at", async () => {
    const quiet = { tasks: [task("SUCCESS")] };
    await expect(runOf(["RESTARTING", "ODD", "RUNNING"], busy(), quiet)).resolves.toMatchObject({ tasks: [] });
    const forbidden = new RequestRefusedError("HTTP 403", { httpStatus: 403 });
    await expect(runOf([forbidden], quiet)).resolves.toMatchObject({ tasks: [] });
  });

  it("ends with what it waited for", async () => {
    const found = await run(busy(), { tasks: [task("PAUSED")] }, { tasks: [task("SUCCESS")] });
    expect(found.tasks).toMatchObject([{ taskId: "task", status: "SUCCESS" }]);
  });

  it("ends at its deadline", async () => {
    const late = run({ tasks: [task("PAUSED")] });
    await expect(late).rejects.toThrow(UnknownStatusError);
    await expect(late).rejects.toThrow(/in progress: restart \(id task\) PAUSED; unknown status PAUSED\./);
  });
});
