import { taskArguments } from "../../../../provider/arguments/arguments";
import * as barrier from "../../../../provider/lifecycles/barrierLifecycle";
import { recordOutcome, type ResourceKind } from "../../../../provider/lifecycles/recordedState";
import * as search from "../../../../provider/lifecycles/searchLifecycle";
import { configure } from "../../../../provider/lifecycles/stackConfiguration";
import * as task from "../../../../provider/lifecycles/taskLifecycle";

const configured = (settings: Record<string, string>) =>
  configure({ config: { get: (key: string) => settings[key] } } as unknown as Parameters<typeof configure>[0]);
afterEach(() => configured({}));

const inputs = { instanceId: "instance", taskId: "task" };
const keys = { timeout: "otc-background-task:timeoutSeconds", delay: "otc-background-task:maxDelaySeconds" };

describe("a default of the stack", () => {
  it.each<[string, () => Promise<object>]>([
    ["task", () => task.check({}, { ...inputs, timeoutSeconds: 5 })],
    ["search", () => search.check({}, { instanceId: "instance", name: "restart" })],
    ["barrier", () => barrier.check({}, { instanceId: "instance" })],
  ])("that is malformed fails the check of a %s", async (_kind, checked) => {
    await configured({ [keys.timeout]: "soon" });
    const reason =
      "otc-background-task:timeoutSeconds in the Pulumi configuration must be a number of seconds over 0, and no more " +
      'than 86400, but is "soon"';
    expect(await checked()).toMatchObject({ failures: [{ property: "", reason }] });
  });

  it("must fit a resource's own arguments", async () => {
    await configured({ [keys.delay]: "5" });
    const reason = expect.stringContaining("otc-background-task:maxDelaySeconds") as string;
    expect(await task.check({}, { ...inputs, minDelaySeconds: 10 })).toMatchObject({
      failures: [{ property: "minDelaySeconds", reason }],
    });
    expect(await task.check({}, { ...inputs, minDelaySeconds: 3 })).toMatchObject({ failures: [] });
  });

  it("is no change of a resource, and not among its inputs", async () => {
    await configured({ [keys.timeout]: "60", [keys.delay]: "5" });
    const recorded = { ...inputs, given: ["instanceId", "taskId"], status: "SUCCESS" };
    expect(await task.diff("id", recorded, inputs)).toEqual({ changes: false, replaces: [] });
    expect(await task.check({}, inputs)).toMatchObject({ inputs });
    expect((await task.check({}, inputs)).inputs).not.toHaveProperty("timeoutSeconds");
  });
});

interface Paced {
  timeoutSeconds: number;
  maxDelaySeconds: number;
}

describe("an operation", () => {
  const kind: ResourceKind<Paced, object> = {
    form: taskArguments,
    formatId: () => "id",
    projectOf: () => undefined,
    fieldsOf: () => ({}),
    throwIfFailed: () => undefined,
  };
  const paceIn = async (given: object, id?: string) => {
    let used: unknown;
    const { outs } = await recordOutcome(
      kind,
      given,
      { id, found: {} },
      async ({ timeoutSeconds, maxDelaySeconds }) => {
        used = { timeoutSeconds, maxDelaySeconds };
        return { state: "finished", result: {} };
      },
    );
    return { used, outs };
  };
  beforeEach(() => configured({ [keys.timeout]: "60", [keys.delay]: "5" }));

  it("waits with the stack's defaults and records none of them", async () => {
    const { used, outs } = await paceIn(inputs);
    expect(used).toEqual({ timeoutSeconds: 60, maxDelaySeconds: 5 });
    expect(outs).toEqual({ ...inputs, given: expect.arrayContaining(["instanceId", "taskId"]) as string[] });
  });

  it("waits with the resource's own arguments instead, and above all with its customTimeouts", async () => {
    const own = { ...inputs, timeoutSeconds: 7, maxDelaySeconds: 8 };
    expect((await paceIn(own)).used).toEqual({ timeoutSeconds: 7, maxDelaySeconds: 8 });
    const custom = { ...inputs, createTimeoutSeconds: 1, updateTimeoutSeconds: 2 };
    expect((await paceIn(custom)).used).toEqual({ timeoutSeconds: 1, maxDelaySeconds: 5 });
    expect((await paceIn(custom, "id")).used).toEqual({ timeoutSeconds: 2, maxDelaySeconds: 5 });
  });
});
