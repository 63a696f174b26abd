import * as pulumi from "@pulumi/pulumi";
import { type Emulator, type Engine, startEmulator } from "../../../../emulator";
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

  const other = (status: string, engine?: Engine) => emulator.addInstance({ status, engine });
  const ofInstance = (instanceId: string, service?: Engine) =>
    analyzeResources(instanceQuietBeforeChange, [follower({ instanceId })], {
      resources: [{ type, property: "instanceId", ...(service && { service }) }],
    });

  it.each([
    ["RESTARTING", "Run the update again later, or let the resource depend on a QuietInstance"],
    ["paused", "Run the update again later, or let the resource depend on a QuietInstance"],
    ["EXTENDEDFAILED", "This does not change by itself: check the instance in the console."],
  ])("names an instance's own status, here %s", async (status, whatToDo) => {
    const instanceId = other(status);
    const violations = await ofInstance(instanceId);
    expect(violations).toHaveLength(1);
    expect(violations[0]!.message).toContain(
      `Follower "second" was blocked: instance ${instanceId} has the status ${status}, not RUNNING, and would reject the ` +
        `change. ${whatToDo}`,
    );
  });

  it("asks for the status only while no task is in progress, DCS's as well", async () => {
    const instanceId = other("EXTENDING");
    emulator.addTask({ name: "resize", instanceId });
    expect(await ofInstance(instanceId)).toHaveLength(1);
    expect(emulator.counts()["showInstance"]).toBeUndefined();
    expect(await ofInstance(other("RUNNING", "dcs"), "dcs")).toEqual([]);
    expect(await ofInstance(other("RESTORING", "dcs"), "dcs")).toHaveLength(1);
    expect(emulator.counts()["showInstance"]).toBe(2);
  });

  it("goes by the tasks where the status may not be asked for, with one warning that names the permission", async () => {
    emulator.replyNext({ route: "showInstance", times: 2, status: 403, code: "DMS.00403002", message: "no" });
    expect(await analyze({}, [follower(), follower()])).toEqual([]);
    expect(printed).toEqual([
      `warning: policy instance-quiet-before-change: looking at instance ${emulator.instanceId} returned HTTP 403, ` +
        "DMS.00403002: no. The permission dms:instance:get is needed. The rule goes by the tasks alone.",
    ]);
  });

  it("reports a service that does not show the instance, by onUnreachable", async () => {
    emulator.replyNext({ route: "showInstance", status: 404, code: "DMS.00404022", message: "gone" });
    emulator.replyNext({ route: "showInstance", status: 400, code: "DMS.1", message: "no" });
    const violations = [...(await analyze()), ...(await analyze())].map(({ message }) => message);
    expect(violations[0]).toContain("is quiet: the instance was not found (HTTP 404, DMS.00404022: gone).");
    expect(violations[1]).toContain("is quiet: looking at instance");
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
