import * as pulumi from "@pulumi/pulumi";
import type { Emulator } from "../../../../emulator";
import {
  getBackgroundTask,
  getBackgroundTaskOutput,
  getBackgroundTasks,
  getBackgroundTasksOutput,
  getQuietInstance,
  getQuietInstanceOutput,
  InvalidArgumentError,
  TaskFailedError,
  TaskNotFoundError,
  TasksFailedError,
} from "../../../../provider";
import { endCloud, startCloud } from "../programsCloud";

// What the functions return, in an update and in a preview, of an emulator that answers at once.

let emulator: Emulator;
let instanceId: string;
beforeEach(async () => {
  emulator = await startCloud();
  instanceId = emulator.addInstance();
  jest.spyOn(pulumi.log, "warn").mockResolvedValue(undefined);
});
afterEach(async () => {
  runsInPreview(false);
  await endCloud();
});

const runsInPreview = (isPreview: boolean) =>
  (pulumi.runtime as unknown as { _setIsDryRun(value: boolean): void })._setIsDryRun(isPreview);
const warnings = () => jest.mocked(pulumi.log.warn).mock.calls.map(([message]) => message);
const looks = () => (emulator.counts()["showTask"] ?? 0) + (emulator.counts()["listTasks"] ?? 0);

/** A task that began so many seconds ago. */
const add = (status: string, secondsAgo = 0, name = "restart") =>
  emulator.addTask({
    name,
    instanceId,
    createdAt: new Date(Date.now() - 1000 * secondsAgo).toISOString(),
    progress: [{ status }],
  }).taskId;
const ago = (seconds: number) => new Date(Date.now() - 1000 * seconds);

describe("getBackgroundTask", () => {
  it("resolves with a task that has ended", async () => {
    const taskId = add("SUCCESS");
    await expect(getBackgroundTask({ instanceId, taskId })).resolves.toMatchObject({ taskId, status: "SUCCESS" });
  });

  it("rejects with a task that failed, in one line without a stack", async () => {
    const taskId = add("FAILED");
    const error = (await getBackgroundTask({ instanceId, taskId }).catch((error: unknown) => error)) as Error;
    expect(error).toBeInstanceOf(TaskFailedError);
    expect(error).toMatchObject({ __pulumiRunError: true, task: { taskId } });
    expect(error.stack ?? "").not.toMatch(/\n\s+at /);
  });

  it("resolves with it if that is no error, and with one in progress if it shall not wait", async () => {
    const [failed, busy] = [add("FAILED"), add("EXECUTING")];
    const accepted = getBackgroundTask({ instanceId, taskId: failed, failOnError: false });
    await expect(accepted).resolves.toMatchObject({ status: "FAILED" });
    const looked = getBackgroundTask({ instanceId, taskId: busy, wait: false });
    await expect(looked).resolves.toMatchObject({ status: "EXECUTING" });
  });

  it("finds the newest task of the name since then, and waits for it", async () => {
    add("SUCCESS", 60);
    const newest = add("SUCCESS", 10);
    add("SUCCESS", 5, "other");
    const by = { instanceId, name: "restart" };
    await expect(getBackgroundTask({ ...by, createdAfter: ago(30) })).resolves.toMatchObject({ taskId: newest });
    const text = getBackgroundTask({ ...by, createdAfter: ago(5).toISOString(), appearTimeoutSeconds: 0 });
    await expect(text).rejects.toThrow(TaskNotFoundError);
    await expect(getBackgroundTask({ ...by, wait: false })).resolves.toMatchObject({ taskId: newest });
    const busy = add("EXECUTING");
    await expect(getBackgroundTask({ ...by, wait: false })).resolves.toMatchObject({ taskId: busy });
    const waited = getBackgroundTask({ ...by, createdAfter: ago(5), timeoutSeconds: 0.3 });
    await expect(waited).rejects.toThrow(/has not ended after/);
  });

  it("resolves with undefined for a missing task if that is no error, but not for a missing instance", async () => {
    const missing = { instanceId, taskId: "0123456789abcdef0123456789abcdef", appearTimeoutSeconds: 0 };
    await expect(getBackgroundTask({ ...missing, ifMissing: "undefined" })).resolves.toBeUndefined();
    await expect(getBackgroundTask(missing)).rejects.toThrow(TaskNotFoundError);
    const nowhere = { ...missing, instanceId: "00000000-0000-0000-0000-000000000000" };
    await expect(getBackgroundTask({ ...nowhere, ifMissing: "undefined" })).rejects.toThrow(TaskNotFoundError);
    const failed = getBackgroundTask({ instanceId, taskId: add("FAILED"), ifMissing: "undefined" });
    await expect(failed).rejects.toThrow(TaskFailedError);
  });
});

describe("getBackgroundTasks", () => {
  it("lists what the filters select, newest first", async () => {
    const [first, second, third] = [add("SUCCESS", 60), add("FAILED", 30), add("EXECUTING", 10, "resize")];
    const ids = async (filter: object) =>
      (await getBackgroundTasks({ instanceId, ...filter })).map((task) => task.taskId);
    await expect(ids({})).resolves.toEqual([third, second, first]);
    await expect(ids({ name: "restart" })).resolves.toEqual([second, first]);
    await expect(ids({ status: "SUCCESS" })).resolves.toEqual([first]);
    await expect(ids({ createdAfter: ago(40) })).resolves.toEqual([third, second]);
    await expect(ids({ createdBefore: ago(20) })).resolves.toEqual([second, first]);
    await expect(ids({ createdAfter: ago(40), createdBefore: ago(20) })).resolves.toEqual([second]);
  });
});

describe("getQuietInstance", () => {
  const soon = (status: string) =>
    emulator.addTask({ name: "restart", instanceId, progress: [{ status: "EXECUTING" }, { status, afterLooks: 1 }] });

  it("resolves with the tasks that it waited for", async () => {
    add("SUCCESS", 60);
    await expect(
      getQuietInstance({ instanceId, quietSeconds: 0, minDelaySeconds: 0.1, maxDelaySeconds: 0.1 }),
    ).resolves.toEqual([]);
    const { taskId } = soon("SUCCESS");
    const waited = getQuietInstance({ instanceId, quietSeconds: 0, minDelaySeconds: 0.1, maxDelaySeconds: 0.1 });
    await expect(waited).resolves.toMatchObject([{ taskId, status: "SUCCESS" }]);
  });

  it("rejects if one of them failed, unless that is no error", async () => {
    soon("FAILED");
    await expect(
      getQuietInstance({ instanceId, quietSeconds: 0, minDelaySeconds: 0.1, maxDelaySeconds: 0.1 }),
    ).rejects.toThrow(TasksFailedError);
    soon("FAILED");
    const accepted = getQuietInstance({
      instanceId,
      quietSeconds: 0,
      minDelaySeconds: 0.1,
      maxDelaySeconds: 0.1,
      failOnError: false,
    });
    await expect(accepted).resolves.toMatchObject([{ status: "FAILED" }]);
  });

  it("waits for tasks of a name alone, and for the instance's status unless the tasks alone shall decide", async () => {
    add("EXECUTING", 10, "other");
    await expect(
      getQuietInstance({ instanceId, name: "restart", quietSeconds: 0, minDelaySeconds: 0.1, maxDelaySeconds: 0.1 }),
    ).resolves.toEqual([]);
    instanceId = emulator.addInstance({ status: "RESTARTING" });
    const late = getQuietInstance({ instanceId, quietSeconds: 0, timeoutSeconds: 0.3 });
    await expect(late).rejects.toThrow(/was not seen RUNNING/);
    await expect(getQuietInstance({ instanceId, quietSeconds: 0, untilRunning: false })).resolves.toEqual([]);
  });
});

describe("in a preview", () => {
  beforeEach(() => runsInPreview(true));

  it("a function looks once and resolves with what it saw", async () => {
    const busy = add("EXECUTING");
    await expect(getBackgroundTask({ instanceId, taskId: busy })).resolves.toMatchObject({ status: "EXECUTING" });
    const byName = getBackgroundTask({ instanceId, name: "restart", createdAfter: ago(5) });
    await expect(byName).resolves.toMatchObject({ taskId: busy });
    await expect(getBackgroundTasks({ instanceId, status: "EXECUTING" })).resolves.toMatchObject([{ taskId: busy }]);
    await expect(getBackgroundTasks({ instanceId, status: "FAILED" })).resolves.toEqual([]);
    expect(looks()).toBe(4);
    expect(warnings()).toEqual([]);
  });

  it("nothing that it sees is an error: a warning says so", async () => {
    const taskId = add("FAILED");
    await expect(getBackgroundTask({ instanceId, taskId })).resolves.toMatchObject({ taskId, status: "FAILED" });
    const missing = { instanceId, taskId: "0123456789abcdef0123456789abcdef" };
    await expect(getBackgroundTask(missing)).resolves.toEqual(missing);
    await expect(getBackgroundTasks({ instanceId: "nowhere" })).resolves.toEqual([]);
    expect(warnings()).toEqual([
      expect.stringMatching(/ended with status FAILED.* The preview continues\.$/),
      expect.stringMatching(/was not found\. The preview continues\.$/),
      expect.stringMatching(/ The preview continues\.$/),
    ]);
    await expect(getBackgroundTask({ ...missing, ifMissing: "undefined" })).resolves.toBeUndefined();
    await expect(getBackgroundTask({ instanceId, taskId, failOnError: false })).resolves.toMatchObject({ taskId });
    expect(warnings()).toHaveLength(3);
  });

  it("getQuietInstance sees the instance's tasks, whenever they began", async () => {
    const old = add("SUCCESS", 3600);
    const seen = getQuietInstance({ instanceId, expect: ["restart"], createdAfter: ago(5) });
    await expect(seen).resolves.toMatchObject([{ taskId: old }]);
  });
});

describe("the Output forms", () => {
  const settled = async <T>(output: pulumi.Output<T>) => {
    const inside = output as unknown as { isKnown: Promise<boolean>; promise(withUnknowns?: boolean): Promise<T> };
    return (await inside.isKnown) ? inside.promise() : "unknown";
  };

  it("resolve with the same", async () => {
    const taskId = add("SUCCESS");
    const task = getBackgroundTaskOutput({ instanceId: pulumi.output(instanceId), taskId: Promise.resolve(taskId) });
    await expect(settled(task)).resolves.toMatchObject({ taskId, status: "SUCCESS" });
    await expect(settled(getBackgroundTasksOutput({ instanceId }))).resolves.toMatchObject([{ taskId }]);
    await expect(
      settled(getQuietInstanceOutput({ instanceId, quietSeconds: 0, minDelaySeconds: 0.1, maxDelaySeconds: 0.1 })),
    ).resolves.toEqual([]);
  });

  it("are known in a preview only if an update would have the same result", async () => {
    runsInPreview(true);
    const ended = add("SUCCESS");
    await expect(settled(getBackgroundTaskOutput({ instanceId, taskId: ended }))).resolves.toMatchObject({
      taskId: ended,
    });
    await expect(settled(getBackgroundTasksOutput({ instanceId }))).resolves.toMatchObject([{ taskId: ended }]);
    await expect(settled(getQuietInstanceOutput({ instanceId }))).resolves.toBe("unknown");
    const busy = add("EXECUTING");
    await expect(settled(getBackgroundTaskOutput({ instanceId, taskId: busy }))).resolves.toBe("unknown");
    await expect(settled(getBackgroundTasksOutput({ instanceId }))).resolves.toBe("unknown");
    const missing = { instanceId, taskId: "0123456789abcdef0123456789abcdef", ifMissing: "undefined" as const };
    await expect(settled(getBackgroundTaskOutput(missing))).resolves.toBe("unknown");
    await expect(settled(getBackgroundTasksOutput({ instanceId: "nowhere" }))).resolves.toBe("unknown");
  });
});

describe("before anything is sent, an error names", () => {
  const signal = new AbortController().signal;
  it.each<[string, () => Promise<unknown>, string]>([
    [
      "each fault of the arguments",
      () => getBackgroundTask({ instanceId: "", taskId: "a/b" }),
      "getBackgroundTask: instanceId must not be empty.\ngetBackgroundTask: taskId must consist of",
    ],
    [
      "arguments that are none",
      () => getBackgroundTasks(undefined as never),
      "getBackgroundTasks: the arguments must be an object, but are undefined.",
    ],
    [
      "arguments that are null",
      () => getBackgroundTasks(null as never),
      "getBackgroundTasks: the arguments must be an object",
    ],
    [
      "a Date that is none",
      () => getBackgroundTasks({ instanceId: "i", createdAfter: new Date(NaN) }),
      "getBackgroundTasks: createdAfter must be an RFC 3339 time",
    ],
    [
      "an unknown option",
      () => getBackgroundTask({ instanceId: "i", taskId: "t" }, { provider: 1 } as never),
      'getBackgroundTask: unknown option "provider": the options are parent, signal, onProgress.',
    ],
    [
      "an option of another function",
      () => getBackgroundTasks({ instanceId: "i" }, { onProgress: () => undefined } as never),
      'getBackgroundTasks: unknown option "onProgress": the options are parent, signal.',
    ],
    [
      "a signal that is none",
      () => getQuietInstance({ instanceId: "i" }, { signal: {} } as never),
      "getQuietInstance: the option signal must be an AbortSignal.",
    ],
    [
      "each malformed option",
      () => getQuietInstance({ instanceId: "i" }, { signal: 1, onProgress: 1 } as never),
      "getQuietInstance: the option signal must be an AbortSignal.\ngetQuietInstance: the option onProgress must be a function.",
    ],
  ])("%s", async (_what, call, said) => {
    const error = (await call().catch((error: unknown) => error)) as Error;
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(error.message.startsWith(said)).toBe(true);
    expect(error).toMatchObject({ __pulumiRunError: true });
    expect(emulator.requests()).toEqual([]);
  });

  it("a malformed option of an Output form", () => {
    const call = () => getBackgroundTasksOutput({ instanceId }, { signal: 1 } as never);
    expect(call).toThrow("getBackgroundTasksOutput: the option signal must be an AbortSignal.");
  });

  it("nothing for options that are not set", async () => {
    const given = { parent: undefined, signal, onProgress: undefined };
    await expect(
      getQuietInstance({ instanceId, quietSeconds: 0, minDelaySeconds: 0.1, maxDelaySeconds: 0.1 }, given),
    ).resolves.toEqual([]);
  });
});

describe("a function's progress", () => {
  it("is told for each look, and an aborted signal ends the call with its reason", async () => {
    const taskId = add("SUCCESS");
    const told: unknown[] = [];
    await getBackgroundTask({ instanceId, taskId }, { onProgress: ({ status }) => told.push(status) });
    expect(told).toEqual(["SUCCESS"]);
    const reason = new Error("enough");
    const call = getBackgroundTask({ instanceId, taskId }, { signal: AbortSignal.abort(reason) });
    await expect(call).rejects.toBe(reason);
    const inProgress = add("EXECUTING");
    const failing = getBackgroundTask(
      { instanceId, taskId: inProgress },
      {
        onProgress: () => {
          throw reason;
        },
      },
    );
    await expect(failing).rejects.toBe(reason);
  });
});
