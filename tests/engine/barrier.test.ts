import { setTimeout as pause } from "node:timers/promises";
import type { Emulator } from "../../emulator";
import { removePackage } from "./removedPackage";
import { failed, inScenario, program, succeeded } from "./scenario";

jest.setTimeout(400_000);

const files = program(`
const { BackgroundTasks } = require("pulumi-otc-background-task");
const settled = new BackgroundTasks("settled", {
  instanceId,
  quietSeconds: 1,
  ...config.getObject("args"),
});
new Follower("follower-" + (config.get("run") ?? ""), { tasks: settled.tasks });
exports.tasks = settled.tasks.apply((tasks) => tasks.map(({ taskId, status }) => taskId + " " + status));
exports.isInstance = BackgroundTasks.isInstance(settled) && !BackgroundTask.isInstance(settled);
`);
const args = (given: object) => JSON.stringify(given);

async function until(condition: () => unknown): Promise<void> {
  while (!condition()) {
    await pause(20);
  }
}

const firstLook = (emulator: Emulator) => until(() => emulator.counts()["listTasks"]);
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
  it("under five tasks that overlap and start one another ends after the last, five times of five", async () => {
    await inScenario({ files }, async ({ emulator, stack, createdAtMs, endedAtMs }) => {
      for (const run of [1, 2, 3, 4, 5]) {
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

  it("lists every task that failed; they are recorded with failOnError: false, and toggling that sends nothing", async () => {
    await inScenario({ files }, async ({ emulator, stack, createdAtMs, resource }) => {
      emulator.addTask({ name: "older", progress: [{ status: "FAILED" }] });
      const names = ["bind", "resize", "restart"];
      const [bind, resize, restart] = names.map((name) => emulator.addTask({ name }).taskId);
      const up = stack.up();
      await firstLook(emulator);
      emulator.setTaskProgress(bind!, [{ status: "FAILED" }]);
      emulator.setTaskProgress(resize!, [{ status: "SUCCESS" }]);
      emulator.setTaskProgress(restart!, [{ status: "CANCELLED" }]);
      const output = failed(await up).replace(/\s+/g, " ");
      expect(output).toContain(
        `2 of the background tasks of instance ${emulator.instanceId} ended badly: restart (id ${restart}) CANCELLED, bind (id ${bind}) FAILED`,
      );
      expect(output).not.toContain("older");
      expect(createdAtMs("follower-")).toBeUndefined();

      // Another look shows the same failure, also after a refresh.
      succeeded(await stack.refresh());
      expect(failed(await stack.up())).toContain("ended badly");

      const sent = emulator.requests().length;
      await stack.setConfig("program:args", args({ failOnError: false }));
      succeeded(await stack.up());
      expect(await stack.outputs()).toMatchObject({
        tasks: [`${restart} CANCELLED`, `${resize} SUCCESS`, `${bind} FAILED`],
      });
      expect(createdAtMs("follower-")).toBeDefined();
      succeeded(await stack.up({ args: ["--expect-no-changes"] }));
      await stack.removeConfig("program:args");
      expect(failed(await stack.up())).toContain("ended badly");
      expect((await resource("settled"))!.outputs).toMatchObject({ isQuiet: true });
      await stack.setConfig("program:args", args({ failOnError: false }));
      succeeded(await stack.up());
      // Once what failed was mended at the service, by the sentence's advice: another wait.
      expect(emulator.requests().filter(({ route }) => route !== "unknown")).toHaveLength(sent);
      await stack.setConfig("program:args", args({ triggers: ["mended"] }));
      succeeded(await stack.up());
      expect(await stack.outputs()).toMatchObject({ tasks: [] });
    });
  });

  it("that timed out is resumed with the tasks that it had seen", async () => {
    const config = { "program:args": args({ timeoutSeconds: 3 }) };
    await inScenario({ files, config }, async ({ emulator, stack, createdAtMs, resource }) => {
      const { taskId } = emulator.addTask({ name: "restart" });
      const output = failed(await stack.up()).replace(/\s+/g, " ");
      expect(output).toContain(`in progress: restart (id ${taskId}) EXECUTING. The work goes on at the service`);
      expect(createdAtMs("follower-")).toBeUndefined();
      expect((await resource("settled"))!.outputs).toMatchObject({ isQuiet: false, tasks: [{ taskId }] });

      emulator.setTaskProgress(taskId, [{ status: "FAILED" }]);
      succeeded(await stack.refresh());
      expect(failed(await stack.up())).toContain(`restart (id ${taskId}) FAILED`);
      emulator.removeTask(taskId);
      expect(failed(await stack.up())).toContain(`restart (id ${taskId}) FAILED`);
      succeeded(await stack.destroy());
    });
  });

  it("whose engine was killed waits in the next update", async () => {
    await inScenario({ files }, async ({ emulator, stack, createdAtMs, endedAtMs }) => {
      const { taskId } = emulator.addTask({ name: "restart" });
      const killed = stack.spawnUp();
      await firstLook(emulator);
      killed.kill("SIGKILL");
      await killed.finished;
      succeeded(await stack.cancel());
      // The provider of the killed engine looks on for some seconds.
      let looks: number;
      do {
        looks = emulator.counts()["listTasks"]!;
        await pause(3000);
      } while (emulator.counts()["listTasks"]! > looks);
      const up = stack.up();
      await until(() => emulator.counts()["listTasks"]! > looks);
      emulator.setTaskProgress(taskId, [{ status: "SUCCESS" }]);
      succeeded(await up);
      expect(await stack.outputs()).toMatchObject({ tasks: [`${taskId} SUCCESS`] });
      expect(createdAtMs("follower-")).toBeGreaterThan(endedAtMs(taskId)!);
    });
  });

  it("waits until what it expects has appeared, and says what has not", async () => {
    const expecting = program(`
      const { BackgroundTasks } = require("pulumi-otc-background-task");
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
      const settled = new BackgroundTasks("settled", {
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
      expect(output).toContain(`background task resize, rebalance was not found on instance ${emulator.instanceId}`);
      expect(output).toMatch(
        /The newest before that: resize \(id \w+\) SUCCESS, begun .*Z\. If that is the one after all, set createdAfter/,
      );
    });
  });

  it.each([
    ["ended well", "SUCCESS", succeeded],
    ["saw a failure", "FAILED", failed],
    ["timed out", undefined, failed],
  ])(
    "that %s can be refreshed and destroyed, the latter although the package was removed",
    async (_what, end, ends) => {
      const config = { "program:args": args({ timeoutSeconds: 4, quietSeconds: 0.5 }) };
      await inScenario({ files, config }, async ({ emulator, stack }) => {
        const { taskId } = emulator.addTask({ name: "restart" });
        const up = stack.up();
        await firstLook(emulator);
        if (end) {
          emulator.setTaskProgress(taskId, [{ status: end }]);
        }
        ends(await up);
        const sent = emulator.requests().length;
        succeeded(await stack.refresh());
        await removePackage(stack);
        succeeded(await stack.refresh());
        succeeded(await stack.destroy());
        expect(emulator.requests()).toHaveLength(sent);
        expect((await stack.exportState()).deployment.resources ?? []).toEqual([]);
      });
    },
  );

  it("names what is wrong with its arguments before anything is sent", async () => {
    const config = { "program:args": args({ expect: ["a", ""], quietSeconds: -1, status: "EXECUTING" }) };
    await inScenario({ files, config }, async ({ emulator, stack }) => {
      const output = failed(await stack.preview());
      expect(output).toContain("expect[1] must not be empty");
      expect(output).toContain("quietSeconds must be a number of seconds from 0 to 86400, but is -1");
      expect(output).toContain('there is no argument "status"');
      expect(emulator.requests()).toEqual([]);
    });
  });
});
