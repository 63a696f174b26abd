import type { Emulator } from "../../emulator";
import { expectRejection } from "./rejection";
import { failed, inScenario, program, succeeded } from "./scenario";
import { sharedScenario } from "./sharedScenario";

const use = `const { getBackgroundTasks, getBackgroundTasksOutput } = require("pulumi-otc-background-task");`;
const awaited = program(`
${use}
module.exports = async () => {
  const tasks = await getBackgroundTasks({ instanceId, ...config.getObject("args") });
  return { count: tasks.length, tasks: tasks.slice(0, 9).map(({ name, status }) => name + " " + status) };
};
`);

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

  describe("rejects with one line and no stack", () => {
    const shared = sharedScenario({ files: awaited });

    it.each<[string, object, RegExp]>([
      [
        "a missing instance",
        { instanceId: "3f1c8a52-7d04-4e6b-9b1f-000000000000" },
        /error: instance 3f1c8a52-.*-0{12} was not found/,
      ],
      [
        "an argument of getQuietInstance",
        { quietSeconds: 1 },
        /error: getBackgroundTasks: unknown argument "quietSeconds"/,
      ],
    ])("for %s", async (_what, args, line) => {
      const scenario = shared();
      scenario.emulator.reset();
      await expectRejection(scenario, args, line);
    });
  });

  it("in a preview looks once, and goes on whatever it sees", async () => {
    await inScenario({ files: awaited }, async ({ emulator, stack }) => {
      emulator.addTask({ name: "restart" });
      expect(succeeded(await stack.preview())).toContain("restart EXECUTING");
      expect(emulator.counts()).toEqual({ createToken: 1, listTasks: 1 });

      emulator.replyNext({ route: "listTasks", status: 503 });
      expect(succeeded(await stack.preview())).toMatch(/HTTP 503.*\n?.*The preview continues/);
      expect(emulator.counts()["listTasks"]).toBe(2);
      expect(succeeded(await stack.preview({ env: { OS_PASSWORD: "" } }))).toContain("needs the setting password");
      await stack.setConfig("program:args", JSON.stringify({ instanceId: "3f1c8a52-7d04-4e6b-9b1f-000000000000" }));
      expect(succeeded(await stack.preview())).toContain("was not found. The preview continues");
      await stack.setConfig("program:args", JSON.stringify({ status: 5 }));
      expect(failed(await stack.preview())).toContain("status must be a status");
    });
  });
});

describe("getBackgroundTasksOutput", () => {
  it("is known in a preview if everything that it lists has ended", async () => {
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
