import { failed, inScenario, program, succeeded } from "./scenario";
import { sharedScenario } from "./sharedScenario";

describe("getBackgroundTask", () => {
  const files = program(`
    const name = "restart";
    module.exports = async () => ({
      task: await getBackgroundTask({ instanceId, taskId }),
      named: await getBackgroundTask({ instanceId: config.require("other"), name, createdAfter: new Date(config.require("createdAfter")) }),
      missing: (await getBackgroundTask({ instanceId, taskId: "${"0".repeat(32)}", appearTimeoutSeconds: 0, ifMissing: "undefined" })) ?? "undefined",
    });
  `);
  let taskId: string;
  let namedId: string;
  let outputs: Record<string, unknown>;
  const shared = sharedScenario({ files }, async ({ emulator, stack }) => {
    const other = emulator.addInstance();
    const at = (ageMs: number) => new Date(emulator.now() - ageMs).toISOString();
    const add = (ageMs: number, progress: { status: string; afterLooks?: number }[]) =>
      emulator.addTask({ name: "restart", instanceId: other, createdAt: at(ageMs), progress }).taskId;
    taskId = emulator.addTask({
      name: "bindInstancePublicIp",
      params: { public_ip_address: "203.0.113.7" },
      progress: [{ status: "CREATED" }, { status: "SUCCESS", afterLooks: 4 }],
    }).taskId;
    add(60_000, [{ status: "SUCCESS" }]);
    namedId = add(50_000, [{ status: "EXECUTING" }, { status: "SUCCESS", afterLooks: 3 }]);
    await stack.setConfig("program:taskId", taskId);
    await stack.setConfig("program:other", other);
    await stack.setConfig("program:createdAfter", at(55_000));
    succeeded(await stack.preview());
    succeeded(await stack.up());
    outputs = await stack.outputs();
  });

  it("waits and resolves with all that the service tells", () => {
    const { emulator } = shared();
    expect(outputs["task"]).toEqual({
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
    });
  });

  it("finds a task by its name from a time on, and waits for it", async () => {
    const { emulator, stack } = shared();
    expect(outputs["named"]).toMatchObject({ taskId: namedId, status: "SUCCESS" });

    await stack.setConfig("program:createdAfter", new Date(emulator.now() - 1000).toISOString());
    expect(succeeded(await stack.preview())).toContain("background task restart of instance");
  });

  it("resolves with undefined for a missing task where that is asked for", () => {
    expect(outputs["missing"]).toBe("undefined");
  });

  describe("rejects with one line and no stack", () => {
    const files = program(`
    const args = { instanceId, ...config.getObject("args") };
    module.exports = async () => ({ task: await getBackgroundTask(args, config.getObject("opts")) });
  `);
    let failing: string;
    let running: string;
    const shared = sharedScenario({ files }, async ({ emulator }) => {
      failing = emulator.addTask({ name: "restart", progress: [{ status: "FAILED" }] }).taskId;
      running = emulator.addTask({ name: "restart" }).taskId;
    });

    async function outputWith(args: object, opts?: object): Promise<string> {
      const { stack } = shared();
      await stack.setConfig("program:args", JSON.stringify(args));
      if (opts) await stack.setConfig("program:opts", JSON.stringify(opts));
      return failed(await stack.up());
    }

    it.each<[string, () => object, RegExp]>([
      ["a failed task", () => ({ taskId: failing }), /error: background task restart \(id .*ended with status FAILED/],
      ["a missing task", () => ({ taskId: "gone", appearTimeoutSeconds: 0 }), /error: .*task id|error: .*not found/i],
      ["a deadline", () => ({ taskId: running, timeoutSeconds: 1 }), /error: .*has not ended after 1(\.\d)? s/],
      [
        "a name without a time",
        () => ({ name: "restart" }),
        /error: getBackgroundTask: createdAfter is required with name/,
      ],
      ["a bad argument", () => ({ taskId: "" }), /error: getBackgroundTask: taskId must not be empty\./],
    ])("for %s", async (_what, args, line) => {
      const output = await outputWith(args());
      expect(output).toMatch(line);
      expect(output).not.toMatch(/^\s+at /m);
      expect(output).not.toContain("unhandled");
    });

    it("for options that have no meaning for it", async () => {
      const { emulator } = shared();
      const sent = emulator.requests().length;
      expect(await outputWith({ taskId: failing }, { async: true })).toContain('unknown option "async"');
      expect(emulator.requests()).toHaveLength(sent);
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
