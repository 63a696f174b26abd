import { setTimeout as pause } from "node:timers/promises";
import type { Emulator } from "../../emulator";
import { runs } from "../repetitions";
import { barrierProgram as files, firstLook } from "./barrierProgram";
import { failed, inScenario, program, succeeded } from "./scenario";
import { until } from "./until";

jest.setTimeout(300_000 * runs.length);

const args = (given: object) => JSON.stringify(given);
const seconds = (status: string, afterSeconds: number) => [{ status: "EXECUTING" }, { status, afterSeconds }];

/** Five tasks, of which the later begin while others run, or when they have ended; resolves to their ids, oldest first. */
async function fiveTasks(emulator: Emulator): Promise<string[]> {
  const add = (name: string, lastsSeconds: number) =>
    emulator.addTask({ name, progress: seconds("SUCCESS", lastsSeconds) }).taskId;
  const hasEnded = (taskId: string) => emulator.events().some((event) => event.taskId === taskId && event.terminal);
  const first = emulator.addTask({ name: "first" }).taskId;
  await firstLook(emulator);
  const second = add("second", 1.5);
  await pause(700);
  emulator.setTaskProgress(first, [{ status: "SUCCESS" }]);
  const third = add("third", 2);
  await until(() => hasEnded(second));
  const fourth = add("fourth", 0.3);
  await until(() => hasEnded(third) && hasEnded(fourth));
  return [first, second, third, fourth, add("fifth", 1.2)];
}

describe("a barrier", () => {
  it("under five tasks that overlap and start one another ends after the last, each time", async () => {
    await inScenario({ files }, async ({ emulator, stack, createdAtMs, endedAtMs }) => {
      for (const run of runs) {
        emulator.reset();
        await stack.setConfig("program:run", String(run));
        await stack.setConfig("program:args", args({ triggers: [run] }));
        const [taskIds, result] = await Promise.all([fiveTasks(emulator), stack.up()]);
        succeeded(result);
        const tasks = taskIds.map((taskId) => `${taskId} SUCCESS`).reverse();
        expect(await stack.outputs()).toEqual({ tasks, isInstance: true });
        const lastEndMs = Math.max(...taskIds.map((taskId) => endedAtMs(taskId)!));
        expect(createdAtMs(`follower-${run}`)! - lastEndMs).toBeGreaterThan(1000);
      }
    });
  });

  it("that ended stays unchanged and sends nothing; a trigger makes it wait again", async () => {
    await inScenario({ files, config: { "program:args": args({ triggers: [1] }) } }, async ({ emulator, stack }) => {
      succeeded(await stack.up());
      expect(await stack.outputs()).toMatchObject({ tasks: [] });
      emulator.addTask({ name: "restart", progress: [{ status: "FAILED" }] });
      const { taskId } = emulator.addTask({ name: "restart" });
      const sent = emulator.requests().length;

      succeeded(await stack.up({ args: ["--expect-no-changes"] }));
      succeeded(await stack.refresh({ args: ["--expect-no-changes"] }));
      await stack.setConfig("program:args", args({ triggers: [1], quietSeconds: 2 }));
      expect(succeeded(await stack.up())).toMatch(/1 updated/);
      expect(emulator.requests()).toHaveLength(sent);

      await stack.setConfig("program:args", args({ triggers: [2] }));
      const looks = emulator.counts()["listTasks"]!;
      const up = stack.up();
      await until(() => emulator.counts()["listTasks"]! > looks);
      emulator.setTaskProgress(taskId, [{ status: "SUCCESS" }]);
      expect(succeeded(await up)).toMatch(/1 replaced/);
      expect(await stack.outputs()).toMatchObject({ tasks: [`${taskId} SUCCESS`] });
    });
  });

  it("waits until what it expects has appeared, and says what has not", async () => {
    const expecting = program(`
      const { QuietInstance } = require("pulumi-otc-background-task");
      const provider = {
        async create() {
          const body = JSON.stringify({ name: "resize", visibleAfterSeconds: 2, progress: [{ status: "SUCCESS", afterSeconds: 2.5 }] });
          await fetch(process.env.EMULATOR_URL + "/_emulator/tasks", { method: "POST", body });
          return { id: "started" };
        },
      };
      class Resize extends pulumi.dynamic.Resource {
        constructor() { super(provider, "resize", {}, undefined, "test", "Resize"); }
      }
      const resize = new Resize();
      const settled = new QuietInstance("settled", {
        instanceId, quietSeconds: 0, expect: config.requireObject("expect"), appearTimeoutSeconds: config.getNumber("window"),
      }, { dependsOn: resize });
      exports.tasks = settled.tasks.apply((tasks) => tasks.map(({ name, status }) => name + " " + status));
    `);
    const config = { "program:expect": '["resize"]' };
    await inScenario({ files: expecting, config }, async ({ emulator, stack }) => {
      emulator.addTask({
        name: "resize",
        createdAt: new Date(emulator.now() - 10_000).toISOString(),
        progress: seconds("FAILED", 3),
      });
      succeeded(await stack.up());
      expect(await stack.outputs()).toEqual({ tasks: ["resize SUCCESS"] });

      await stack.setConfig("program:expect", '["resize","rebalance"]');
      await stack.setConfig("program:window", "2");
      const output = failed(await stack.up()).replace(/\s+/g, " ");
      expect(output).toContain(
        `background tasks resize and rebalance were not found on instance ${emulator.instanceId}`,
      );
      expect(output).toMatch(
        /The newest older one is resize \(id \w+\) SUCCESS, started .*Z\.\s+To accept it, set createdAfter/,
      );
    });
  });

  it("names what is wrong with its arguments before anything is sent", async () => {
    const config = { "program:args": args({ expect: ["a", ""], quietSeconds: -1, status: "EXECUTING" }) };
    await inScenario({ files, config }, async ({ emulator, stack }) => {
      const output = failed(await stack.preview());
      expect(output).toContain("expect[1] must not be empty");
      expect(output).toContain("quietSeconds must be a number of seconds from 0 to 86400, but is -1");
      expect(output).toContain('unknown argument "status"');
      expect(emulator.requests()).toEqual([]);
    });
  });
});
