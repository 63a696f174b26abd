import { removePackage } from "./removedPackage";
import { failed, inScenario, program, succeeded } from "./scenario";

const files = program(`
const operation = new BackgroundTask("operation", {
  instanceId,
  deleteRecord: config.getBoolean("deleteRecord"),
  triggers: config.getObject("triggers"),
  failOnError: config.getBoolean("failOnError"),
  timeoutSeconds: 3,
  ...(config.get("name") ? { name: config.get("name"), createdAfter: "2020-01-01T00:00:00Z" } : { taskId }),
}, { deleteBeforeReplace: config.getBoolean("deleteBeforeReplace") });
if (config.getBoolean("twice")) {
  new BackgroundTask("another", { instanceId, taskId, deleteRecord: true });
}
`);
const deleting = { "program:deleteRecord": "true" };
const ended = [{ status: "SUCCESS" }];

describe("deleteRecord", () => {
  it.each(["kafka", "rabbitmq", "rocketmq", "dcs"] as const)(
    "removes the task's record when the resource is destroyed, with %s",
    async (engine) => {
      const other = program(`new BackgroundTask("operation", {
        instanceId: config.require("instanceId"), taskId, service: "${engine}", deleteRecord: true,
      });`);
      await inScenario({ files: other }, async ({ emulator, stack }) => {
        const instanceId = emulator.addInstance({ engine });
        const { taskId } = emulator.addTask({ name: "restart", instanceId, progress: ended });
        const { taskId: kept } = emulator.addTask({ name: "restart", instanceId, progress: ended });
        await stack.setConfig("program:instanceId", instanceId);
        await stack.setConfig("program:taskId", taskId);
        const OS_DCS_ENDPOINT_OVERRIDE = emulator.url;
        succeeded(await stack.up({ env: { OS_DCS_ENDPOINT_OVERRIDE } }));
        succeeded(await stack.destroy({ env: { OS_DCS_ENDPOINT_OVERRIDE } }));
        const left = emulator.tasks().filter((task) => task.instanceId === instanceId);
        expect(left.map((task) => task.taskId)).toEqual([kept]);
        expect(emulator.counts()["deleteTask"]).toBe(1);
      });
    },
  );

  it("takes a record that is gone already for removed", async () => {
    await inScenario({ files, config: deleting }, async ({ emulator, stack }) => {
      await stack.setConfig("program:taskId", emulator.taskId);
      succeeded(await stack.up());
      emulator.removeTask(emulator.taskId);
      succeeded(await stack.destroy());
      expect(emulator.counts()["deleteTask"]).toBe(1);
    });
  });

  it("removes the record of a failed task, and of one that was found by its name", async () => {
    await inScenario({ files, config: { ...deleting, "program:name": "bind" } }, async ({ emulator, stack }) => {
      const { taskId } = emulator.addTask({ name: "bind", progress: [{ status: "FAILED" }] });
      expect(failed(await stack.up())).toContain("ended with status FAILED");
      succeeded(await stack.destroy());
      expect(emulator.tasks().map((task) => task.taskId)).not.toContain(taskId);
    });
  });

  it("sends nothing for a task that is not known to have ended", async () => {
    await inScenario({ files, config: deleting }, async ({ emulator, stack }) => {
      const { taskId } = emulator.addTask({ name: "restart" });
      await stack.setConfig("program:taskId", taskId);
      failed(await stack.up());
      const sent = emulator.requests().length;
      succeeded(await stack.destroy());
      expect(emulator.requests()).toHaveLength(sent);
    });
  });

  it("changed from false to true counts, and from true to false, too", async () => {
    await inScenario({ files }, async ({ emulator, stack }) => {
      const { taskId } = emulator.addTask({ name: "restart", progress: ended });
      await stack.setConfig("program:taskId", taskId);
      succeeded(await stack.up());
      const sent = emulator.requests().length;
      await stack.setConfig("program:deleteRecord", "true");
      expect(succeeded(await stack.up())).toMatch(/1 updated/);
      await stack.setConfig("program:deleteRecord", "false");
      expect(succeeded(await stack.up())).toMatch(/1 updated/);
      succeeded(await stack.up({ args: ["--expect-no-changes"] }));
      succeeded(await stack.destroy());
      expect(emulator.requests()).toHaveLength(sent);

      await stack.setConfig("program:deleteRecord", "false");
      succeeded(await stack.up());
      await stack.setConfig("program:deleteRecord", "true");
      succeeded(await stack.up());
      succeeded(await stack.refresh());
      succeeded(await stack.destroy());
      expect(emulator.tasks().map((task) => task.taskId)).not.toContain(taskId);
    });
  });

  it.each(["false", "true"])(
    "leaves the record that the replacement names (deleteBeforeReplace: %s), until that is destroyed, too",
    async (deleteBeforeReplace) => {
      const config = { ...deleting, "program:triggers": "[1]", "program:deleteBeforeReplace": deleteBeforeReplace };
      await inScenario({ files, config }, async ({ emulator, stack }) => {
        const first = emulator.addTask({ name: "restart", progress: ended }).taskId;
        const second = emulator.addTask({ name: "restart", progress: ended }).taskId;
        await stack.setConfig("program:taskId", first);
        succeeded(await stack.up());
        await stack.setConfig("program:triggers", "[2]");
        expect(succeeded(await stack.up())).toMatch(/1 replaced/);
        expect(emulator.counts()["deleteTask"]).toBeUndefined();

        // Another task takes its place: the first one's record goes with it.
        await stack.setConfig("program:taskId", second);
        expect(succeeded(await stack.up())).toMatch(/1 replaced/);
        expect(emulator.tasks().map((task) => task.taskId)).toEqual([emulator.taskId, second]);
        succeeded(await stack.destroy());
        expect(emulator.tasks().map((task) => task.taskId)).toEqual([emulator.taskId]);
      });
    },
  );

  it("leaves the record that another resource of the program names", async () => {
    await inScenario({ files, config: { ...deleting, "program:twice": "true" } }, async ({ emulator, stack }) => {
      await stack.setConfig("program:taskId", emulator.taskId);
      succeeded(await stack.up());
      await stack.setConfig("program:twice", "false");
      expect(succeeded(await stack.up())).toMatch(/1 deleted/);
      expect(emulator.counts()["deleteTask"]).toBeUndefined();
      await stack.setConfig("program:twice", "true");
      succeeded(await stack.up());
      succeeded(await stack.destroy());
      expect(emulator.tasks()).toEqual([]);
    });
  });

  it("says why a record could not be removed, keeps the resource, and removes both the next time", async () => {
    await inScenario({ files, config: deleting }, async ({ emulator, stack, resource }) => {
      await stack.setConfig("program:taskId", emulator.taskId);
      succeeded(await stack.up());

      emulator.replyNext({ route: "deleteTask", status: 403, code: "DMS.00403002", message: "no right" });
      const refused = failed(await stack.destroy()).replace(/\s+/g, " ");
      expect(refused).toContain("HTTP 403, DMS.00403002: no right");
      expect(refused).toContain("The permission dms:instance:deleteBackgroundTask is needed.");
      expect(refused).not.toMatch(/ at .*\(/);
      expect(await resource("operation")).toBeDefined();

      emulator.replyNext({ route: "deleteTask", times: 2, status: 503 });
      succeeded(await stack.destroy());
      expect(emulator.tasks()).toEqual([]);
    });
  });

  it("gives up after a minute of a service that does not answer, and works the next time", async () => {
    await inScenario({ files, config: deleting }, async ({ emulator, stack }) => {
      await stack.setConfig("program:taskId", emulator.taskId);
      succeeded(await stack.up());
      emulator.replyNext({ route: "deleteTask", times: 1000, status: 503, message: "later" });
      const output = failed(await stack.destroy()).replace(/\s+/g, " ");
      expect(output).toContain(`deleting the record of background task ${emulator.taskId}`);
      expect(output).toContain("HTTP 503");
      const { env } = emulator;
      emulator.reset();
      succeeded(await stack.destroy({ env }));
      expect(emulator.tasks()).toEqual([]);
    });
  });

  it("does not stand in the way of a destroy when the package is gone", async () => {
    await inScenario({ files, config: deleting }, async ({ emulator, stack }) => {
      await stack.setConfig("program:taskId", emulator.taskId);
      succeeded(await stack.up());
      await removePackage(stack);
      succeeded(await stack.refresh());
      succeeded(await stack.destroy());
      expect(emulator.counts()["deleteTask"]).toBeUndefined();
    });
  });

  it("must be known when the program runs", async () => {
    const unknown = program(`
      const before = new BackgroundTask("before", { instanceId, taskId });
      new BackgroundTask("operation", { instanceId, taskId, deleteRecord: before.status.apply(() => true) });
    `);
    await inScenario({ files: unknown }, async ({ stack }) => {
      expect(failed(await stack.preview())).toContain(
        "deleteRecord must be true or false, and known when the program runs",
      );
    });
  });
});
