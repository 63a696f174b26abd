import { setTimeout as pause } from "node:timers/promises";
import { barrierProgram as files, firstLook } from "./barrierProgram";
import { failed, inScenario, succeeded } from "./scenario";
import { until } from "./until";

const args = (given: object) => JSON.stringify(given);

describe("a barrier", () => {
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
        `2 background tasks of instance ${emulator.instanceId} failed: restart (id ${restart}) CANCELLED, bind (id ${bind}) FAILED`,
      );
      expect(output).not.toContain("older");
      expect(createdAtMs("follower-")).toBeUndefined();

      // Another look shows the same failure, also after a refresh.
      succeeded(await stack.refresh());
      expect(failed(await stack.up())).toContain("2 background tasks of instance");

      const sent = emulator.requests().length;
      await stack.setConfig("program:args", args({ failOnError: false }));
      succeeded(await stack.up());
      expect(await stack.outputs()).toMatchObject({
        tasks: [`${restart} CANCELLED`, `${resize} SUCCESS`, `${bind} FAILED`],
      });
      expect(createdAtMs("follower-")).toBeDefined();
      succeeded(await stack.up({ args: ["--expect-no-changes"] }));
      await stack.removeConfig("program:args");
      expect(failed(await stack.up())).toContain("2 background tasks of instance");
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
      expect(output).toContain(`in progress: restart (id ${taskId}) EXECUTING. The service keeps working on them.`);
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
});
