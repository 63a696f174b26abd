import { setTimeout as pause } from "node:timers/promises";
import { name, operationThenWait as files, usualConfig } from "./byNameProgram";
import { failed, inScenario, succeeded } from "./scenario";
import { until } from "./until";

describe("a wait by name", () => {
  it("goes on with the id that it had found, although the engine is killed and a newer run begins", async () => {
    const config = { "program:progress": '[{"status":"EXECUTING"}]' };
    await inScenario({ files, config }, async ({ emulator, stack, createdAtMs }) => {
      const up = stack.spawnUp();
      await until(() => emulator.counts()["showTask"]);
      up.kill("SIGKILL");
      const task = emulator.tasks().find((one) => one.name === name)!;
      emulator.setTaskProgress(task.taskId, [{ status: "SUCCESS" }]);
      emulator.addTask({ name });

      succeeded(await stack.cancel());
      succeeded(await stack.up());
      expect(await stack.outputs()).toMatchObject({ taskId: task.taskId });
      expect(createdAtMs("follower")).toBeDefined();
    });
  });

  it("that was killed before it found anything names the older run, and takes it when told to", async () => {
    const config = { ...usualConfig, "program:start": "nothing", "program:appearTimeoutSeconds": "60" };
    await inScenario({ files, config }, async ({ emulator, stack }) => {
      const up = stack.spawnUp();
      await until(() => (emulator.counts()["listTasks"] ?? 0) >= 2);
      const { taskId } = emulator.addTask({ name, visibleAfterSeconds: 2, progress: [{ status: "SUCCESS" }] });
      up.kill("SIGKILL");
      await pause(2500);

      succeeded(await stack.cancel());
      await stack.setConfig("program:appearTimeoutSeconds", "3");
      const output = failed(await stack.up()).replace(/\s+/g, " ");
      const { createdAt } = emulator.tasks().find((one) => one.taskId === taskId)!;
      expect(output).toContain(`background task ${name} was not found on instance ${emulator.instanceId}`);
      expect(output).toContain(`The newest other is background task ${taskId} (SUCCESS), started ${createdAt}`);
      expect(output).toContain("To accept it, set createdAfter to that time.");

      await stack.setConfig("program:createdAfter", createdAt);
      succeeded(await stack.up());
      expect(await stack.outputs()).toMatchObject({ taskId });
      succeeded(await stack.up({ args: ["--expect-no-changes"] }));
    });
  });

  it("that found nothing in time goes on from the time of the first update", async () => {
    const config = { ...usualConfig, "program:start": "nothing", "program:appearTimeoutSeconds": "2" };
    await inScenario({ files, config }, async ({ emulator, stack, createdAtMs }) => {
      const output = failed(await stack.up());
      expect(output.replace(/\s+/g, " ")).toContain("There is no older one either.");
      succeeded(await stack.refresh());
      failed(await stack.up());
      expect(createdAtMs("follower")).toBeUndefined();
      const { taskId } = emulator.addTask({ name, progress: [{ status: "SUCCESS" }] });
      await pause(1500);
      succeeded(await stack.up());
      expect(await stack.outputs()).toMatchObject({ taskId });
      succeeded(await stack.destroy());
    });
  });
});
