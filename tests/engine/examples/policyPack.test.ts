import path from "node:path";
import { failed, inScenario, succeeded } from "../scenario";
import { expectPrinted, folderOf } from "./exampleRun";

describe("the example policy-pack", () => {
  it("keeps the topic uncreated while the instance is busy, then fails because of the task that failed", async () => {
    await inScenario({ programDir: folderOf("policy-pack") }, async ({ emulator, stack, resource }) => {
      const add = (name: string, status: string) => emulator.addTask({ name, progress: [{ status }] }).taskId;
      await stack.setConfig("policy-pack:bindTaskId", add("bindInstancePublicIp", "SUCCESS"));
      await stack.setConfig("policy-pack:restartTaskId", add("restart", "FAILED"));
      const resize = add("extendInstance", "EXECUTING");
      const args = await stack.policyPack({ dir: path.join(folderOf("policy-pack"), "pack") });

      const whileBusy = failed(await stack.up({ args }));
      expect(await resource("orders")).toBeUndefined();

      emulator.setTaskProgress(resize, [{ status: "SUCCESS" }]);
      const whenQuiet = failed(await stack.up({ args }));
      expect(await resource("orders")).toBeDefined();
      await expectPrinted("policy-pack", whileBusy + whenQuiet);

      await stack.setConfig("policy-pack:restartTaskId", add("restart", "SUCCESS"));
      succeeded(await stack.up({ args }));
      succeeded(await stack.destroy());
    });
  });
});
