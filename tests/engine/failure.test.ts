import { failed, inScenario, looksIn, program, succeeded } from "./scenario";

const oneTask = program(`
const operation = new BackgroundTask("operation", {
  instanceId,
  taskId,
  triggers: [config.get("trigger") ?? "first"],
  timeoutSeconds: config.getNumber("timeoutSeconds"),
  failOnError: config.getBoolean("failOnError"),
});
new Follower("follower", { after: operation.status });
exports.status = operation.status;
`);

describe("a task that failed", () => {
  it("fails this update and the next ones, also after a refresh, until a new task is waited for", async () => {
    await inScenario({ files: oneTask }, async (scenario) => {
      const { emulator, stack, resource, createdAtMs } = scenario;
      const { taskId } = emulator.addTask({
        name: "bindInstancePublicIp",
        params: { public_ip_id: "eip-1" },
        progress: [{ status: "CREATED" }, { status: "FAILED", afterLooks: 2 }],
      });
      await stack.setConfig("program:taskId", taskId);

      const output = failed(await stack.up());

      expect(output).toContain(
        `background task bindInstancePublicIp (id ${taskId}) of instance ${emulator.instanceId} ended with status FAILED (began 20`,
      );
      expect(output).toContain('parameters {"public_ip_id":"eip-1"}');
      expect(output).not.toMatch(/^\s+at .*\(.*:\d+:\d+\)/m);
      expect(output.match(/ended with status FAILED/g)!.length).toBeLessThanOrEqual(2);
      expect((await resource("operation"))!.initErrors).toHaveLength(1);

      const looksOfFirst = looksIn(scenario);
      expect(failed(await stack.up())).toContain("ended with status FAILED");
      expect(looksIn(scenario)).toBeGreaterThan(looksOfFirst);

      succeeded(await stack.refresh());
      expect((await resource("operation"))!.initErrors).toBeUndefined();
      expect(failed(await stack.up())).toContain("ended with status FAILED");
      expect(failed(await stack.up({ args: ["--refresh"] }))).toContain("ended with status FAILED");
      expect(createdAtMs("follower")).toBeUndefined();

      const repeated = emulator.addTask({ name: "bindInstancePublicIp", progress: [{ status: "SUCCESS" }] });
      await stack.setConfig("program:taskId", repeated.taskId);
      await stack.setConfig("program:trigger", "second");
      succeeded(await stack.up());
      expect(createdAtMs("follower")).toBeDefined();
      expect((await resource("operation"))!.outputs).toMatchObject({ taskId: repeated.taskId, status: "SUCCESS" });
      succeeded(await stack.destroy());
    });
  });

  it("is recorded with failOnError: false, and judged anew without a request when that changes", async () => {
    await inScenario({ files: oneTask, config: { "program:failOnError": "false" } }, async (scenario) => {
      const { emulator, stack, createdAtMs } = scenario;
      const { taskId } = emulator.addTask({ name: "restart", progress: [{ status: "CANCELLED" }] });
      await stack.setConfig("program:taskId", taskId);

      succeeded(await stack.up());
      expect(await stack.outputs()).toEqual({ status: "CANCELLED" });
      expect(createdAtMs("follower")).toBeDefined();

      const sent = looksIn(scenario);
      await stack.setConfig("program:failOnError", "true");
      expect(failed(await stack.up())).toContain("ended with status CANCELLED");
      expect(looksIn(scenario)).toBe(sent);

      await stack.setConfig("program:failOnError", "false");
      succeeded(await stack.up());
      expect(looksIn(scenario)).toBe(sent);
    });
  });

  it("stays failed when its record has become DELETED", async () => {
    await inScenario({ files: oneTask }, async ({ emulator, stack, resource }) => {
      const { taskId } = emulator.addTask({ name: "restart", progress: [{ status: "FAILED" }] });
      await stack.setConfig("program:taskId", taskId);
      failed(await stack.up());

      emulator.removeTask(taskId);
      succeeded(await stack.refresh());
      expect(failed(await stack.up())).toContain("ended with status FAILED");
      expect((await resource("operation"))!.outputs).toMatchObject({ status: "FAILED" });
      succeeded(await stack.destroy());
    });
  });
});

describe("a task whose deadline passes", () => {
  it("keeps dependents uncreated, also after a refresh; the next update resumes and replaces nothing", async () => {
    await inScenario({ files: oneTask, config: { "program:timeoutSeconds": "2" } }, async (scenario) => {
      const { emulator, stack, resource, createdAtMs } = scenario;
      const { taskId } = emulator.addTask({ name: "restart", progress: [{ status: "EXECUTING" }] });
      await stack.setConfig("program:taskId", taskId);

      const output = failed(await stack.up());
      expect(output).toMatch(
        new RegExp(
          `background task restart \\(id ${taskId}\\) of instance .* had not ended after 2(\\.\\d)? s and \\d looks`,
        ),
      );
      expect(output).toContain("its last status was EXECUTING");
      expect(output).toContain("run the update again to resume");
      const { id } = (await resource("operation"))!;

      failed(await stack.up());
      succeeded(await stack.refresh());
      failed(await stack.up());
      failed(await stack.up({ args: ["--refresh"] }));
      expect(createdAtMs("follower")).toBeUndefined();

      emulator.setTaskProgress(taskId, [{ status: "SUCCESS" }]);
      const resumed = succeeded(await stack.up());
      expect(resumed).not.toMatch(/replac/);
      expect((await resource("operation"))!).toMatchObject({ id, outputs: { status: "SUCCESS" } });
      expect(createdAtMs("follower")).toBeDefined();

      const sent = looksIn(scenario);
      expect(succeeded(await stack.up())).toMatch(/\d+ unchanged/);
      expect(looksIn(scenario)).toBe(sent);
      succeeded(await stack.destroy());
    });
  });

  it("resumes an update that was interrupted by a fault", async () => {
    await inScenario({ files: oneTask, config: { "program:timeoutSeconds": "3" } }, async ({ emulator, stack }) => {
      const { taskId } = emulator.addTask({ name: "restart", progress: [{ status: "SUCCESS" }] });
      await stack.setConfig("program:taskId", taskId);
      for (const route of ["listTasks", "showTask"] as const) {
        emulator.replyNext({ route, times: 1000, status: 503 });
      }

      const output = failed(await stack.up());
      expect(output).toContain("it was never seen, and the last request failed");
      expect(output).toContain("HTTP 503");

      emulator.reset();
      emulator.addTask({ name: "restart", id: taskId, progress: [{ status: "SUCCESS" }] });
      succeeded(await stack.up());
    });
  });

  it("can be changed by customTimeouts, which win over timeoutSeconds", async () => {
    const files = program(`
      new BackgroundTask("operation", { instanceId, taskId, timeoutSeconds: 1000 }, { customTimeouts: { create: "1s", update: "2s" } });
    `);
    await inScenario({ files }, async ({ emulator, stack }) => {
      const { taskId } = emulator.addTask({ name: "restart" });
      await stack.setConfig("program:taskId", taskId);
      expect(failed(await stack.up())).toMatch(/had not ended after 1(\.\d)? s/);
      expect(failed(await stack.up())).toMatch(/had not ended after 2(\.\d)? s/);
    });
  });
});
