import * as pulumi from "@pulumi/pulumi";
import { backgroundTaskFailsUpdate } from "../../../../provider/policy/backgroundTaskFailsUpdate";
import { backgroundTaskSucceeded } from "../../../../provider/policy/backgroundTaskSucceeded";
import { boundedWait } from "../../../../provider/policy/boundedWait";
import { recorded, recordedAs, type RecordedResource, unknownString } from "./recordedStacks";
import { analyzeResources, analyzeStack } from "./sdkCalls";

const runsInPreview = (isPreview: boolean) =>
  (pulumi.runtime as unknown as { _setIsDryRun(value: boolean): void })._setIsDryRun(isPreview);
beforeEach(() => runsInPreview(false));
afterAll(() => runsInPreview(false));

const subjects = (violations: { urn?: string }[]) => violations.map(({ urn }) => urn?.split("::").slice(-2).join(" "));
const task = "pulumi-nodejs:dynamic/otc:BackgroundTask";
const barrier = "pulumi-nodejs:dynamic/otc:QuietInstance";
const ofAnotherType = (resource: RecordedResource) => ({ ...resource, type: "pulumi-nodejs:dynamic/otc:Other" });

describe("background-task-succeeded", () => {
  const failed = (changes = {}) => [recordedAs("first update", "stack", ["BackgroundTask", "failed"], changes)];

  it("names each task of the recorded update that did not succeed, those of a barrier included", async () => {
    const violations = await analyzeStack(backgroundTaskSucceeded, recorded("first update", "stack"));
    expect(subjects(violations)).toEqual([`${task} failed`, `${task} running`, `${barrier} barrier`]);
    expect(violations.every(({ level }) => level === "mandatory")).toBe(true);
  });

  it("says which task of which resource, how it ended, when, and what to do", async () => {
    const [violation] = await analyzeStack(backgroundTaskSucceeded, failed());
    expect(violation!.message).toBe(
      "Every background task that the stack waited for succeeded.\n" +
        'BackgroundTask "failed": background task restart (id d0624502573d0d9f8d6d70045c8c7586) of instance ' +
        "3f1c8a52-7d04-4e6b-9b1f-2a6d0c4e8f73 ended with status FAILED (started 2030-01-01T00:00:00.000Z, " +
        'ended 2030-01-01T00:00:00.000Z, parameters {"of":"restart"}). Check the instance in the console and repeat the ' +
        "operation; then change taskId, or a value in triggers, to wait for the new task.",
    );
  });

  it.each([
    ["SUCCESS", undefined],
    ["FAILED", "ended with status FAILED"],
    ["CANCELLED", "ended with status CANCELLED"],
    ["DELETED", "ended with status DELETED"],
    ["EXECUTING", "has not ended: its status is EXECUTING"],
    ["success", "has the unknown status success"],
    ["", "has no status"],
    [undefined, "has no status"],
  ])("takes the status %p of an update for what it is", async (status, fault) => {
    const violations = await analyzeStack(backgroundTaskSucceeded, failed({ status }));
    expect(violations).toHaveLength(fault === undefined ? 0 : 1);
    expect(violations[0]?.message ?? "").toContain(fault ?? "");
  });

  it("advises to wait on for a task that has not ended, and to repeat the operation of one that has", async () => {
    const adviceFor = async (status: string) =>
      (await analyzeStack(backgroundTaskSucceeded, failed({ status })))[0]!.message;
    expect(await adviceFor("EXECUTING")).toContain("Run the update again to resume the wait");
    expect(await adviceFor("FAILED")).toContain("repeat the operation");
  });

  it("goes by the service's own words", async () => {
    expect(await analyzeStack(backgroundTaskSucceeded, failed({ status: "FAIL", service: "dcs" }))).toHaveLength(1);
    const unheardOf = await analyzeStack(backgroundTaskSucceeded, failed({ status: "FAIL", service: "kafka" }));
    expect(unheardOf[0]!.message).toContain("unknown status");
  });

  it("says nothing of what a preview cannot know: a first one, or a replacement", async () => {
    runsInPreview(true);
    expect(await analyzeStack(backgroundTaskSucceeded, recorded("first preview", "stack"))).toEqual([]);
    const replacement = recorded("preview of a replacement", "stack");
    expect(subjects(await analyzeStack(backgroundTaskSucceeded, replacement))).not.toContain(`${task} succeeded`);
    const unknown = failed({ status: unknownString });
    expect(await analyzeStack(backgroundTaskSucceeded, unknown)).toEqual([]);
  });

  it("says in a preview what was recorded before", async () => {
    runsInPreview(true);
    const violations = await analyzeStack(backgroundTaskSucceeded, recorded("unchanged preview", "stack"));
    expect(subjects(violations)).toEqual([`${task} failed`, `${task} running`, `${barrier} barrier`]);
  });

  it("holds for an empty stack, and for a stack of other resources", async () => {
    expect(await analyzeStack(backgroundTaskSucceeded, [])).toEqual([]);
    expect(await analyzeStack(backgroundTaskSucceeded, failed().map(ofAnotherType))).toEqual([]);
  });
});

describe("background-task-fails-update", () => {
  it("finds each failOnError: false of the recorded update, and no other", async () => {
    const violations = await analyzeResources(backgroundTaskFailsUpdate, recorded("first update", "resource"));
    expect(subjects(violations)).toEqual([`${task} failed`, `${barrier} barrier`]);
    expect(violations[0]!.message).toContain('BackgroundTask "failed" sets failOnError: false');
  });

  it.each([["failed"], ["urn:pulumi:dev::program::pulumi-nodejs:dynamic/otc:BackgroundTask::failed"]])(
    "allows the exception %s",
    async (exception) => {
      const settings = { exceptions: [exception] };
      const violations = await analyzeResources(
        backgroundTaskFailsUpdate,
        recorded("first update", "resource"),
        settings,
      );
      expect(subjects(violations)).toEqual([`${barrier} barrier`]);
    },
  );

  it("says nothing of a failOnError that a preview cannot know", async () => {
    const later = recordedAs("first preview", "resource", ["BackgroundTask", "later"]);
    expect(later.props["failOnError"]).toBe(unknownString);
    expect(await analyzeResources(backgroundTaskFailsUpdate, [later])).toEqual([]);
  });

  it("leaves other resources alone", async () => {
    const failed = recordedAs("first update", "resource", ["BackgroundTask", "failed"]);
    expect(await analyzeResources(backgroundTaskFailsUpdate, [ofAnotherType(failed)])).toEqual([]);
  });
});

describe("bounded-wait", () => {
  const wait = (changes: object) => [
    recordedAs("first update", "resource", ["BackgroundTask", "succeeded"], { ...changes }),
  ];

  it.each([
    [{}, {}, []],
    [{ timeoutSeconds: 3600 }, {}, []],
    [{ timeoutSeconds: 3601 }, {}, ["3601 s (set with timeoutSeconds), but 30 to 3600 s are allowed"]],
    [{ timeoutSeconds: 29.5 }, {}, ["29.5 s (set with timeoutSeconds)"]],
    [{ updateTimeoutSeconds: 6.000000000000001 }, {}, [" 6 s (set with customTimeouts.update)"]],
    [{ timeoutSeconds: 5, wait: false }, {}, []],
    [{ timeoutSeconds: 5, createTimeoutSeconds: 60, updateTimeoutSeconds: 60 }, {}, []],
    [{ createTimeoutSeconds: 7200 }, {}, ["7200 s (set with customTimeouts.create)"]],
    [{ updateTimeoutSeconds: 7200 }, {}, ["7200 s (set with customTimeouts.update)"]],
    [
      { createTimeoutSeconds: 7200, updateTimeoutSeconds: 7200 },
      {},
      ["7200 s (set with customTimeouts.create and customTimeouts.update)"],
    ],
    [
      { createTimeoutSeconds: 1, timeoutSeconds: 9000 },
      {},
      ["1 s (set with customTimeouts.create)", "9000 s (set with timeoutSeconds)"],
    ],
    [{}, { maxSeconds: 600 }, ["1800 s (the default), but 30 to 600 s are allowed"]],
    [{ timeoutSeconds: 10 }, { minSeconds: 0 }, []],
  ])("with arguments %j and settings %j", async (changes, settings, faults) => {
    const violations = await analyzeResources(boundedWait, wait(changes), settings);
    expect(violations).toHaveLength(faults.length);
    faults.forEach((fault, i) => expect(violations[i]!.message).toContain(fault));
  });

  it("knows the stack's default, which a resource's own arguments precede", async () => {
    pulumi.runtime.setConfig("otc-background-task:timeoutSeconds", "7200");
    try {
      const [violation, ...others] = await analyzeResources(boundedWait, wait({}));
      expect(others).toEqual([]);
      expect(violation!.message).toContain(
        "7200 s (set with otc-background-task:timeoutSeconds in the Pulumi configuration), but 30 to 3600 s",
      );
      expect(await analyzeResources(boundedWait, wait({ timeoutSeconds: 60 }))).toEqual([]);
      const custom = { createTimeoutSeconds: 60, updateTimeoutSeconds: 60 };
      expect(await analyzeResources(boundedWait, wait(custom))).toEqual([]);
    } finally {
      pulumi.runtime.setAllConfig({});
    }
  });

  it("bounds barriers, too, and nothing else", async () => {
    const barrier = recordedAs("first update", "resource", ["QuietInstance", "barrier"], { timeoutSeconds: 5 });
    expect(await analyzeResources(boundedWait, [barrier])).toHaveLength(1);
    expect(await analyzeResources(boundedWait, [ofAnotherType(barrier)])).toEqual([]);
  });

  it("says nothing of a deadline that a preview cannot know", async () => {
    const later = recordedAs("first preview", "resource", ["BackgroundTask", "later"]);
    expect(later.props["timeoutSeconds"]).toBe(unknownString);
    expect(await analyzeResources(boundedWait, [later])).toEqual([]);
  });

  it("refuses a setting that there is not, in one line", async () => {
    await expect(analyzeResources(boundedWait, wait({}), { maxSecond: 1 })).rejects.toThrow(
      /:\nthe policy bounded-wait has no setting "maxSecond": its settings are minSeconds, maxSeconds\.$/,
    );
  });
});
