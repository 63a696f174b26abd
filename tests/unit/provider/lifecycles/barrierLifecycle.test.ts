import { check, create, diff, read, update } from "../../../../provider/lifecycles/barrierLifecycle";

const inputs = { instanceId: "instance" };
const task = (status: string) => ({ taskId: "task", instanceId: "instance", status, service: "kafka" as const });
const quiet = { ...inputs, given: ["instanceId"], isQuiet: true, tasks: [task("SUCCESS")] };
const none = { changes: false, replaces: [] };
const updated = { changes: true, replaces: [] };
// Whether there are changes is left to the engine, which then compares the inputs as the user knows them.
const replaced = (...replaces: string[]) => ({ replaces });

describe("what a change means to a barrier", () => {
  it.each<[string, object, object, object]>([
    ["nothing", {}, {}, none],
    ["the hint of the time", { startedAtMs: 1 }, { startedAtMs: 2 }, none],
    ["the text of the provider, or the URN", { __provider: "old" }, { __provider: "new", resourceUrn: "urn" }, none],
    ["instanceId", {}, { instanceId: "another" }, replaced("instanceId")],
    ["the name", {}, { name: "restart" }, replaced("name")],
    ["what is expected", {}, { expect: ["restart"] }, replaced("expect")],
    ["an explicit time, given now", {}, { createdAfter: "2026-01-01T00:00:00Z" }, replaced("createdAfter")],
    ["a trigger", {}, { triggers: [1] }, replaced("triggers")],
    ["service", {}, { service: "dcs" }, replaced("service")],
    ["quietSeconds", {}, { quietSeconds: 5 }, updated],
    ["a timeout", {}, { timeoutSeconds: 5 }, updated],
    ["failOnError", {}, { failOnError: false }, updated],
    ["nothing, before it was quiet", { isQuiet: false }, {}, updated],
    ["nothing, where a task had failed", { tasks: [task("FAILED")] }, {}, updated],
    [
      "nothing, where a failed task is accepted",
      { tasks: [task("FAILED")], failOnError: false },
      { failOnError: false },
      none,
    ],
  ])("of %s", async (_what, olds, news, result) => {
    await expect(diff("id", { ...quiet, ...olds }, { ...inputs, ...news })).resolves.toEqual(result);
  });
});

describe("the time from which on an expected task counts", () => {
  it.each<[string, object, object, number | undefined]>([
    ["is the program's in the first update", {}, { startedAtMs: 5 }, 5],
    ["stays what it was in a later one", { startedAtMs: 5 }, { startedAtMs: 9 }, 5],
    ["is of no use beside an explicit one", {}, { startedAtMs: 5, createdAfter: "2026-01-01T00:00:00Z" }, undefined],
  ])("%s", async (_what, olds, news, expected) => {
    const result = await check(olds, { ...inputs, ...news });
    expect((result.inputs as { startedAtMs?: number }).startedAtMs).toBe(expected);
  });
});

describe("a barrier in the state", () => {
  const found = { start: { leastMs: 1, greatestMs: 2 }, expectFrom: { leastMs: 0, greatestMs: 1 } };

  it("keeps what it found, whatever else is updated or refreshed, without a request", async () => {
    const olds = { ...quiet, ...found };
    await expect(update("id", olds, { ...inputs, quietSeconds: 9 })).resolves.toEqual({
      outs: { ...olds, quietSeconds: 9 },
    });
    await expect(read("id", olds)).resolves.toEqual({ id: "id", props: olds });
  });

  it("is judged anew without a request when failOnError changes, and its failure is recorded with all it found", async () => {
    const olds = { ...quiet, ...found, tasks: [task("FAILED"), task("SUCCESS")], failOnError: false };
    await expect(update("id", olds, { ...inputs, __provider: "text" })).rejects.toMatchObject({
      id: "id",
      reasons: [expect.stringContaining("1 background task of instance instance failed")],
      properties: { ...quiet, ...found, tasks: olds.tasks, isQuiet: true, __provider: "text" },
    });
  });

  it("keeps what it found when it cannot look, since the settings are missing", async () => {
    const olds = { ...quiet, ...found, isQuiet: false, tasks: [task("EXECUTING")] };
    await withoutSettings(async () => {
      await expect(update("id", olds, { ...inputs })).rejects.toMatchObject({
        reasons: [expect.stringContaining("no project is set")],
        properties: { ...olds, isQuiet: false },
      });
    });
  });

  it("has an id and the provider's text from the first failure on", async () => {
    await withoutSettings(async () => {
      await expect(create({ ...inputs, service: "rabbitmq", __provider: "text" })).rejects.toMatchObject({
        id: "rabbitmq/-/instance",
        properties: { ...inputs, tasks: [], isQuiet: false, __provider: "text" },
      });
    });
  });
});

async function withoutSettings(test: () => Promise<void>): Promise<void> {
  const before = { ...process.env };
  Object.keys(process.env)
    .filter((name) => name.startsWith("OS_"))
    .forEach((name) => delete process.env[name]);
  try {
    await test();
  } finally {
    Object.assign(process.env, before);
  }
}
