import { setTimeout as pause } from "node:timers/promises";
import { expectRejection } from "./rejection";
import { failed, inScenario, program, succeeded } from "./scenario";
import { sharedScenario } from "./sharedScenario";
import { until } from "./until";

const use = `const { getQuietInstance, getQuietInstanceOutput } = require("pulumi-otc-background-task");`;
const awaited = program(`
${use}
module.exports = async () => {
  const tasks = await getQuietInstance({ instanceId, ...config.getObject("args") });
  return { tasks: tasks.map(({ name, status }) => name + " " + status) };
};
`);
const asOutput = program(`
${use}
const operation = new Follower("operation", {});
const quiet = getQuietInstanceOutput({ instanceId, ...config.getObject("args") }, { dependsOn: operation });
new Follower("follower", { tasks: quiet.apply((tasks) => tasks.map(({ taskId }) => taskId)) });
exports.names = quiet.apply((tasks) => tasks.map(({ name, status }) => name + " " + status));
`);
const config = (args: object) => ({ "program:args": JSON.stringify(args) });
const ended = [{ status: "SUCCESS" }];

describe("getQuietInstance", () => {
  it("resolves when none is in progress, with those that it waited for", async () => {
    await inScenario({ files: awaited, config: config({ quietSeconds: 1 }) }, async ({ emulator, stack }) => {
      const createdAt = new Date(emulator.now() - 60_000).toISOString();
      emulator.addTask({ name: "older", createdAt, progress: [{ status: "FAILED" }] });
      const { taskId } = emulator.addTask({ name: "restart" });
      const up = stack.up();
      await until(() => emulator.counts()["listTasks"]);
      const meanwhile = emulator.addTask({ name: "resize" }).taskId;
      emulator.setTaskProgress(taskId, ended);
      await pause(1500);
      emulator.setTaskProgress(meanwhile, ended);
      succeeded(await up);
      expect(await stack.outputs()).toEqual({ tasks: ["resize SUCCESS", "restart SUCCESS"] });
    });
  });

  describe("rejects with one line and no stack", () => {
    const shared = sharedScenario({ files: awaited });

    it.each<[string, object, RegExp]>([
      ["a failed one", {}, /error: 1 background task of instance .* failed: restart \(id \w+\) FAILED/],
      [
        "a deadline",
        { timeoutSeconds: 2, name: "other" },
        /error: background tasks of .*in progress: other \(id \w+\) EXECUTING/,
      ],
      [
        "an expected one",
        { expect: ["bind"], createdAfter: "2026-01-01T00:00:00Z", appearTimeoutSeconds: 0 },
        /error: background task bind was not found on instance/,
      ],
      ["expect without a time", { expect: ["a"] }, /error: getQuietInstance: createdAfter is required with expect/],
      ["an argument of a list", { status: "FAILED" }, /error: getQuietInstance: unknown argument "status"/],
    ])("for %s", async (_what, args, line) => {
      const scenario = shared();
      const { emulator } = scenario;
      emulator.reset();
      emulator.addTask({ name: "restart", progress: [{ status: "EXECUTING" }, { status: "FAILED", afterLooks: 2 }] });
      if ("timeoutSeconds" in args) {
        emulator.addTask({ name: "other" });
      }
      await expectRejection(scenario, args, line);
    });
  });

  it("in a preview looks once, and goes on whatever it sees", async () => {
    await inScenario({ files: awaited }, async ({ emulator, stack }) => {
      emulator.addTask({ name: "restart" });
      expect(succeeded(await stack.preview())).toContain("restart EXECUTING");
      expect(emulator.counts()).toEqual({ createToken: 1, listTasks: 1 });
      await stack.setConfig("program:args", JSON.stringify({ instanceId: "3f1c8a52-7d04-4e6b-9b1f-000000000000" }));
      expect(succeeded(await stack.preview())).toContain("was not found. The preview continues");
    });
  });
});

describe("getQuietInstanceOutput", () => {
  it("waits after what it depends on; what uses it is created after the last task has ended", async () => {
    const files = asOutput;
    await inScenario(
      { files, config: config({ quietSeconds: 1 }) },
      async ({ emulator, stack, createdAtMs, endedAtMs }) => {
        const { taskId } = emulator.addTask({ name: "restart" });
        const preview = succeeded(await stack.preview());
        expect(preview).toMatch(/names\s*: \[unknown\]/);
        expect(emulator.requests()).toEqual([]);

        const up = stack.up();
        await until(() => emulator.counts()["listTasks"]);
        expect(createdAtMs("operation")).toBeDefined();
        emulator.setTaskProgress(taskId, ended);
        succeeded(await up);
        expect(await stack.outputs()).toEqual({ names: ["restart SUCCESS"] });
        expect(createdAtMs("follower")! - endedAtMs(taskId)!).toBeGreaterThan(1000);
      },
    );
  });

  it("fails what uses it when a task has failed, unless that is accepted", async () => {
    await inScenario(
      { files: asOutput, config: config({ quietSeconds: 0 }) },
      async ({ emulator, stack, createdAtMs }) => {
        const failing = [{ status: "EXECUTING" }, { status: "FAILED", afterLooks: 2 }];
        emulator.addTask({ name: "restart", progress: failing });
        const output = failed(await stack.up());
        expect(output).toContain("failed: restart");
        expect(output).not.toMatch(/^\s+at .*\(/m);
        expect(createdAtMs("follower")).toBeUndefined();

        emulator.addTask({ name: "resize", progress: failing });
        await stack.setConfig("program:args", JSON.stringify({ quietSeconds: 0, failOnError: false }));
        succeeded(await stack.up());
        expect(await stack.outputs()).toEqual({ names: ["resize FAILED"] });
      },
    );
  });
});
