import { failed, inScenario, program, succeeded } from "./scenario";
import { sharedScenario } from "./sharedScenario";

const files = program(`
const operation = new BackgroundTask("operation", { instanceId, taskId });
const looked = getBackgroundTaskOutput({ instanceId, taskId });
new Follower("follower", { after: looked.status });
module.exports = async () => {
  const plain = await getBackgroundTask({ instanceId, taskId });
  return { plain: plain.status ?? "not seen", looked: looked.status, resource: operation.status };
};
`);

describe("a preview", () => {
  it("of a new stack looks at most once for each function, never for a resource, and does not wait", async () => {
    await inScenario({ files }, async ({ emulator, stack }) => {
      const { taskId } = emulator.addTask({ name: "restart" });
      await stack.setConfig("program:taskId", taskId);

      const output = succeeded(await stack.preview());

      expect(emulator.counts()["showTask"]).toBe(2);
      expect(output).toContain('plain   : "EXECUTING"');
      expect(output).toMatch(/looked\s*: \[unknown\]/);
    });
  });

  it("of an existing stack changes nothing and sends no request for the resource", async () => {
    const resourceOnly = program(`new BackgroundTask("operation", { instanceId, taskId });`);
    await inScenario({ files: resourceOnly }, async ({ emulator, stack }) => {
      await stack.setConfig("program:taskId", emulator.taskId);
      succeeded(await stack.up());
      const sent = emulator.counts();
      expect(succeeded(await stack.preview({ args: ["--expect-no-changes"] }))).toMatch(/2 unchanged/);
      expect(emulator.counts()).toEqual(sent);
    });
  });

  it.each([
    ["the service is down", { OS_AUTH_URL: "http://127.0.0.1:9/v3" }, "could not be reached"],
    ["there are no settings", { OS_PASSWORD: "" }, "the credentials are incomplete: password is not set"],
  ])("goes on with a warning when %s", async (_what, env, warning) => {
    await inScenario({ files, env }, async ({ emulator, stack }) => {
      await stack.setConfig("program:taskId", emulator.taskId);
      const output = succeeded(await stack.preview());
      expect(output).toContain(warning);
      expect(output).toContain("The preview continues.");
      expect(output).toMatch(/plain\s*: "not seen"/);
    });
  });

  describe("of tasks of which some are missing or have failed", () => {
    const kinds = program(`
      for (const [kind, taskId] of Object.entries(config.requireObject("taskIds"))) {
        new BackgroundTask(kind, { instanceId, taskId });
        exports[kind + "-looked"] = getBackgroundTaskOutput({ instanceId, taskId }).status;
        exports[kind + "-plain"] = getBackgroundTask({ instanceId, taskId }).then(({ status }) => status ?? "not seen");
      }
      exports.missing = getBackgroundTask({ instanceId, taskId: "${"0".repeat(32)}", ifMissing: "undefined" })
        .then((task) => task === undefined);
    `);
    let output: string;
    const ids = { ended: "", gone: "", failing: "" };
    sharedScenario({ files: kinds }, async ({ emulator, stack }) => {
      ids.ended = emulator.taskId;
      ids.gone = emulator.addTask({ name: "restart" }).taskId;
      ids.failing = emulator.addTask({ name: "restart", progress: [{ status: "FAILED" }] }).taskId;
      emulator.removeTask(ids.gone);
      await stack.setConfig("program:taskIds", JSON.stringify(ids));
      output = succeeded(await stack.preview());
    });

    it("knows the result of a task that has ended", () => {
      expect(output).toMatch(/ended-looked\s*: "SUCCESS"/);
    });

    it("goes on with a warning when the task is missing", () => {
      expect(output).toMatch(new RegExp(`${ids.gone}.* was not found`));
    });

    it("goes on with a warning when the task has failed", () => {
      expect(output).toMatch(new RegExp(`${ids.failing}.* ended with status FAILED`));
    });

    it("resolves with undefined for a missing task where that is asked for", () => {
      expect(output).toMatch(/missing\s*: true/);
      expect(output).not.toContain("0".repeat(32));
    });
  });

  it("names a bad argument of a resource, and leaves alone what is not known yet", async () => {
    const bad = program(`
      const before = new BackgroundTask("before", { instanceId, taskId: "a" });
      new BackgroundTask("unknown", { instanceId, taskId: before.name, timeoutSeconds: before.durationSeconds });
      new BackgroundTask("bad", { instanceId, taskId: "a/b", timeoutSeconds: before.durationSeconds, tiemoutSeconds: 5 });
    `);
    await inScenario({ files: bad }, async ({ emulator, stack }) => {
      const output = failed(await stack.preview());
      expect(output).toContain(`taskId must consist of letters, digits and "-", ".", "_" or "~", but is "a/b"`);
      expect(output).toContain(`unknown argument "tiemoutSeconds"`);
      expect(output).not.toContain("timeoutSeconds must");
      expect(emulator.requests()).toEqual([]);
    });
  });
});
