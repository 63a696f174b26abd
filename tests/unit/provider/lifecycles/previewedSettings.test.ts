import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type * as Barrier from "../../../../provider/lifecycles/barrierLifecycle";
import type * as Link from "../../../../provider/lifecycles/engineLink";
import type * as Search from "../../../../provider/lifecycles/searchLifecycle";
import type * as Task from "../../../../provider/lifecycles/taskLifecycle";
import { inProcessOf } from "./listeningProcess";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const environment = process.env;
/* eslint-disable @typescript-eslint/no-require-imports -- loaded once the engine's address is known */
const { engine, loaded } = inProcessOf(() => ({
  link: require("../../../../provider/lifecycles/engineLink") as typeof Link,
  task: require("../../../../provider/lifecycles/taskLifecycle") as typeof Task,
  search: require("../../../../provider/lifecycles/searchLifecycle") as typeof Search,
  barrier: require("../../../../provider/lifecycles/barrierLifecycle") as typeof Barrier,
}));
/* eslint-enable @typescript-eslint/no-require-imports */

// What was warned of before is known as long as the process lasts: each test misses something of another file.
let folder: string;
const setEntry = (auth: object) => {
  const file = path.join(folder, "clouds.yaml");
  writeFileSync(file, JSON.stringify({ clouds: { shop: { region_name: "eu-de", auth } } }));
  process.env = { PATH: environment["PATH"], HOME: folder, OS_CLIENT_CONFIG_FILE: file };
};
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "preview-"));
  setEntry({ username: "deploy", project_id: "a".repeat(32) });
});
afterEach(() => {
  process.env = environment;
  rmSync(folder, { recursive: true });
  engine.messages.splice(0);
});

/** The messages so far, each with its row. */
async function messages(): Promise<[urn: string, message: string][]> {
  await loaded().link.rowOfResource("end").debug("end");
  const shown = engine.messages.splice(0);
  expect(shown.pop()).toMatchObject({ urn: "end" });
  expect(shown.filter(({ severity }) => severity !== "warning")).toEqual([]);
  return shown.map(({ urn, message }) => [urn, message]);
}

const hint = { isPreview: true as const, resourceUrn: "urn" };
const byId = { ...hint, instanceId: "i", taskId: "t" };
const missing = ["urn", expect.stringMatching(/^The update would fail: .*auth.username in entry shop of .* needs/)];

describe("a preview without settings", () => {
  it.each<[string, () => Promise<object>]>([
    ["task", () => loaded().task.check({}, byId)],
    ["search", () => loaded().search.check({}, { ...hint, instanceId: "i", name: "restart" })],
    ["barrier", () => loaded().barrier.check({}, { ...hint, instanceId: "i" })],
  ])("warns on the row of a new %s and checks it as usual, without the hint", async (_kind, checked) => {
    const { inputs, failures } = (await checked()) as { inputs: object; failures: object[] };
    expect(failures).toEqual([]);
    expect(inputs).not.toHaveProperty("isPreview");
    expect(await messages()).toEqual([missing]);
  });

  it("warns once of what several resources miss", async () => {
    await loaded().task.check({}, byId);
    await loaded().task.check({}, { ...byId, taskId: "another", resourceUrn: "another" });
    expect(await messages()).toEqual([missing]);
  });

  it.each<[string, () => Promise<object>]>([
    ["task", () => loaded().task.diff("id", { instanceId: "i", taskId: "t", status: "EXECUTING" }, byId)],
    [
      "search",
      () => loaded().search.diff("id", { instanceId: "i", name: "a" }, { ...hint, instanceId: "i", name: "a" }),
    ],
    ["barrier", () => loaded().barrier.diff("id", { instanceId: "i", isQuiet: false }, { ...hint, instanceId: "i" })],
  ])("warns of a recorded %s whose wait goes on", async (_kind, differ) => {
    await loaded().task.check({ instanceId: "i" }, byId);
    expect(await messages()).toEqual([]);
    await differ();
    expect(await messages()).toEqual([missing]);
  });

  it("says nothing of a recorded task that has succeeded: its update sends nothing", async () => {
    await loaded().task.check({ instanceId: "i", taskId: "t" }, byId);
    await loaded().task.diff("id", { instanceId: "i", taskId: "t", status: "SUCCESS" }, byId);
    expect(await messages()).toEqual([]);
  });

  it("says nothing of a resource whose arguments are wrong, or where the cloud or the region is not known yet", async () => {
    await loaded().task.check({}, { ...byId, taskId: "a/b" });
    await loaded().task.check({}, { ...byId, cloud: unknown });
    await loaded().task.check({}, { ...byId, cloudProvider: unknown as never });
    await loaded().task.check({}, { ...byId, region: unknown });
    expect(await messages()).toEqual([]);
  });

  it("misses a project only if none will be known", async () => {
    setEntry({ token: "token" });
    await loaded().task.check({}, { ...byId, projectId: unknown });
    await loaded().task.check({}, { ...byId, projectId: "b".repeat(32), endpoint: unknown });
    expect(await messages()).toEqual([]);
    await loaded().task.check({}, byId);
    expect(await messages()).toEqual([
      ["urn", expect.stringMatching(/^The update would fail: no project is set: .*\nRun: /)],
    ]);
  });
});

it("warns of nothing in an update, which fails by itself", async () => {
  const { isPreview: _, ...inUpdate } = byId;
  await loaded().task.check({}, inUpdate);
  await loaded().task.diff("id", { instanceId: "i", taskId: "t", status: "EXECUTING" }, inUpdate);
  expect(await messages()).toEqual([]);
});
