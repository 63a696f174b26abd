import { add, only, pack, requestsTo, tasks } from "./policyPacks";
import { failed, inScenario, program, succeeded } from "./scenario";

describe("background-task-still-succeeded", () => {
  it("asks with the stack's own settings, decrypted secrets among them, and prints none of them", async () => {
    await inScenario({ files: tasks }, async (scenario) => {
      const { emulator, stack } = scenario;
      const taskId = add(scenario, "SUCCESS");
      await stack.setConfig("program:taskIds", taskId);
      const { OS_PASSWORD: password, OS_USERNAME: userName, ...environment } = emulator.env;
      await stack.setConfig("opentelekomcloud:password", password!, { secret: true });
      await stack.setConfig("opentelekomcloud:userName", userName!);
      // Of the environment, the pack has what the program has.
      const env = { OS_PASSWORD: "", OS_USERNAME: "", ...environment };
      const args = await stack.policyPack(only("backgroundTaskStillSucceeded"));
      succeeded(await stack.up({ env }));
      const sent = requestsTo(scenario, "showTask").length;
      succeeded(await stack.up({ args, env }));
      expect(requestsTo(scenario, "showTask")).toHaveLength(sent + 1);

      emulator.setTaskProgress(taskId, [{ status: "FAILED" }]);
      const output = failed(await stack.up({ args, env }));
      expect(output).toContain("according to the service now, although the resource recorded a success");
      expect(output).not.toContain(password);

      emulator.removeTask(taskId);
      const gone = succeeded(await stack.up({ args, env }));
      expect(gone).toContain(`the service no longer has the record of BackgroundTask "task-${taskId}"`);
    });
  });
});

describe("instance-quiet-before-change", () => {
  const type = "pulumi-nodejs:dynamic/test:Follower";
  const files = program(`new Follower("topic", { instanceId });`);

  it("keeps a resource of a busy instance uncreated, until the instance is quiet", async () => {
    await inScenario({ files }, async (scenario) => {
      const { emulator, stack, createdAtMs, resource } = scenario;
      const taskId = add(scenario, "EXECUTING");
      const settings = { resources: [{ type, property: "instanceId" }] };
      const mandatory = await stack.policyPack(pack({ instanceQuietBeforeChange: settings }));
      succeeded(await stack.preview({ args: mandatory }));
      expect(requestsTo(scenario, "listTasks")).toHaveLength(0);
      const output = failed(await stack.up({ args: mandatory }));
      expect(output).toContain(`Follower "topic" was blocked: background task restart (id ${taskId}) of instance`);
      expect(createdAtMs("topic")).toBeUndefined();
      expect(await resource("topic")).toBeUndefined();

      emulator.setTaskProgress(taskId, [{ status: "SUCCESS" }]);
      succeeded(await stack.up({ args: mandatory }));
      expect(createdAtMs("topic")).toBeDefined();
    });
  });
});
