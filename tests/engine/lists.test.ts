import { setTimeout as pause } from "node:timers/promises";
import type { Emulator } from "../../emulator";
import { failed, inScenario, program, succeeded } from "./scenario";
import { sharedScenario } from "./sharedScenario";
import { until } from "./until";

const use = `const { getBackgroundTasks, getBackgroundTasksOutput } = require("pulumi-otc-background-task");`;
const awaited = program(`
${use}
module.exports = async () => {
  const tasks = await getBackgroundTasks({ instanceId, ...config.getObject("args") });
  return { count: tasks.length, tasks: tasks.slice(0, 9).map(({ name, status }) => name + " " + status) };
};
`);
const asOutput = program(`
${use}
const operation = new Follower("operation", {});
const settled = getBackgroundTasksOutput({ instanceId, ...config.getObject("args") }, { dependsOn: operation });
new Follower("follower", { tasks: settled.apply((tasks) => tasks.map(({ taskId }) => taskId)) });
exports.names = settled.apply((tasks) => tasks.map(({ name, status }) => name + " " + status));
`);
const config = (args: object) => ({ "program:args": JSON.stringify(args) });
const ended = [{ status: "SUCCESS" }];

/** Adds a task that began so many seconds ago. */
function add(emulator: Emulator, name: string, ageSeconds: number, status = "SUCCESS"): string {
  const createdAt = new Date(emulator.now() - ageSeconds * 1000).toISOString();
  return emulator.addTask({ name, createdAt, progress: [{ status }] }).taskId;
}

describe("getBackgroundTasks", () => {
  it("reads a list of 1,000 tasks in 10 requests of 100, and sends nothing else", async () => {
    await inScenario({ files: awaited }, async ({ emulator, stack }) => {
      // One is there from the start.
      Array.from({ length: 999 }, (_, i) => add(emulator, `task-${i}`, i + 10));
      succeeded(await stack.up());
      expect(await stack.outputs()).toMatchObject({ count: 1000 });
      expect(emulator.counts()).toEqual({ createToken: 1, listTasks: 10 });
      const queries = emulator.requests().flatMap(({ route, query }) => (route === "listTasks" ? [query] : []));
      expect(queries).toEqual(
        Array.from({ length: 10 }, (_, page) => ({ start: String(100 * page + 1), limit: "100" })),
      );
    });
  });

  it("filters by name, status and time, newest first", async () => {
    const filtered = program(`
      ${use}
      for (const [title, filter] of Object.entries({
        byName: { name: "restart" },
        byStatus: { name: "restart", status: "FAILED" },
        byTimes: { createdAfter: config.require("from"), createdBefore: config.require("to") },
        byDate: { createdAfter: new Date(config.require("to")) },
      })) {
        exports[title] = getBackgroundTasks({ instanceId, ...filter }).then((tasks) =>
          tasks.map(({ name, status }) => name + " " + status));
      }
    `);
    await inScenario({ files: filtered }, async ({ emulator, stack }) => {
      add(emulator, "restart", 100);
      add(emulator, "bind", 90);
      add(emulator, "restart", 80, "FAILED");
      add(emulator, "restart", 70, "EXECUTING");
      const nowMs = emulator.now();
      const at = (ageSeconds: number) => new Date(nowMs - ageSeconds * 1000).toISOString();
      await stack.setConfig("program:from", at(95));
      await stack.setConfig("program:to", at(75));
      succeeded(await stack.up());
      expect(await stack.outputs()).toEqual({
        byName: ["restart EXECUTING", "restart FAILED", "restart SUCCESS"],
        byStatus: ["restart FAILED"],
        byTimes: ["restart FAILED", "bind SUCCESS"],
        byDate: ["restart EXECUTING"],
      });
    });
  });

  it("with wait: true resolves when none is in progress, with those that it waited for", async () => {
    await inScenario(
      { files: awaited, config: config({ wait: true, quietSeconds: 1 }) },
      async ({ emulator, stack }) => {
        add(emulator, "older", 60, "FAILED");
        const { taskId } = emulator.addTask({ name: "restart" });
        const up = stack.up();
        await until(() => emulator.counts()["listTasks"]);
        const meanwhile = emulator.addTask({ name: "resize" }).taskId;
        emulator.setTaskProgress(taskId, ended);
        await pause(1500);
        emulator.setTaskProgress(meanwhile, ended);
        succeeded(await up);
        expect(await stack.outputs()).toEqual({ count: 2, tasks: ["resize SUCCESS", "restart SUCCESS"] });
      },
    );
  });

  describe("rejects with one line and no stack", () => {
    const shared = sharedScenario({ files: awaited });

    it.each<[string, object, RegExp]>([
      [
        "a failed one",
        { wait: true },
        /error: 1 of the background tasks of instance .* ended badly: restart \(id \w+\) FAILED/,
      ],
      [
        "a deadline",
        { wait: true, timeoutSeconds: 2, name: "other" },
        /error: background tasks of .*in progress: other \(id \w+\) EXECUTING/,
      ],
      [
        "an expected one",
        { wait: true, expect: ["bind"], createdAfter: "2026-01-01T00:00:00Z", appearTimeoutSeconds: 0 },
        /error: background task bind was not found on instance/,
      ],
      [
        "a missing instance",
        { instanceId: "3f1c8a52-7d04-4e6b-9b1f-000000000000" },
        /error: instance 3f1c8a52-.*-0{12} was not found/,
      ],
      [
        "a bad argument",
        { quietSeconds: 1 },
        /error: getBackgroundTasks: quietSeconds has a meaning with wait: true only\./,
      ],
      [
        "expect without a time",
        { wait: true, expect: ["a"] },
        /error: getBackgroundTasks: createdAfter is required with expect/,
      ],
      ["another bad argument", { taskId: "a" }, /error: getBackgroundTasks: there is no argument "taskId"/],
    ])("for %s", async (_what, args, line) => {
      const { emulator, stack } = shared();
      emulator.reset();
      emulator.addTask({ name: "restart", progress: [{ status: "EXECUTING" }, { status: "FAILED", afterLooks: 2 }] });
      if ("timeoutSeconds" in args) {
        emulator.addTask({ name: "other" });
      }
      await stack.setConfig("program:args", JSON.stringify(args));
      const output = failed(await stack.up());
      expect(output.replace(/\s+/g, " ")).toMatch(line);
      expect(output).not.toMatch(/^\s+at /m);
    });
  });

  it("in a preview looks once, and goes on whatever it sees", async () => {
    await inScenario({ files: awaited, config: config({ wait: true }) }, async ({ emulator, stack }) => {
      emulator.addTask({ name: "restart" });
      expect(succeeded(await stack.preview())).toContain("restart EXECUTING");
      expect(emulator.counts()).toEqual({ createToken: 1, listTasks: 1 });

      emulator.replyNext({ route: "listTasks", status: 503 });
      expect(succeeded(await stack.preview())).toMatch(/HTTP 503.*\n?.*A preview goes on all the same/);
      expect(emulator.counts()["listTasks"]).toBe(2);
      expect(succeeded(await stack.preview({ env: { OS_PASSWORD: "" } }))).toContain("password is not set");
      await stack.setConfig("program:args", JSON.stringify({ instanceId: "3f1c8a52-7d04-4e6b-9b1f-000000000000" }));
      expect(succeeded(await stack.preview())).toContain("was not found. A preview goes on all the same");
      await stack.setConfig("program:args", JSON.stringify({ status: 5 }));
      expect(failed(await stack.preview())).toContain("status must be a status");
    });
  });
});

describe("getBackgroundTasksOutput", () => {
  it("waits after what it depends on; what uses it is created after the last task has ended", async () => {
    const files = asOutput;
    await inScenario(
      { files, config: config({ wait: true, quietSeconds: 1 }) },
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
      { files: asOutput, config: config({ wait: true, quietSeconds: 0 }) },
      async ({ emulator, stack, createdAtMs }) => {
        const failing = [{ status: "EXECUTING" }, { status: "FAILED", afterLooks: 2 }];
        emulator.addTask({ name: "restart", progress: failing });
        const output = failed(await stack.up());
        expect(output).toContain("ended badly: restart");
        expect(output).not.toMatch(/^\s+at .*\(/m);
        expect(createdAtMs("follower")).toBeUndefined();

        emulator.addTask({ name: "resize", progress: failing });
        await stack.setConfig("program:args", JSON.stringify({ wait: true, quietSeconds: 0, failOnError: false }));
        succeeded(await stack.up());
        expect(await stack.outputs()).toEqual({ names: ["resize FAILED"] });
      },
    );
  });

  it("without wait is known in a preview where everything that it lists has ended", async () => {
    const files = program(`
      ${use}
      exports.statuses = getBackgroundTasksOutput({ instanceId, name: config.get("name") }).apply((tasks) => tasks.map(({ status }) => status));
    `);
    await inScenario({ files }, async ({ emulator, stack }) => {
      expect(succeeded(await stack.preview())).toContain('"SUCCESS"');
      emulator.addTask({ name: "restart" });
      expect(succeeded(await stack.preview())).toMatch(/statuses\s*: \[unknown\]/);
    });
  });
});
