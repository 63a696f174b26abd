import { failed, inScenario, program, succeeded } from "./scenario";

const awaited = (args: string, opts = "undefined") =>
  program(`module.exports = async () => ({ task: (await getBackgroundTask(${args}, ${opts})) ?? "undefined" });`);

describe("getBackgroundTask", () => {
  it("waits and resolves with all that the service tells", async () => {
    await inScenario({ files: awaited("{ instanceId, taskId }") }, async ({ emulator, stack }) => {
      const { taskId } = emulator.addTask({
        name: "bindInstancePublicIp",
        params: { public_ip_address: "203.0.113.7" },
        progress: [{ status: "CREATED" }, { status: "SUCCESS", afterLooks: 2 }],
      });
      await stack.setConfig("program:taskId", taskId);

      succeeded(await stack.up());

      expect(await stack.outputs()).toEqual({
        task: {
          taskId,
          instanceId: emulator.instanceId,
          service: "kafka",
          projectId: emulator.projectId,
          name: "bindInstancePublicIp",
          status: "SUCCESS",
          params: '{"public_ip_address":"203.0.113.7"}',
          parameters: { public_ip_address: "203.0.113.7" },
          userId: expect.any(String) as string,
          userName: "paas_dms",
          createdAt: expect.stringMatching(/^20.*Z$/) as string,
          updatedAt: expect.stringMatching(/^20.*Z$/) as string,
          durationSeconds: expect.any(Number) as number,
        },
      });
    });
  });

  it("finds a task by its name from a time on, and waits for it", async () => {
    const args = "{ instanceId, name: 'restart', createdAfter: new Date(config.require('createdAfter')) }";
    await inScenario({ files: awaited(args) }, async ({ emulator, stack }) => {
      const at = (ageMs: number) => new Date(emulator.now() - ageMs).toISOString();
      emulator.addTask({ name: "restart", createdAt: at(60_000), progress: [{ status: "SUCCESS" }] });
      const { taskId } = emulator.addTask({
        name: "restart",
        createdAt: at(50_000),
        progress: [{ status: "EXECUTING" }, { status: "SUCCESS", afterLooks: 3 }],
      });
      await stack.setConfig("program:createdAfter", at(55_000));
      succeeded(await stack.preview());
      succeeded(await stack.up());
      expect(await stack.outputs()).toMatchObject({ task: { taskId, status: "SUCCESS" } });

      await stack.setConfig("program:createdAfter", new Date(emulator.now() - 1000).toISOString());
      expect(succeeded(await stack.preview())).toContain("background task restart of instance");
    });
  });

  it.each([
    ["a failed task", "{ instanceId, taskId }", /error: background task restart \(id .*ended with status FAILED/],
    [
      "a missing task",
      "{ instanceId, taskId: 'gone', appearTimeoutSeconds: 0 }",
      /error: .*task id|error: .*not found/i,
    ],
    [
      "a deadline",
      "{ instanceId, taskId: config.get('running'), timeoutSeconds: 1 }",
      /error: .*had not ended after 1(\.\d)? s/,
    ],
    [
      "a name without a time",
      "{ instanceId, name: 'restart' }",
      /error: getBackgroundTask: createdAfter is required with name/,
    ],
    ["a bad argument", "{ instanceId, taskId: '' }", /error: getBackgroundTask: taskId must not be empty\./],
  ])("rejects with one line and no stack for %s", async (_what, args, line) => {
    await inScenario({ files: awaited(args) }, async ({ emulator, stack }) => {
      await stack.setConfig(
        "program:taskId",
        emulator.addTask({ name: "restart", progress: [{ status: "FAILED" }] }).taskId,
      );
      await stack.setConfig("program:running", emulator.addTask({ name: "restart" }).taskId);

      const output = failed(await stack.up());

      expect(output).toMatch(line);
      expect(output).not.toMatch(/^\s+at /m);
      expect(output).not.toContain("unhandled");
    });
  });

  it("resolves with undefined for a missing task where that is asked for", async () => {
    const files = awaited(
      `{ instanceId, taskId: "${"0".repeat(32)}", appearTimeoutSeconds: 0, ifMissing: "undefined" }`,
    );
    await inScenario({ files }, async ({ stack }) => {
      succeeded(await stack.up());
      expect(await stack.outputs()).toEqual({ task: "undefined" });
    });
  });

  it("refuses options that have no meaning for it", async () => {
    await inScenario({ files: awaited("{ instanceId, taskId }", "{ async: true }") }, async ({ emulator, stack }) => {
      expect(failed(await stack.up())).toContain('the option "async" has no meaning here');
      expect(emulator.requests()).toEqual([]);
    });
  });
});

describe("getBackgroundTaskOutput", () => {
  it("fails what uses it with one readable message, and keeps a secret input's result secret", async () => {
    const files = program(`
      const task = getBackgroundTaskOutput({ instanceId, taskId: pulumi.secret(taskId) }, { parent: undefined });
      new Follower("follower", { after: task.status });
      exports.status = task.status;
    `);
    await inScenario({ files }, async ({ emulator, stack, resource, createdAtMs }) => {
      const { taskId } = emulator.addTask({ name: "restart", progress: [{ status: "FAILED" }] });
      await stack.setConfig("program:taskId", taskId);
      const output = failed(await stack.up());
      expect(output).toContain("ended with status FAILED");
      expect(output).not.toMatch(/^\s+at .*\(/m);
      expect(createdAtMs("follower")).toBeUndefined();

      emulator.setTaskProgress(taskId, [{ status: "SUCCESS" }]);
      succeeded(await stack.up());
      expect(JSON.stringify((await resource("follower"))!.outputs)).not.toContain("SUCCESS");
    });
  });
});
