import { failed, inScenario, succeeded } from "../scenario";
import { folderOf, sentByDestroy, tasksOf } from "./exampleRun";

describe("the example settle", () => {
  it("does not send the second operation when the first has failed", async () => {
    const operations = { extendInstance: [{ status: "EXECUTING" }, { status: "FAILED", afterLooks: 2 }] };
    await inScenario({ programDir: folderOf("settle"), emulator: { operations } }, async (scenario) => {
      expect(failed(await scenario.stack.up())).toMatch(/extendInstance.*FAILED/s);
      expect(tasksOf(scenario).map(({ name }) => name)).toEqual(["extendInstance"]);
      expect(await sentByDestroy(scenario)).toEqual([]);
    });
  });

  it("is refused without the barriers, in words that say the instance is busy", async () => {
    const config = { "settle:barriers": "false" };
    const endless = [{ status: "EXECUTING" }];
    const operations = { extendInstance: endless, kafkaConfigModify: endless };
    await inScenario({ programDir: folderOf("settle"), config, emulator: { operations } }, async (scenario) => {
      const { emulator, stack, resource } = scenario;
      const busy = `instance ${emulator.instanceId} is busy with another operation: `;
      const extending = failed(await stack.up());
      expect(extending).toContain(busy);
      expect(extending).toContain("DMS.00400026");
      expect(await resource("retention")).toBeUndefined();

      // Repeated when it is no longer busy, it is accepted; and then the next one is refused.
      emulator.setTaskProgress(emulator.tasks().at(-1)!.taskId, [{ status: "SUCCESS" }]);
      succeeded(await stack.up());
      await stack.setConfig("settle:gigabytes", "1200");
      const modifying = failed(await stack.up());
      expect(modifying).toContain(busy);
      expect(modifying).toContain("DMS.00400017");

      // The barriers wait until that has ended, too.
      const seenTwice = [{ status: "EXECUTING" }, { status: "SUCCESS", afterLooks: 2 }];
      emulator.configure({ operations: { extendInstance: seenTwice, kafkaConfigModify: seenTwice } });
      const { taskId } = emulator.tasks().at(-1)!;
      emulator.setTaskProgress(taskId, [{ status: "EXECUTING" }, { status: "SUCCESS", afterLooks: 5 }]);
      await stack.removeConfig("settle:barriers");
      succeeded(await stack.up());
      expect(tasksOf(scenario).at(-1)!.beganMs).toBeGreaterThanOrEqual(scenario.endedAtMs(taskId)!);
    });
  });
});
