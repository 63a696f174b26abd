import { removePackage } from "./removedPackage";
import { failed, inScenario, looksIn, program, succeeded } from "./scenario";

const oneTask = program(`
const operation = new BackgroundTask("operation", {
  instanceId,
  taskId,
  timeoutSeconds: config.getNumber("timeoutSeconds"),
  triggers: config.getObject("triggers"),
});
exports.status = operation.status;
exports.id = operation.id;
`);

describe("a recorded task", () => {
  it("sends nothing in a second update, a refresh or a destroy", async () => {
    await inScenario({ files: oneTask }, async ({ emulator, stack }) => {
      await stack.setConfig("program:taskId", emulator.taskId);
      succeeded(await stack.up());
      const sent = emulator.requests().length;

      expect(succeeded(await stack.up({ args: ["--expect-no-changes"] }))).toMatch(/2 unchanged/);
      succeeded(await stack.refresh({ args: ["--expect-no-changes"] }));
      succeeded(await stack.destroy());
      expect(emulator.requests()).toHaveLength(sent);
    });
  });

  it("records changed timeouts without a request and without replacing anything", async () => {
    await inScenario({ files: oneTask }, async ({ emulator, stack, resource }) => {
      await stack.setConfig("program:taskId", emulator.taskId);
      succeeded(await stack.up());
      const sent = emulator.requests().length;

      await stack.setConfig("program:timeoutSeconds", "77");
      expect(succeeded(await stack.up())).toMatch(/1 updated/);
      expect((await resource("operation"))!.outputs).toMatchObject({ timeoutSeconds: 77, status: "SUCCESS" });
      succeeded(await stack.up({ args: ["--expect-no-changes"] }));
      expect(emulator.requests()).toHaveLength(sent);
    });
  });

  it("is replaced, that is waited for again, when a trigger changes", async () => {
    await inScenario({ files: oneTask, config: { "program:triggers": "[1]" } }, async ({ emulator, stack }) => {
      await stack.setConfig("program:taskId", emulator.taskId);
      succeeded(await stack.up());
      const sent = looksIn({ emulator });

      await stack.setConfig("program:triggers", '[{"deep":[2]}]');
      expect(succeeded(await stack.up())).toMatch(/1 replaced/);
      expect(looksIn({ emulator })).toBe(sent + 1);
      succeeded(await stack.up({ args: ["--expect-no-changes"] }));
    });
  });

  it("does not change when the text of its provider does", async () => {
    await inScenario({ files: oneTask }, async ({ emulator, stack, resource }) => {
      await stack.setConfig("program:taskId", emulator.taskId);
      succeeded(await stack.up());
      const { inputs } = (await resource("operation"))!;
      const older = `${inputs!["__provider"] as string}\n// as an earlier release wrote it\n`;
      const { __provider: text } = inputs!;
      await stack.editState(
        (state) =>
          JSON.parse(JSON.stringify(state).replaceAll(JSON.stringify(text), JSON.stringify(older))) as typeof state,
      );
      const sent = emulator.requests().length;

      succeeded(await stack.up({ args: ["--expect-no-changes"] }));
      expect(emulator.requests()).toHaveLength(sent);
      succeeded(await stack.destroy());
    });
  });

  it("can be read by its id in another program, without waiting", async () => {
    await inScenario({ files: oneTask }, async (first) => {
      await first.stack.setConfig("program:taskId", first.emulator.taskId);
      succeeded(await first.stack.up());
      const { id } = (await first.stack.outputs()) as { id: string };
      const { projectId, instanceId, taskId } = first.emulator;
      expect(id).toBe(`kafka/${projectId}/${instanceId}/${taskId}`);

      const files = program(`
        const read = BackgroundTask.get("read", config.require("id"));
        exports.name = read.name;
        exports.status = read.status;
        exports.isInstance = BackgroundTask.isInstance(read);
      `);
      await inScenario({ files, env: first.emulator.env, config: { "program:id": id } }, async ({ stack }) => {
        succeeded(await stack.up());
        expect(await stack.outputs()).toMatchObject({ status: "SUCCESS", isInstance: true });
        succeeded(await stack.refresh());
        succeeded(await stack.destroy());
      });
      const another = id.replace(taskId, "0".repeat(32));
      await inScenario({ files, env: first.emulator.env, config: { "program:id": another } }, async ({ stack }) => {
        expect(failed(await stack.up())).toContain(`there is no background task ${"0".repeat(32)}`);
      });
    });
  });
});

describe("a stack with a task can be destroyed", () => {
  it.each([
    ["that succeeded", [{ status: "SUCCESS" }], true],
    ["that failed", [{ status: "FAILED" }], false],
    ["that is still in progress", [{ status: "EXECUTING" }], false],
    ["of an unknown status", [{ status: "PAUSED" }], false],
  ])("%s, after a refresh too, and although the package was removed", async (_what, progress, isGood) => {
    await inScenario({ files: oneTask, config: { "program:timeoutSeconds": "3" } }, async ({ emulator, stack }) => {
      const { taskId } = emulator.addTask({ name: "restart", progress });
      await stack.setConfig("program:taskId", taskId);
      const output = (isGood ? succeeded : failed)(await stack.up());
      if (progress[0]!.status === "PAUSED") {
        expect(output).toContain("the status PAUSED is not a known one");
        expect(output).toContain("its last status was PAUSED, which is not a known one");
      }
      succeeded(await stack.refresh());
      (isGood ? succeeded : failed)(await stack.up());

      await removePackage(stack);
      succeeded(await stack.refresh());
      succeeded(await stack.destroy());
      expect((await stack.exportState()).deployment.resources ?? []).toEqual([]);
    });
  });

  it("that could not be waited for, since the settings are missing", async () => {
    await inScenario({ files: oneTask, env: { OS_PASSWORD: "" } }, async ({ emulator, stack }) => {
      await stack.setConfig("program:taskId", emulator.taskId);
      expect(failed(await stack.up())).toContain("the credentials are incomplete: password is not set");
      expect(emulator.requests()).toEqual([]);
      succeeded(await stack.up({ env: emulator.env }));
      succeeded(await stack.destroy());
    });
  });
});
