import { barrierArguments } from "../../../../provider/arguments/arguments";
import * as barrier from "../../../../provider/lifecycles/barrierLifecycle";
import { recordOutcome } from "../../../../provider/lifecycles/recordedState";
import * as search from "../../../../provider/lifecycles/searchLifecycle";
import * as task from "../../../../provider/lifecycles/taskLifecycle";

const ofOne = { instanceId: "instance", taskId: "task", service: "dcs" as const };
const byName = { instanceId: "instance", name: "re/start" };
const ofAll = { instanceId: "instance", expect: ["restart"], projectId: "project" };

interface Failure {
  id: string;
  reasons: string[];
  properties: object;
}
const failureOf = (operation: Promise<unknown>) =>
  operation.then(
    () => Promise.reject(new Error("it should have failed")),
    (error: unknown) => error as Failure,
  );

const environment = { ...process.env };
const setEnvironment = (settings: object) => {
  Object.keys(process.env)
    .filter((name) => name.startsWith("OS_"))
    .forEach((name) => delete process.env[name]);
  Object.assign(process.env, settings);
};
afterEach(() => setEnvironment(environment));

describe("what is recorded of a resource that could not be created", () => {
  beforeEach(() => setEnvironment({}));
  const internal = { startedAtMs: 1, resourceUrn: "urn", __provider: "text" };

  // Nothing of the defaults: an input that a later program leaves out would be a change of what is there.
  it.each<[string, () => Promise<unknown>, string, object]>([
    ["BackgroundTask", () => task.create({ ...ofOne, ...internal }), "dcs/-/instance/task", {}],
    ["its search", () => search.create({ ...byName, ...internal }), "kafka/-/instance/name/re%2Fstart", {}],
    [
      "QuietInstance",
      () => barrier.create({ ...ofAll, ...internal }),
      "kafka/project/instance",
      { tasks: [], isQuiet: false },
    ],
  ])("%s: an id, the inputs as they were given, and the provider's text", async (_what, create, id, found) => {
    const inputs = id.startsWith("dcs") ? ofOne : id.includes("name") ? byName : ofAll;
    const failure = await failureOf(create());
    expect(failure).toMatchObject({ id, reasons: [expect.stringMatching(/^no .* is set/)] });
    expect(failure.properties).toEqual({
      ...inputs,
      ...found,
      // Settings that are complete later may be of either cloud.
      cloudProvider: "undecided",
      startedAtMs: 1,
      given: expect.arrayContaining(Object.keys(inputs)) as string[],
      __provider: "text",
    });
    expect((failure.properties as { given: string[] }).given).toHaveLength(Object.keys(inputs).length);
  });
});

describe("inputs that this release would not accept, with what an earlier one recorded", () => {
  const retired = { timeoutSeconds: 1e6, retired: ["argument"], failOnError: "no" } as object;

  it("are recorded as they are, where nothing needs to be asked", async () => {
    const ended = { taskId: "task", status: "SUCCESS", createdAt: "2026-01-01T00:00:00Z" };
    await expect(task.update("id", { ...ofOne, ...ended }, { ...ofOne, ...retired })).resolves.toEqual({
      outs: { ...ofOne, ...ended, ...retired, given: ["instanceId", "taskId", "service"] },
    });
    await expect(search.update("id", { ...byName, ...ended }, { ...byName, ...retired })).resolves.toMatchObject({
      outs: { ...byName, ...retired, taskId: "task" },
    });
    const quiet = { tasks: [], isQuiet: true };
    await expect(barrier.update("id", { ...ofAll, ...quiet }, { ...ofAll, ...retired })).resolves.toMatchObject({
      outs: { ...ofAll, ...retired, ...quiet },
    });
  });

  it("change nothing in a diff that is not theirs", async () => {
    const olds = { ...ofOne, ...retired, status: "SUCCESS", createdAt: "2026-01-01T00:00:00Z" };
    await expect(task.diff("id", olds, { ...ofOne, ...retired })).resolves.toEqual({ changes: false, replaces: [] });
  });
});

describe("the deadline of a wait", () => {
  const kind = {
    form: barrierArguments,
    formatId: () => "new",
    projectOf: () => "project",
    fieldsOf: () => ({}),
    throwIfFailed: () => undefined,
  };
  it.each([
    ["a create", undefined, { createTimeoutSeconds: 5, updateTimeoutSeconds: 6, timeoutSeconds: 7 }, 5],
    ["an update", "id", { createTimeoutSeconds: 5, updateTimeoutSeconds: 6, timeoutSeconds: 7 }, 6],
    ["a create without its own", undefined, { updateTimeoutSeconds: 6, timeoutSeconds: 7 }, 7],
    ["an update without its own", "id", { createTimeoutSeconds: 5, timeoutSeconds: 7 }, 7],
    ["an update without any", "id", {}, 1800],
  ])("of %s", async (_what, id, deadlines, expected) => {
    const inputs = { instanceId: "instance", ...deadlines };
    let given: number | undefined;
    const { outs } = await recordOutcome(
      kind,
      { ...inputs, resourceUrn: "urn" },
      { id, found: {} },
      async ({ timeoutSeconds }) => {
        given = timeoutSeconds;
        return { state: "finished", result: {} };
      },
    );
    expect(given).toBe(expected);
    expect(outs).toEqual({ ...inputs, given: ["instanceId"] });
  });
});
