const warnings: [row: string | undefined, message: string][] = [];
jest.mock("../../../../provider/lifecycles/engineLink", () => ({
  rowOfResource: (urn?: string) => ({ warn: (message: string) => void warnings.push([urn, message]) }),
}));

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const environment = process.env;
let task: typeof import("../../../../provider/lifecycles/taskLifecycle");
let search: typeof import("../../../../provider/lifecycles/searchLifecycle");
let barrier: typeof import("../../../../provider/lifecycles/barrierLifecycle");

beforeEach(() => {
  const noPassword = { OS_USERNAME: "user", OS_REGION_NAME: "eu-de", OS_PROJECT_ID: "a".repeat(32) };
  process.env = { PATH: environment["PATH"], HOME: "/nonexistent", ...noPassword };
  warnings.length = 0;
  // What was warned of before is known as long as the process lasts.
  jest.resetModules();
  task = jest.requireActual("../../../../provider/lifecycles/taskLifecycle");
  search = jest.requireActual("../../../../provider/lifecycles/searchLifecycle");
  barrier = jest.requireActual("../../../../provider/lifecycles/barrierLifecycle");
});
afterEach(() => {
  process.env = environment;
});

const hint = { isPreview: true as const, resourceUrn: "urn" };
const byId = { ...hint, instanceId: "i", taskId: "t" };
const missing = ["urn", expect.stringMatching(/^The update would fail: .*OS_USERNAME in the environment needs/)];

describe("a preview without settings", () => {
  it.each<[string, () => Promise<object>]>([
    ["task", () => task.check({}, byId)],
    ["search", () => search.check({}, { ...hint, instanceId: "i", name: "restart" })],
    ["barrier", () => barrier.check({}, { ...hint, instanceId: "i" })],
  ])("warns on the row of a new %s and checks it as usual, without the hint", async (_kind, checked) => {
    const { inputs, failures } = (await checked()) as { inputs: object; failures: object[] };
    expect(failures).toEqual([]);
    expect(inputs).not.toHaveProperty("isPreview");
    expect(warnings).toEqual([missing]);
  });

  it("warns once of what several resources miss", async () => {
    await task.check({}, byId);
    await task.check({}, { ...byId, taskId: "another", resourceUrn: "another" });
    expect(warnings).toEqual([missing]);
  });

  it.each<[string, () => Promise<object>]>([
    ["task", () => task.diff("id", { instanceId: "i", taskId: "t", status: "EXECUTING" }, byId)],
    ["search", () => search.diff("id", { instanceId: "i", name: "a" }, { ...hint, instanceId: "i", name: "a" })],
    ["barrier", () => barrier.diff("id", { instanceId: "i", isQuiet: false }, { ...hint, instanceId: "i" })],
  ])("warns of a recorded %s whose wait goes on", async (_kind, differ) => {
    await task.check({ instanceId: "i" }, byId);
    expect(warnings).toEqual([]);
    await differ();
    expect(warnings).toEqual([missing]);
  });

  it("says nothing of a recorded task that has succeeded: its update sends nothing", async () => {
    await task.check({ instanceId: "i", taskId: "t" }, byId);
    await task.diff("id", { instanceId: "i", taskId: "t", status: "SUCCESS" }, byId);
    expect(warnings).toEqual([]);
  });

  it("says nothing of a resource whose arguments are wrong, or where the cloud or the region is not known yet", async () => {
    await task.check({}, { ...byId, taskId: "a/b" });
    await task.check({}, { ...byId, cloud: unknown });
    await task.check({}, { ...byId, region: unknown });
    expect(warnings).toEqual([]);
  });

  it("misses a project only if none will be known", async () => {
    process.env = { ...process.env, OS_USERNAME: undefined, OS_AUTH_TOKEN: "token", OS_PROJECT_ID: undefined };
    await task.check({}, { ...byId, projectId: unknown });
    await task.check({}, { ...byId, projectId: "b".repeat(32), endpoint: unknown });
    expect(warnings).toEqual([]);
    await task.check({}, byId);
    expect(warnings).toEqual([["urn", expect.stringMatching(/^The update would fail: no project is set: .*\nRun: /)]]);
  });
});

it("warns of nothing in an update, which fails by itself", async () => {
  const { isPreview: _, ...inUpdate } = byId;
  await task.check({}, inUpdate);
  await task.diff("id", { instanceId: "i", taskId: "t", status: "EXECUTING" }, inUpdate);
  expect(warnings).toEqual([]);
});
