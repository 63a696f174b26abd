import { only } from "./policyPacks";
import { failed, inScenario, program, succeeded } from "./scenario";

const files = program(`new BackgroundTask("operation", { instanceId, taskId });`);
const key = "otc-background-task:timeoutSeconds";

describe("a stack's default of timeoutSeconds", () => {
  it("ends waits, is checked in a preview, is known to bounded-wait, and is no change of what is recorded", async () => {
    await inScenario({ files }, async ({ emulator, stack, resource }) => {
      const { taskId } = emulator.addTask({ name: "restart", progress: [{ status: "EXECUTING" }] });
      await stack.setConfig("program:taskId", taskId);

      await stack.setConfig(key, "soon");
      const malformed = failed(await stack.preview());
      expect(malformed).toContain(`${key} in the Pulumi configuration must be a number of seconds over 0`);
      expect(emulator.requests()).toEqual([]);

      await stack.setConfig(key, "1");
      expect(failed(await stack.up())).toMatch(/restart \(id .*\) of instance .* has not ended after 1(\.\d)? s /);
      const bounded = failed(await stack.preview({ args: await stack.policyPack(only("boundedWait")) }));
      expect(bounded).toContain(
        `BackgroundTask "operation" times out after 1 s (set with ${key} in the Pulumi configuration), but 30 to 3600 s`,
      );

      emulator.setTaskProgress(taskId, [{ status: "SUCCESS" }]);
      succeeded(await stack.up());
      expect((await resource("operation"))!.inputs).not.toHaveProperty("timeoutSeconds");
      await stack.setConfig(key, "600");
      succeeded(await stack.up({ args: ["--expect-no-changes"] }));
      await stack.removeConfig(key);
      succeeded(await stack.up({ args: ["--expect-no-changes"] }));
    });
  });
});
