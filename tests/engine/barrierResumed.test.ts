import { setTimeout as pause } from "node:timers/promises";
import { barrierProgram as files, firstLook } from "./barrierProgram";
import { failed, inScenario, succeeded } from "./scenario";
import { until } from "./until";

const args = (given: object) => JSON.stringify(given);

describe("a barrier", () => {
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
