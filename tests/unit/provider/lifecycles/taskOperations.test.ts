import { type Emulator, startEmulator } from "../../../../emulator";
import * as task from "../../../../provider/lifecycles/taskLifecycle";
import { makeSleepsQuick } from "./quickClock";

let emulator: Emulator;
let instanceId: string;
const environment = { ...process.env };
beforeAll(async () => {
  emulator = await startEmulator();
  Object.assign(process.env, emulator.env);
});
beforeEach(() => {
  instanceId = emulator.addInstance();
  makeSleepsQuick();
});
afterEach(() => jest.restoreAllMocks());
afterAll(async () => {
  process.env = environment;
  await emulator.close();
});

const missing = "0123456789abcdef0123456789abcdef";
const add = (...statuses: string[]) =>
  emulator.addTask({
    name: "restart",
    instanceId,
    progress: statuses.map((status, i) => (i === 0 ? { status } : { status, afterLooks: i })),
  }).taskId;
const idOf = (taskId: string) => `kafka/${emulator.projectId}/${instanceId}/${taskId}`;
const inputsOf = (taskId: string) => ({ instanceId, taskId });
const stateOf = (taskId: string, status?: string) => ({
  ...inputsOf(taskId),
  ...(status !== undefined && { status, name: "restart", createdAt: "2026-01-01T00:00:00.000Z" }),
});
const asked = () => emulator.requests().filter(({ path }) => path.includes("/tasks")).length;
const requestsOf = async (operation: () => Promise<unknown>) => {
  const before = asked();
  await operation();
  return asked() - before;
};

describe("the creation of a task's resource", () => {
  it("waits until the task has ended, and records it under the project that the service tells", async () => {
    const taskId = add("CREATED", "EXECUTING", "SUCCESS");
    const created = await task.create(inputsOf(taskId));
    expect(created.id).toBe(idOf(taskId));
    expect(created.outs).toMatchObject({ instanceId, taskId, name: "restart", status: "SUCCESS" });
  });

  it("looks once without waiting", async () => {
    const created = await task.create({ ...inputsOf(add("EXECUTING", "SUCCESS")), wait: false });
    expect(created.outs).toMatchObject({ status: "EXECUTING" });
  });

  it("takes the settings from the stack's configuration", async () => {
    const given: { [key: string]: string } = {
      "opentelekomcloud:token": "expired",
      "opentelekomcloud:tenantId": "configured",
      "opentelekomcloud:region": "eu-de",
    };
    const before = process.env;
    process.env = {};
    try {
      const config = { get: (key: string) => given[key] };
      await task.configure({ config } as unknown as Parameters<typeof task.configure>[0]);
      await expect(task.create({ ...inputsOf(missing), endpoint: emulator.url })).rejects.toMatchObject({
        id: `kafka/configured/${instanceId}/${missing}`,
      });
    } finally {
      process.env = before;
      await task.configure({ config: { get: () => undefined } } as unknown as Parameters<typeof task.configure>[0]);
    }
  });
});

describe("the update of a task's resource", () => {
  it.each<[string, string[], string | undefined, object, object, string, number]>([
    ["a success stays", ["FAILED"], "SUCCESS", {}, {}, "SUCCESS", 0],
    [
      "a success stays, whether failures are accepted or not",
      ["FAILED"],
      "SUCCESS",
      { failOnError: false },
      {},
      "SUCCESS",
      0,
    ],
    ["a failed task that was repaired is looked at again", ["SUCCESS"], "FAILED", {}, {}, "SUCCESS", 1],
    ["a failure that is accepted now stays", ["SUCCESS"], "FAILED", {}, { failOnError: false }, "FAILED", 0],
    ["a task in progress is waited for", ["SUCCESS"], "EXECUTING", {}, {}, "SUCCESS", 1],
    ["a task in progress is enough without waiting", ["SUCCESS"], "EXECUTING", {}, { wait: false }, "EXECUTING", 0],
    ["a task that was never seen is waited for", ["SUCCESS"], undefined, {}, {}, "SUCCESS", 1],
  ])("%s", async (_what, progress, recorded, olds, news, status, requests) => {
    const taskId = add(...progress);
    let updated: { outs?: unknown } | undefined;
    const update = async () => {
      updated = await task.update(
        idOf(taskId),
        { ...stateOf(taskId, recorded), ...olds },
        { ...inputsOf(taskId), ...news },
      );
    };
    expect(await requestsOf(update)).toBe(requests);
    expect(updated?.outs).toMatchObject({ taskId, status });
  });

  it.each<[string, string[], object, number]>([
    ["one that is still the same", ["FAILED"], {}, 1],
    ["one whose record shows something else than a success", ["EXECUTING"], {}, 1],
    ["one that was accepted before", ["SUCCESS"], { failOnError: false }, 0],
  ])("records a failure as it was: %s", async (_what, progress, olds, requests) => {
    const taskId = add(...progress);
    const update = () =>
      expect(
        task.update(idOf(taskId), { ...stateOf(taskId, "FAILED"), ...olds }, inputsOf(taskId)),
      ).rejects.toMatchObject({
        id: idOf(taskId),
        properties: { taskId, status: "FAILED" },
      });
    expect(await requestsOf(update)).toBe(requests);
  });

  it("keeps a recorded failure when nobody answers", async () => {
    const inputs = { ...inputsOf(missing), endpoint: "http://127.0.0.1:1" };
    const olds = { ...stateOf(missing, "FAILED"), endpoint: inputs.endpoint };
    await expect(task.update(idOf(missing), olds, inputs)).rejects.toMatchObject({
      properties: { status: "FAILED" },
      message: expect.stringContaining("ended with status FAILED") as string,
    });
  });

  it.each([
    ["whose status was seen", { status: "EXECUTING" }],
    ["whose start was seen", { createdAt: "2026-01-01T00:00:00.000Z" }],
  ])("says that the record of a task disappeared, %s", async (_what, seen) => {
    const update = task.update(idOf(missing), { ...inputsOf(missing), ...seen }, inputsOf(missing));
    await expect(update).rejects.toThrow(/disappeared/);
  });

  it("says that a task was not found that was never seen", async () => {
    await expect(task.update(idOf(missing), inputsOf(missing), inputsOf(missing))).rejects.toThrow(/was not found/);
  });
});

describe("the refresh of a task's resource", () => {
  it("keeps a recorded outcome, without a request", async () => {
    const taskId = add("SUCCESS");
    const props = stateOf(taskId, "FAILED");
    expect(
      await requestsOf(() => expect(task.read(idOf(taskId), props)).resolves.toEqual({ id: idOf(taskId), props })),
    ).toBe(0);
  });

  it("shows a task in progress as it is now", async () => {
    const taskId = add("SUCCESS");
    const props = { ...stateOf(taskId, "EXECUTING"), triggers: [1] };
    const read = await task.read(idOf(taskId), props);
    expect(read.props).toMatchObject({ ...inputsOf(taskId), status: "SUCCESS", triggers: [1] });
    expect(Object.values(read.props as object)).not.toContain(undefined);
  });

  it("keeps what was recorded of a task whose record is gone", async () => {
    const props = stateOf(missing, "EXECUTING");
    await expect(task.read(idOf(missing), props)).resolves.toEqual({ id: idOf(missing), props });
  });

  it("finds a task by the resource's id alone", async () => {
    const taskId = add("EXECUTING");
    const read = await task.read(idOf(taskId), {});
    expect(read.props).toMatchObject({ taskId, instanceId, status: "EXECUTING" });
  });

  it("says of such an id that its task was not found, without a stack", async () => {
    const error = await task.read(idOf(missing), {}).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ message: expect.stringMatching(/was not found\.$/) as string });
    expect((error as Error).stack).not.toMatch(/\n +at /);
  });
});
