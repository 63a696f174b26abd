import { type Emulator, startEmulator } from "../../../../emulator";
import * as barrier from "../../../../provider/lifecycles/barrierLifecycle";
import * as search from "../../../../provider/lifecycles/searchLifecycle";
import { makeSleepsQuick } from "./quickClock";

// What works with an instance's list of tasks: the search by name, and the barrier.

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

const longAgo = "2020-01-01T00:00:00Z";
const add = (name: string, status: string) => emulator.addTask({ name, instanceId, progress: [{ status }] }).taskId;
const asked = () => emulator.requests().filter(({ path }) => path.includes("/tasks")).length;

describe("a search", () => {
  it("records what it found under the project that the service tells", async () => {
    const taskId = add("restart", "EXECUTING");
    const created = await search.create({ instanceId, name: "restart", createdAfter: longAgo });
    expect(created.id).toBe(`kafka/${emulator.projectId}/${instanceId}/name/restart`);
    const startMs = Date.parse(longAgo);
    expect(created.outs).toMatchObject({ taskId, start: { leastMs: startMs, greatestMs: startMs } });
  });

  it("that found nothing records its start, and continues from there", async () => {
    const inputs = { instanceId, name: "restart", appearTimeoutSeconds: 1 };
    const failure = (await search.create(inputs).catch((error: unknown) => error)) as {
      id: string;
      properties: object;
    };
    expect(failure.properties).toMatchObject({ start: { leastMs: expect.any(Number) as number } });
    expect(failure.properties).not.toHaveProperty("taskId");

    const start = { leastMs: Date.parse(longAgo), greatestMs: Date.parse(longAgo) };
    const taskId = add("restart", "SUCCESS");
    const updated = await search.update(failure.id, { ...failure.properties, start }, inputs);
    expect(updated.outs).toMatchObject({ taskId, start });
  });
});

describe("a barrier", () => {
  it("records the tasks that it has waited for, under the project that the service tells", async () => {
    const taskId = add("restart", "SUCCESS");
    const created = await barrier.create({ instanceId, expect: ["restart"], createdAfter: longAgo });
    expect(created.id).toBe(`kafka/${emulator.projectId}/${instanceId}`);
    expect(created.outs).toMatchObject({ isQuiet: true, tasks: [{ taskId, status: "SUCCESS" }] });
    const [task] = (created.outs as { tasks: object[] }).tasks;
    expect(Object.values(task!)).not.toContain(undefined);
  });

  it("waits for tasks of its name only", async () => {
    add("resize", "EXECUTING");
    const created = await barrier.create({ instanceId, name: "restart", timeoutSeconds: 60 });
    expect(created.outs).toMatchObject({ isQuiet: true });
  });

  it("records that an instance never became RUNNING, and with another status continues from there", async () => {
    const inputs = { instanceId: emulator.addInstance({ status: "FROZEN" }), __provider: "text" };
    const failure = (await barrier.create(inputs).catch((error: unknown) => error)) as {
      id: string;
      reasons: string[];
      properties: object;
    };
    expect(failure.reasons[0]).toContain(
      `instance ${inputs.instanceId} has the status FROZEN: it accepts no operation`,
    );
    expect(failure.properties).toMatchObject({ isQuiet: false, tasks: [] });
    expect(failure.properties).not.toHaveProperty("untilRunning");
    const tasksAlone = { ...inputs, untilRunning: false };
    await expect(barrier.update(failure.id, failure.properties, tasksAlone)).resolves.toMatchObject({
      outs: { isQuiet: true, untilRunning: false },
    });
  });

  it("of an update to tasks alone, or back, is only recorded", async () => {
    const quiet = { instanceId, given: ["instanceId"], isQuiet: true, tasks: [] };
    const sent = emulator.requests().length;
    for (const [olds, news] of [
      [{}, { untilRunning: false }],
      [{ untilRunning: false }, {}],
    ]) {
      await expect(barrier.diff("id", { ...quiet, ...olds }, { instanceId, ...news })).resolves.toEqual({
        changes: true,
        replaces: [],
      });
      await expect(barrier.update("id", { ...quiet, ...olds }, { instanceId, ...news })).resolves.toMatchObject({
        outs: { isQuiet: true, ...news },
      });
    }
    expect(emulator.requests()).toHaveLength(sent);
  });

  const failed = { instanceId: "instance", taskId: "0123456789abcdef0123456789abcdef", status: "FAILED" };
  it.each<[string, object, object]>([
    ["that was never quiet", { isQuiet: false, tasks: [] }, {}],
    ["that was never quiet, though failures are accepted now", { isQuiet: false, tasks: [] }, { failOnError: false }],
    ["that was recorded without tasks or an end", {}, {}],
  ])("%s looks again in an update", async (_what, olds, news) => {
    const before = asked();
    await expect(barrier.update("id", { instanceId, ...olds }, { instanceId, ...news })).resolves.toMatchObject({
      outs: { isQuiet: true },
    });
    expect(asked()).toBeGreaterThan(before);
  });

  it("looks again if one of several tasks had failed", async () => {
    const olds = {
      instanceId,
      given: ["instanceId"],
      isQuiet: true,
      tasks: [failed, { ...failed, status: "SUCCESS" }],
    };
    await expect(barrier.diff("id", olds, { instanceId })).resolves.toEqual({ changes: true, replaces: [] });
    const before = asked();
    await barrier.update("id", olds, { instanceId }).catch(() => undefined);
    expect(asked()).toBeGreaterThan(before);
  });

  it("sends nothing for an id in the state that would lead to another path", async () => {
    const before = asked();
    const olds = { instanceId, isQuiet: false, tasks: [{ ...failed, taskId: ".." }] };
    await expect(barrier.update("id", olds, { instanceId })).rejects.toThrow(/nothing was sent/);
    expect(asked()).toBe(before);
  });
});
