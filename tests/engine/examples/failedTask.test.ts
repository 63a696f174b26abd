import { failed, inScenario, succeeded } from "../scenario";
import { expectPrinted, folderOf } from "./exampleRun";

describe("the example failed-task", () => {
  it("fails with its message and creates no dependent, now or next time, until the task is another", async () => {
    await inScenario({ programDir: folderOf("failed-task") }, async ({ emulator, stack, resource }) => {
      const { taskId } = emulator.addTask({ name: "restart", progress: [{ status: "FAILED" }] });
      await stack.setConfig("failed-task:taskId", taskId);
      await expectPrinted("failed-task", failed(await stack.up()));
      await expectPrinted("failed-task", failed(await stack.up()));
      expect(await resource("dependent")).toBeUndefined();

      const repeated = emulator.addTask({ name: "restart", progress: [{ status: "SUCCESS" }] });
      await stack.setConfig("failed-task:taskId", repeated.taskId);
      succeeded(await stack.up());
      expect(await resource("dependent")).toBeDefined();
    });
  });
});
