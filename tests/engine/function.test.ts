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
