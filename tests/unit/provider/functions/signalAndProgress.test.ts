import type { Emulator } from "../../../../emulator";
import { getBackgroundTask } from "../../../../provider/functions/getBackgroundTask";
import { getBackgroundTasks } from "../../../../provider/functions/getBackgroundTasks";
import { getQuietInstance } from "../../../../provider/functions/getQuietInstance";
import { InvalidArgumentError } from "../../../../provider/task/errors";
import { endCloud, startCloud } from "../programsCloud";

let emulator: Emulator;
// One each: a login that is aborted with its wait must not serve the next test.
beforeEach(async () => {
  emulator = await startCloud();
});
afterEach(endCloud);

const running = () => emulator.addTask({ name: "restart", progress: [{ status: "EXECUTING" }] }).taskId;
const reason = new Error("no longer wanted");

describe("the signal", () => {
  const calls = {
    getBackgroundTask: (signal: AbortSignal) =>
      getBackgroundTask({ instanceId: emulator.instanceId, taskId: running() }, { signal }),
    "getBackgroundTask by name": (signal: AbortSignal) =>
      getBackgroundTask({ instanceId: emulator.instanceId, name: "none", createdAfter: new Date(0) }, { signal }),
    getQuietInstance: (signal: AbortSignal) => {
      running();
      return getQuietInstance({ instanceId: emulator.instanceId }, { signal });
    },
  };

  it.each(Object.entries(calls))("ends %s with its reason, and nothing more is sent", async (_name, call) => {
    const abort = new AbortController();
    const ended = call(abort.signal).catch((error: unknown) => error);
    while (emulator.requests().length < 3) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    abort.abort(reason);
    expect(await ended).toBe(reason);
    const sent = emulator.requests().length;
    await new Promise((resolve) => setTimeout(resolve, 400));
    expect(emulator.requests()).toHaveLength(sent);
  });

  it("that is aborted already sends nothing", async () => {
    const signal = AbortSignal.abort(reason);
    const { instanceId } = emulator;
    await expect(getBackgroundTask({ instanceId, taskId: running() }, { signal })).rejects.toBe(reason);
    await expect(getBackgroundTasks({ instanceId }, { signal })).rejects.toBe(reason);
    await expect(getQuietInstance({ instanceId }, { signal })).rejects.toBe(reason);
    expect(emulator.requests()).toEqual([]);
  });
});

describe("onProgress", () => {
  const progress = [{ status: "EXECUTING" }, { status: "SUCCESS", afterLooks: 2 }];

  it("hears of the task at each look", async () => {
    const seen: unknown[] = [];
    const { taskId } = emulator.addTask({ name: "restart", progress });
    await getBackgroundTask(
      { instanceId: emulator.instanceId, taskId },
      { onProgress: (task) => seen.push([task.taskId, task.status]) },
    );
    expect(seen).toEqual([
      [taskId, "EXECUTING"],
      [taskId, "EXECUTING"],
      [taskId, "SUCCESS"],
    ]);
  });

  it("hears of what keeps an instance from being quiet", async () => {
    const seen = new Set<string>();
    const { taskId } = emulator.addTask({ name: "restart", progress });
    const onProgress = (task: { taskId: string; status?: string }) => seen.add(`${task.taskId} ${task.status}`);
    await getQuietInstance({ instanceId: emulator.instanceId, quietSeconds: 0 }, { onProgress });
    expect([...seen]).toEqual([`${taskId} EXECUTING`]);
  });

  it("ends the wait by what it throws", async () => {
    const onProgress = () => {
      throw reason;
    };
    const args = { instanceId: emulator.instanceId, taskId: running() };
    await expect(getBackgroundTask(args, { onProgress })).rejects.toBe(reason);
  });
});

describe("options", () => {
  it.each([
    [{ signal: {} }, "getBackgroundTask: the option signal must be an AbortSignal."],
    [{ onProgress: "log" }, "getBackgroundTask: the option onProgress must be a function."],
    [{ timeout: 3 }, 'getBackgroundTask: unknown option "timeout": the options are parent, signal, onProgress.'],
  ])("%j are refused in one sentence", async (opts, message) => {
    const refused = getBackgroundTask({ instanceId: "i", taskId: "t" }, opts as never);
    await expect(refused).rejects.toThrow(InvalidArgumentError);
    await expect(refused).rejects.toThrow(message);
  });

  it("onProgress is unknown to a list", async () => {
    const refused = getBackgroundTasks({ instanceId: "i" }, { onProgress: () => undefined } as never);
    await expect(refused).rejects.toThrow('unknown option "onProgress": the options are parent, signal.');
  });
});
