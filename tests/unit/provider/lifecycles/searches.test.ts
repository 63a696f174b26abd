import { type Emulator, startEmulator } from "../../../../emulator";
import { systemClock } from "../../../../provider/clock/clock";
import * as search from "../../../../provider/lifecycles/searchLifecycle";
import { noteSearch, takeSearchMs } from "../../../../provider/lifecycles/searches";
import * as task from "../../../../provider/lifecycles/taskLifecycle";

let emulator: Emulator;
const environment = { ...process.env };
beforeAll(async () => {
  emulator = await startEmulator();
  Object.assign(process.env, emulator.env);
});
afterEach(() => jest.restoreAllMocks());
afterAll(async () => {
  process.env = environment;
  await emulator.close();
});

const urnOf = (type: string, name: string) => `urn:pulumi:dev::shop::a:B$pulumi-nodejs:dynamic/otc:${type}::${name}`;
const ofSearch = (name: string) => ({ resourceUrn: urnOf("BackgroundTaskSearch", name) });
const ofTask = (name: string) => ({ resourceUrn: urnOf("BackgroundTask", name) });
const messageOf = (operation: Promise<unknown>) =>
  operation.then(
    () => "it succeeded",
    (error: unknown) => (error as Error).message,
  );

describe("the time that a search took", () => {
  it("is taken off the wait that follows it, and off no later one", async () => {
    const { taskId } = emulator.addTask({ name: "restart", progress: [{ status: "EXECUTING" }] });
    const inputs = { instanceId: emulator.instanceId, taskId };
    noteSearch(ofSearch("bound").resourceUrn, 600_000);

    const first = { ...inputs, ...ofTask("bound"), timeoutSeconds: 600 };
    expect(await messageOf(task.create(first))).toMatch(/has not ended after 10 min and 1 look/);
    const again = { ...first, timeoutSeconds: 0.5 };
    expect(await messageOf(task.create(again))).toMatch(/has not ended after 0\.\d s and \d looks/);
  });

  it("is noted by the search, for its own resource alone, and kept in no state", async () => {
    let nowMs = 0;
    jest.spyOn(systemClock, "nowMs").mockImplementation(() => (nowMs += 100));
    emulator.addTask({ name: "extend", progress: [{ status: "SUCCESS" }] });
    const inputs = { instanceId: emulator.instanceId, name: "extend", createdAfter: "2026-01-01T00:00:00Z" };
    const { outs } = (await search.create({ ...inputs, ...ofSearch("extended") })) as { outs: object };
    expect(Object.keys(outs).sort()).toEqual(
      ["createdAfter", "createdAt", "given", "instanceId", "name", "start", "taskId"].sort(),
    );
    expect(takeSearchMs(ofTask("other"))).toBe(0);
    const tookMs = takeSearchMs(ofTask("extended"));
    expect(tookMs).toBeGreaterThan(0);
    expect(tookMs).toBeLessThan(nowMs);
    expect(takeSearchMs(ofTask("extended"))).toBe(0);
  });
});

describe("a task whose search failed", () => {
  const inputs = { instanceId: "instance" } as Parameters<typeof task.create>[0];

  it("has no fault of its own, and is not created", async () => {
    await search.check({}, { ...inputs, name: "restart", ...ofSearch("failed") });
    const news = { ...inputs, ...ofTask("failed") };
    await expect(task.check({}, news)).resolves.toEqual({ inputs: news, failures: [] });
    const message = "the search for this task did not succeed: see the error of its BackgroundTaskSearch";
    expect(await messageOf(task.create(news))).toBe(message);
    expect(await messageOf(task.update("id", {}, news))).toBe(message);
  });

  it("is not one that has no id because the program gave none", async () => {
    const { failures } = await task.check({}, { ...inputs, ...ofTask("without") });
    expect(failures).toMatchObject([
      { property: "taskId", reason: expect.stringMatching(/^taskId is required/) as string },
    ]);
  });
});
