import * as pulumi from "@pulumi/pulumi";
import { type Emulator, startEmulator } from "../../../../emulator";
import { backgroundTaskStillSucceeded } from "../../../../provider/policy/backgroundTaskStillSucceeded";
import { instanceQuietBeforeChange } from "../../../../provider/policy/instanceQuietBeforeChange";
import { recordedAs, type RecordedResource, unknownString } from "./recordedStacks";
import { analyzeResources, analyzeStack } from "./sdkCalls";

// Both rules ask the real client, which asks the emulator; the settings come from the environment, as in a pack.

const runsInPreview = (isPreview: boolean) =>
  (pulumi.runtime as unknown as { _setIsDryRun(value: boolean): void })._setIsDryRun(isPreview);

let emulator: Emulator;
let printed: string[];
const environment = { ...process.env };

beforeAll(async () => {
  emulator = await startEmulator();
  Object.assign(process.env, emulator.env);
});
beforeEach(() => {
  emulator.reset();
  runsInPreview(false);
  printed = [];
  jest.spyOn(console, "error").mockImplementation((line: string) => void printed.push(line));
});
afterEach(() => jest.restoreAllMocks());
afterAll(async () => {
  process.env = environment;
  await emulator.close();
});

const add = (status: string, name = "restart") => emulator.addTask({ name, progress: [{ status }] }).taskId;
// A reset ends the token that the tests before were given.
const sent = () => emulator.requests().filter(({ route, status }) => /Tasks?$/.test(route) && status !== 401).length;

describe("background-task-still-succeeded", () => {
  const recordedAsSuccess = (taskId: string, changes = {}): RecordedResource =>
    recordedAs("first update", "stack", ["BackgroundTask", "succeeded"], { taskId, ...changes });

  it.each([
    ["SUCCESS", undefined],
    ["FAILED", "ended with status FAILED"],
    ["CANCELLED", "ended with status CANCELLED"],
    ["EXECUTING", "has not ended: its status is EXECUTING"],
    ["Success", "has the unknown status Success"],
  ])("judges a recorded success by the status %s that it has now", async (status, fault) => {
    const violations = await analyzeStack(backgroundTaskStillSucceeded, [recordedAsSuccess(add(status))]);
    expect(violations).toHaveLength(fault === undefined ? 0 : 1);
    expect(violations[0]?.message ?? "").toContain(fault ?? "");
    expect(violations[0]?.message ?? "").toContain(fault ? "although the resource recorded a success" : "");
    expect(sent()).toBe(1);
  });

  it("says of a record that is gone that it is gone, not that the task failed", async () => {
    const [gone, deleted] = [recordedAsSuccess("8abfa7b272adc5b40172b73130065ae7"), recordedAsSuccess(add("DELETED"))];
    expect(await analyzeStack(backgroundTaskStillSucceeded, [gone, deleted])).toEqual([]);
    expect(printed).toHaveLength(1);
    expect(printed[0]).toMatch(
      /no longer has the record of BackgroundTask "succeeded".*; .*\. That is not a failure\.$/,
    );
  });

  it("asks about each task of a barrier, and about the same task once", async () => {
    const [failed, succeeded] = [add("FAILED"), add("SUCCESS")];
    const barrier = recordedAs("first update", "stack", ["QuietInstance", "barrier"]);
    const [task] = barrier.props["tasks"] as object[];
    const tasks = [failed, succeeded].map((taskId) => ({ ...task, taskId, instanceId: emulator.instanceId }));
    const violations = await analyzeStack(backgroundTaskStillSucceeded, [
      { ...barrier, props: { ...barrier.props, tasks } },
      recordedAsSuccess(succeeded),
    ]);
    expect(violations.map(({ urn }) => urn)).toEqual([barrier.urn]);
    expect(sent()).toBe(2);
  });

  it.each([["warn"], ["violate"]])("reports a service that refuses, by onUnreachable: %s", async (onUnreachable) => {
    emulator.replyNext({ route: "showTask", times: 100, status: 403, code: "DMS.00403002" });
    const tasks = [recordedAsSuccess(add("SUCCESS")), recordedAsSuccess(add("SUCCESS"))];
    const violations = await analyzeStack(backgroundTaskStillSucceeded, tasks, { onUnreachable });
    const said = onUnreachable === "violate" ? violations.map(({ message }) => message) : printed;
    expect(said.join("\n")).toMatch(/could not check BackgroundTask "succeeded".*DMS\.00403002/);
    expect(onUnreachable === "violate" ? printed : violations).toEqual([]);
  });

  it("names what it did not ask about because of maxTasks", async () => {
    const tasks = [recordedAsSuccess(add("SUCCESS")), recordedAsSuccess(add("FAILED"))];
    expect(await analyzeStack(backgroundTaskStillSucceeded, tasks, { maxTasks: 1 })).toEqual([]);
    expect(sent()).toBe(1);
    expect(printed.join()).toContain("the limit is 1 task (maxTasks)");
  });

  it("says which settings are missing", async () => {
    const password = process.env["OS_PASSWORD"];
    delete process.env["OS_PASSWORD"];
    try {
      await analyzeStack(backgroundTaskStillSucceeded, [recordedAsSuccess(add("SUCCESS"))]);
    } finally {
      process.env["OS_PASSWORD"] = password;
    }
    expect(printed).toHaveLength(1);
    expect(printed[0]).toContain("needs the setting password");
  });

  it("asks in a preview about recorded successes only", async () => {
    runsInPreview(true);
    const failed = recordedAs("unchanged preview", "stack", ["BackgroundTask", "failed"], { taskId: add("FAILED") });
    const yetToCome = recordedAs("first preview", "stack", ["BackgroundTask", "later"]);
    expect(await analyzeStack(backgroundTaskStillSucceeded, [failed, yetToCome])).toEqual([]);
    expect(sent()).toBe(0);
    expect(await analyzeStack(backgroundTaskStillSucceeded, [recordedAsSuccess(add("FAILED"))])).toHaveLength(1);
  });

  it("sends nothing for a stack of other resources", async () => {
    const other = recordedAs("first update", "stack", ["Follower", "first"]);
    expect(await analyzeStack(backgroundTaskStillSucceeded, [other])).toEqual([]);
    expect(sent()).toBe(0);
  });
});

describe("instance-quiet-before-change", () => {
  const type = "pulumi-nodejs:dynamic/test:Follower";
  const settings = (more = {}) => ({ resources: [{ type, property: "instanceId" }], ...more });
  const follower = (changes = {}) => recordedAs("first update", "resource", ["Follower", "second"], changes);
  const analyze = (more = {}, resources = [follower()]) =>
    analyzeResources(instanceQuietBeforeChange, resources, settings(more));

  it("lets a resource of a quiet instance pass, whatever its tasks came to", async () => {
    add("SUCCESS");
    add("FAILED");
    expect(await analyze()).toEqual([]);
    expect(sent()).toBe(1);
  });

  it.each(["CREATED", "EXECUTING", "waiting"])("names a task in progress, here with status %s", async (status) => {
    add("SUCCESS");
    const taskId = add(status, "extendInstance");
    const [violation, ...others] = await analyze();
    expect(others).toEqual([]);
    expect(violation!.message).toContain(
      `Follower "second" was blocked: background task extendInstance (id ${taskId}) of instance ` +
        `${emulator.instanceId} is in progress: its status is ${status} (started 20`,
    );
    expect(violation!.level).toBe("mandatory");
  });

  it("goes by the newest task of each configured name", async () => {
    const runs = (name: string, ...statuses: string[]) =>
      statuses.forEach((status, i) =>
        emulator.addTask({ name, createdAt: `2026-01-0${i + 1}T00:00:00.000Z`, progress: [{ status }] }),
      );
    runs("mended", "FAILED", "SUCCESS");
    runs("broken", "SUCCESS", "FAILED");
    runs("unnamed", "FAILED");
    expect(await analyze({ taskNames: ["mended", "never seen"] })).toEqual([]);
    const violations = await analyze({ taskNames: ["mended", "broken"] });
    expect(violations).toHaveLength(1);
    expect(violations[0]!.message).toMatch(/background task broken .* ended with status FAILED .*Repeat the operation/);
  });

  it("asks nothing for resources of other types, or in a preview, also of an unknown instance", async () => {
    add("EXECUTING");
    expect(await analyze({}, [recordedAs("first update", "resource", ["BackgroundTask", "failed"])])).toEqual([]);
    runsInPreview(true);
    expect(await analyze()).toEqual([]);
    expect(await analyze({}, [follower({ instanceId: unknownString })])).toEqual([]);
    expect(sent()).toBe(0);
  });

  it("asks for each resource anew, or uses an answer again for reuseSeconds", async () => {
    await analyze({}, [follower(), follower()]);
    expect(sent()).toBe(2);
    await analyze({ reuseSeconds: 60 }, [follower(), follower(), follower()]);
    expect(sent()).toBe(2);
  });

  it("reports a property that names no instance: a misspelled one does not count as quiet", async () => {
    const misspelled = { resources: [{ type, property: "instanceID" }] };
    const [violation] = await analyzeResources(instanceQuietBeforeChange, [follower()], misspelled);
    expect(violation!.message).toContain('has no instance\'s id in its input "instanceID"');
  });

  it.each([["warn"], ["violate"]])(
    "reports an instance that is not there, by onUnreachable: %s",
    async (onUnreachable) => {
      const instanceId = "11111111-2222-3333-4444-555555555555";
      const violations = await analyze({ onUnreachable }, [follower({ instanceId })]);
      const said = onUnreachable === "violate" ? violations.map(({ message }) => message) : printed;
      expect(said.join()).toMatch(
        /could not check whether instance 1{8}-.* is quiet: the instance was not found \(HTTP 404/,
      );
      expect(onUnreachable === "violate" ? printed : violations).toEqual([]);
    },
  );

  it("warns, once, that nothing is configured", async () => {
    await analyzeResources(instanceQuietBeforeChange, [follower(), follower()]);
    expect(printed).toEqual([
      "warning: policy instance-quiet-before-change: no resources are set, so nothing is checked.",
    ]);
  });
});
