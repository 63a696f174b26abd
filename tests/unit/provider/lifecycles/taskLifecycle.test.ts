import { check, diff } from "../../../../provider/lifecycles/taskLifecycle";

const unknown = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
const inputs = { instanceId: "instance", taskId: "task" };
const recorded = {
  ...inputs,
  given: ["instanceId", "taskId"],
  status: "SUCCESS",
  projectId: "resolved",
  createdAt: "x",
};
const none = { changes: false, replaces: [] };
const updated = { changes: true, replaces: [] };
// Whether there are changes is left to the engine, which then compares the inputs as the user knows them.
const replaced = (...replaces: string[]) => ({ replaces });

describe("what a change means", () => {
  it.each([
    ["nothing", {}, {}, none],
    ["the text of the provider", { __provider: "old" }, { __provider: "new" }, none],
    ["the URN by which progress is told", {}, { resourceUrn: "urn:2" }, none],
    ["instanceId", {}, { instanceId: "another" }, replaced("instanceId")],
    ["taskId", {}, { taskId: "another" }, replaced("taskId")],
    ["an unknown taskId", {}, { taskId: unknown }, replaced("taskId")],
    ["projectId, given now", {}, { projectId: "given" }, replaced("projectId")],
    ["projectId, no longer given", { given: ["projectId", "instanceId", "taskId"] }, {}, replaced("projectId")],
    ["region", { region: "eu-de" }, { region: "eu-nl" }, replaced("region")],
    ["endpoint", {}, { endpoint: "https://dms.example.com" }, replaced("endpoint")],
    [
      "a trigger",
      { triggers: [{ a: 1 }], given: ["instanceId", "taskId", "triggers"] },
      { triggers: [{ a: 2 }] },
      replaced("triggers"),
    ],
    [
      "an unknown trigger",
      { triggers: [1], given: ["instanceId", "taskId", "triggers"] },
      { triggers: [unknown] },
      replaced("triggers"),
    ],
    [
      "a trigger's identity",
      { triggers: [{ a: 1 }], given: ["instanceId", "taskId", "triggers"] },
      { triggers: [{ a: 1 }] },
      none,
    ],
    ["nothing, where the job's id was given and the task has its own", { taskId: "own", jobId: "task" }, {}, none],
    ["an unknown service", {}, { service: unknown as "dcs" }, replaced("service")],
    ["a timeout", {}, { timeoutSeconds: 5 }, updated],
    ["an unknown timeout", {}, { timeoutSeconds: unknown as unknown as number }, updated],
    ["a custom timeout", {}, { createTimeoutSeconds: 5 }, updated],
    ["a delay", { maxDelaySeconds: 5 }, {}, updated],
    ["wait", {}, { wait: false }, updated],
    ["failOnError", {}, { failOnError: false }, updated],
    ["nothing, of a pending task", { status: "EXECUTING" }, {}, updated],
    ["nothing, of a failed task", { status: "FAILED" }, {}, updated],
    [
      "nothing, of a failed task that is accepted",
      { status: "FAILED", failOnError: false },
      { failOnError: false },
      none,
    ],
    ["nothing, of an unknown status", { status: "PAUSED" }, {}, updated],
    ["nothing, of a task never seen", { status: undefined, createdAt: undefined }, {}, updated],
    [
      "nothing, of a pending task that was not to be waited for",
      { status: "EXECUTING", wait: false },
      { wait: false },
      none,
    ],
  ])("of %s", async (_what, olds, news, result) => {
    const merged = { ...inputs, ...news };
    if ("region" in olds) {
      Object.assign(olds, { given: ["instanceId", "taskId", "region"] });
    }
    await expect(diff("id", { ...recorded, ...olds }, merged)).resolves.toEqual(result);
  });
});

describe("the check of a resource's inputs", () => {
  it("returns what is wrong instead of throwing, and the inputs as they came", async () => {
    const news = { ...inputs, taskId: "a/b" };
    await expect(check({}, news)).resolves.toEqual({
      inputs: news,
      failures: [{ property: "taskId", reason: expect.stringContaining('but is "a/b"') as string }],
    });
  });

  it("leaves alone what is not known yet", async () => {
    const news = {
      instanceId: unknown,
      taskId: unknown,
      timeoutSeconds: unknown as unknown as number,
      triggers: [unknown],
    };
    await expect(check({}, news)).resolves.toMatchObject({ failures: [] });
  });

  it("leaves alone a list in which one element is not known yet, and reports a null", async () => {
    const triggers = [() => "no JSON", unknown] as unknown as string[];
    await expect(check({}, { ...inputs, triggers })).resolves.toMatchObject({ failures: [] });
    const faulty = { ...inputs, timeoutSeconds: null as unknown as number };
    await expect(check({}, faulty)).resolves.toMatchObject({ failures: [{ property: "timeoutSeconds" }] });
  });
});
