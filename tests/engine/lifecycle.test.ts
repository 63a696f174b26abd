import { failed, inScenario, looksIn, program, succeeded } from "./scenario";
import { sharedScenario } from "./sharedScenario";

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
  const shared = sharedScenario(
    { files: oneTask, config: { "program:triggers": "[1]" } },
    async ({ emulator, stack }) => {
      await stack.setConfig("program:taskId", emulator.taskId);
      succeeded(await stack.up());
    },
  );

  it("records changed timeouts without a request and without replacing anything", async () => {
    const { emulator, stack, resource } = shared();
    const sent = emulator.requests().length;

    await stack.setConfig("program:timeoutSeconds", "77");
    expect(succeeded(await stack.up())).toMatch(/1 updated/);
    expect((await resource("operation"))!.outputs).toMatchObject({ timeoutSeconds: 77, status: "SUCCESS" });
    succeeded(await stack.up({ args: ["--expect-no-changes"] }));
    expect(emulator.requests()).toHaveLength(sent);
  });

  it("is replaced, that is waited for again, when a trigger changes", async () => {
    const { emulator, stack } = shared();
    const sent = looksIn({ emulator });

    await stack.setConfig("program:triggers", '[{"deep":[2]}]');
    expect(succeeded(await stack.up())).toMatch(/1 replaced/);
    expect(looksIn({ emulator })).toBe(sent + 1);
    succeeded(await stack.up({ args: ["--expect-no-changes"] }));
  });

  it("can be read by its id in another program, without waiting", async () => {
    const { emulator, stack: first } = shared();
    const { id } = (await first.outputs()) as { id: string };
    const { projectId, instanceId, taskId } = emulator;
    expect(id).toBe(`kafka/${projectId}/${instanceId}/${taskId}`);

    const files = program(`
      const read = BackgroundTask.get("read", config.require("id"));
      exports.name = read.name;
      exports.status = read.status;
      exports.isInstance = BackgroundTask.isInstance(read);
    `);
    await inScenario({ files, env: emulator.env, config: { "program:id": id } }, async ({ stack }) => {
      succeeded(await stack.up());
      expect(await stack.outputs()).toMatchObject({ status: "SUCCESS", isInstance: true });
      succeeded(await stack.refresh());
      succeeded(await stack.destroy());

      await stack.setConfig("program:id", id.replace(taskId, "0".repeat(32)));
      expect(failed(await stack.up())).toMatch(
        new RegExp(`background task ${"0".repeat(32)} of instance \\S+ was not found`),
      );
    });
  });

  it("sends nothing in a second update, a refresh or a destroy", async () => {
    const { emulator, stack } = shared();
    const sent = emulator.requests().length;

    expect(succeeded(await stack.up({ args: ["--expect-no-changes"] }))).toMatch(/2 unchanged/);
    succeeded(await stack.refresh({ args: ["--expect-no-changes"] }));
    succeeded(await stack.destroy());
    expect(emulator.requests()).toHaveLength(sent);
  });

  it("does not change when the text of its provider does", async () => {
    const { emulator, stack, resource } = shared();
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
