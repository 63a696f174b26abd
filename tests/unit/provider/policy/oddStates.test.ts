import fc from "fast-check";
import * as pulumi from "@pulumi/pulumi";
import { type Emulator, startEmulator } from "../../../../emulator";
import { backgroundTaskStillSucceeded } from "../../../../provider/policy/backgroundTaskStillSucceeded";
import { backgroundTaskSucceeded } from "../../../../provider/policy/backgroundTaskSucceeded";
import { recordedAs, unknownString } from "./recordedStacks";
import { analyzeStack } from "./sdkCalls";

// A state is a file that anybody may have edited.

let emulator: Emulator;
const environment = { ...process.env };
beforeAll(async () => {
  emulator = await startEmulator();
  Object.assign(process.env, emulator.env);
});
beforeEach(() => {
  jest.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => {
  jest.restoreAllMocks();
  runsInPreview(false);
});
afterAll(async () => {
  process.env = environment;
  await emulator.close();
});

const runsInPreview = (isPreview: boolean) =>
  (pulumi.runtime as unknown as { _setIsDryRun(value: boolean): void })._setIsDryRun(isPreview);
const barrier = (changes: object) => recordedAs("first update", "stack", ["QuietInstance", "barrier"], { ...changes });
const task = (changes: object) => recordedAs("first update", "stack", ["BackgroundTask", "succeeded"], { ...changes });

describe("a barrier whose instance did not become quiet", () => {
  const verdicts = async (isQuiet: unknown) =>
    (await analyzeStack(backgroundTaskSucceeded, [barrier({ isQuiet, tasks: [] })])).map(({ message }) => message);

  it.each([false, undefined, "true", { odd: true }])("is a violation in an update: isQuiet %j", async (isQuiet) => {
    expect(await verdicts(isQuiet)).toEqual([
      expect.stringMatching(/QuietInstance "barrier": its instance has not become quiet\. Run the update again/),
    ]);
  });

  it("is none once it did, or while a preview cannot know", async () => {
    expect(await verdicts(true)).toEqual([]);
    runsInPreview(true);
    expect(await verdicts(undefined)).toEqual([]);
    expect(await verdicts(unknownString)).toEqual([]);
    expect(await verdicts(false)).toHaveLength(1);
  });
});

describe("whatever a state holds", () => {
  const odd = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom(unknownString, "SUCCESS", "..", "toString", "__proto__", "\ud800", "dcs", "kafka"),
  );
  const fields = [
    "taskId",
    "instanceId",
    "service",
    "projectId",
    "name",
    "status",
    "params",
    "createdAt",
    "failReason",
  ];
  const oddFields = fc.dictionary(fc.constantFrom(...fields, "region", "cloud", "endpoint", "parameters"), odd);
  const oddStack = fc.record({
    ofTask: oddFields,
    ofBarrier: fc.record({ isQuiet: odd, tasks: fc.oneof(odd, fc.array(fc.oneof(odd, oddFields))) }),
  });

  it.each([backgroundTaskSucceeded, backgroundTaskStillSucceeded])("$name ends in verdicts", async (rule) => {
    await fc.assert(
      fc.asyncProperty(oddStack, fc.boolean(), async ({ ofTask, ofBarrier }, isPreview) => {
        runsInPreview(isPreview);
        await analyzeStack(
          rule,
          [task(ofTask), barrier(ofBarrier)],
          rule.configSchema && { timeoutSeconds: 1, onUnreachable: "violate", maxTasks: 100 },
        );
      }),
      { numRuns: 60 },
    );
  });

  it.each([
    ["a status that is no text", { status: ["SUCCESS"] }],
    ["a service that there is not", { service: "toString" }],
    ["no status", { status: null }],
  ])("%s is no success", async (_what, changes) => {
    const verdicts = await analyzeStack(backgroundTaskSucceeded, [
      task(changes),
      barrier({ isQuiet: true, tasks: [{ ...changes, taskId: "t", instanceId: "i" }] }),
    ]);
    expect(verdicts.length).toBeGreaterThanOrEqual("status" in changes ? 2 : 1);
  });

  it.each([["a text"], [{ no: "list" }], [[null]], [["a text"]], [[5]]])(
    "tasks that are none are violations: %j",
    async (tasks) => {
      expect(await analyzeStack(backgroundTaskSucceeded, [barrier({ isQuiet: true, tasks })])).toHaveLength(1);
    },
  );
});

it("a task whose service there is not could not be asked about", async () => {
  const settings = { onUnreachable: "violate", timeoutSeconds: 5, maxTasks: 100 };
  const [violation] = await analyzeStack(backgroundTaskStillSucceeded, [task({ service: "toString" })], settings);
  expect(violation!.message).toContain("unknown service toString");
});

it("a message names at most ten of the tasks that could not be asked about", async () => {
  const settings = { onUnreachable: "violate", timeoutSeconds: 5, maxTasks: 100 };
  const stack = Array.from({ length: 100 }, (_, i) => task({ taskId: `..${i}/` }));
  const [violation, ...others] = await analyzeStack(
    backgroundTaskStillSucceeded,
    stack.map((one, i) => ({ ...one, props: { ...one.props, taskId: `t${i}`, service: "odd" } })),
    settings,
  );
  expect(others).toEqual([]);
  expect(violation!.message).toContain("; and 90 more: unknown service odd");
});
