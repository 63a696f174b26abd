import { readFile } from "node:fs/promises";
import path from "node:path";
import { repositoryRoot } from "../../engine/repositoryRoot";
import { failed, inScenario, type Scenario, succeeded } from "./scenario";

const folderOf = (example: string) => path.join(repositoryRoot, "examples", example);

/** Expects every line of an example's expected output among what the CLI printed. */
async function expectPrinted(example: string, printed: string): Promise<void> {
  const normalised = printed
    .replace(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, "<date>")
    .replace(/\(id [0-9a-f-]+\)/g, "(id <task id>)")
    .replace(/"[0-9a-f]{32}"/g, '"<task id>"')
    .replace(/instance [0-9a-f-]{36}/g, "instance <instance id>")
    .replace(/\b[\d.]+ ?s\b/g, "<time>");
  const lines = new Set(normalised.split("\n").map((line) => line.trim()));
  const expected = await readFile(path.join(folderOf(example), "expected-output.txt"), "utf8");
  const missing = expected.split("\n").filter((line) => !lines.has(line.trim()));
  expect({ missing, printed: missing.length > 0 ? normalised : "" }).toEqual({ missing: [], printed: "" });
}

const addressReads = ({ emulator }: Scenario) => emulator.requests().filter(({ route }) => route === "showInstance");
/** What a second update sends, which must have nothing to do; a refresh and a third neither. */
async function sentByAnother({ emulator, stack }: Scenario): Promise<string[]> {
  const sent = emulator.requests().length;
  expect(succeeded(await stack.up({ args: ["--expect-no-changes"] }))).toMatch(/\d unchanged/);
  succeeded(await stack.refresh({ args: ["--expect-no-changes"] }));
  succeeded(await stack.up({ args: ["--expect-no-changes"] }));
  return emulator
    .requests()
    .slice(sent)
    .map(({ path }) => path);
}

/** What a destroy sends, which must leave nothing. */
async function sentByDestroy({ emulator, stack }: Scenario): Promise<string[]> {
  const sent = emulator.requests().length;
  succeeded(await stack.destroy());
  expect((await stack.exportState()).deployment.resources ?? []).toEqual([]);
  return emulator
    .requests()
    .slice(sent)
    .map(({ path }) => path);
}

/** When tasks began and ended, in the order of their beginning, without the one that is there from the start. */
function tasksOf({ emulator, endedAtMs }: Scenario): { name: string; beganMs: number; endedMs: number }[] {
  const began = emulator.events().filter(({ kind, taskId }) => kind === "taskCreated" && taskId !== emulator.taskId);
  return began.map(({ name, timeMs, taskId }) => ({ name, beganMs: timeMs, endedMs: endedAtMs(taskId) ?? NaN }));
}

const lastEndOf = ({ emulator }: Scenario, name: string) =>
  Math.max(...emulator.events().flatMap((event) => (event.name === name && event.terminal ? [event.timeMs] : [])));

describe("the example bind-public-ip", () => {
  it("uses the address after the bind has ended, and has nothing to do the second time", async () => {
    await inScenario({ programDir: folderOf("bind-public-ip") }, async (scenario) => {
      const { stack } = scenario;
      await expectPrinted("bind-public-ip", succeeded(await stack.up()));
      expect(addressReads(scenario)[0]!.timeMs).toBeGreaterThanOrEqual(lastEndOf(scenario, "bindInstancePublicIp"));
      expect(await stack.outputs()).toMatchObject({ status: "SUCCESS", task: "bindInstancePublicIp" });
      expect(await sentByAnother(scenario)).toEqual([]);
    });
  });

  it("waits again when its trigger changes", async () => {
    await inScenario({ programDir: folderOf("bind-public-ip") }, async (scenario) => {
      const { emulator, stack } = scenario;
      succeeded(await stack.up());
      const { address } = await stack.outputs();

      await stack.setConfig("bind-public-ip:publicIpId", "another-id");
      expect(succeeded(await stack.up())).toMatch(/4 replaced/);

      expect(addressReads(scenario).at(-1)!.timeMs).toBeGreaterThanOrEqual(lastEndOf(scenario, "bindInstancePublicIp"));
      expect((await stack.outputs())["address"]).not.toBe(address);
      const binds = emulator.events().filter(({ kind, name }) => kind === "taskCreated" && /PublicIp$/.test(name));
      expect(binds.map(({ name }) => name)).toEqual([
        "bindInstancePublicIp",
        "unbindInstancePublicIp",
        "bindInstancePublicIp",
      ]);
      succeeded(await stack.destroy());
    });
  });

  it("takes no bind of before, and none that has not ended", async () => {
    const operations = { bindInstancePublicIp: [{ status: "EXECUTING" }, { status: "SUCCESS", afterLooks: 4 }] };
    await inScenario({ programDir: folderOf("bind-public-ip"), emulator: { operations } }, async (scenario) => {
      const { emulator, stack, resource } = scenario;
      const createdAt = new Date(emulator.now() - 6000).toISOString();
      const progress = [{ status: "SUCCESS", afterSeconds: 3 }];
      const before = emulator.addTask({ name: "bindInstancePublicIp", createdAt, progress });
      succeeded(await stack.up());
      const { taskId, looks } = emulator.tasks().at(-1)!;
      expect(taskId).not.toBe(before.taskId);
      expect(looks).toBeGreaterThan(4);
      expect((await resource("bound"))?.outputs).toMatchObject({ taskId });
    });
  });

  it("fails with the wait taken out, can be destroyed at once, and goes through when the wait is back", async () => {
    const config = { "bind-public-ip:wait": "false" };
    await inScenario({ programDir: folderOf("bind-public-ip"), config }, async ({ emulator, stack, resource }) => {
      const output = failed(await stack.up());
      expect(output).toContain(`instance ${emulator.instanceId} has no public address yet`);
      expect(await resource("brokers")).toBeUndefined();

      // The bind still runs, and what it will have bound has to go too.
      succeeded(await stack.destroy());
      expect(
        emulator.events().filter(({ name, terminal }) => name === "unbindInstancePublicIp" && terminal),
      ).toHaveLength(1);

      failed(await stack.up());
      succeeded(await stack.destroy());
      await stack.removeConfig("bind-public-ip:wait");
      succeeded(await stack.up());
      expect(await stack.outputs()).toMatchObject({ status: "SUCCESS" });
    });
  });

  it("is what the project at the root runs", async () => {
    // The files of a copy: the CLI leaves the stack's configuration beside Pulumi.yaml.
    const names = ["index.ts", "dms.ts", "publicAddress.ts", "publicIpBinding.ts", "package.json", "tsconfig.json"];
    const inExample = names.map((name) => `examples/bind-public-ip/${name}`);
    const texts = ["Pulumi.yaml", ...inExample].map(async (name) => {
      return [name, await readFile(path.join(repositoryRoot, name), "utf8")] as const;
    });
    await inScenario({ files: Object.fromEntries(await Promise.all(texts)) }, async ({ stack }) => {
      succeeded(await stack.up());
      expect(await stack.outputs()).toMatchObject({ status: "SUCCESS" });
      succeeded(await stack.destroy());
    });
  });
});

describe("the example reassign-partitions", () => {
  it("moves the second topic after the first, has nothing to do the second time, and waits again for other brokers", async () => {
    await inScenario({ programDir: folderOf("reassign-partitions") }, async (scenario) => {
      const { stack, resource } = scenario;
      await expectPrinted("reassign-partitions", succeeded(await stack.up()));
      const [orders, payments, ...others] = tasksOf(scenario);
      expect(others).toEqual([]);
      expect(payments!.beganMs).toBeGreaterThanOrEqual(orders!.endedMs);
      const jobId = (await resource("payments"))?.outputs?.["jobId"];
      expect((await resource("payments-moved"))?.outputs).toMatchObject({ taskId: jobId, status: "SUCCESS" });
      expect(await sentByAnother(scenario)).toEqual([]);

      await stack.setConfig("reassign-partitions:brokers", "[3, 4, 5]");
      expect(succeeded(await stack.up())).toMatch(/4 replaced/);
      const [ordersAgain, paymentsAgain] = tasksOf(scenario).slice(2);
      expect(paymentsAgain!.beganMs).toBeGreaterThanOrEqual(ordersAgain!.endedMs);
      expect(await sentByDestroy(scenario)).toEqual([]);
    });
  });
});

describe("the example console-bind", () => {
  const name = "bindInstancePublicIp";

  /** A bind at the console, after one an hour ago; the configuration that tells which of the two is meant. */
  async function bindAtConsole({ emulator, stack }: Scenario, status = "SUCCESS"): Promise<string> {
    const hourAgo = new Date(emulator.now() - 3_600_000).toISOString();
    emulator.addTask({
      name,
      createdAt: hourAgo,
      params: { public_ip_address: "203.0.113.1" },
      progress: [{ status: "SUCCESS", afterSeconds: 3 }],
    });
    await stack.setConfig("console-bind:createdAfter", new Date(emulator.now() - 60_000).toISOString());
    const params = { public_ip_address: "203.0.113.7" };
    return emulator.addTask({ name, params, progress: [{ status: "EXECUTING" }, { status, afterLooks: 5 }] }).taskId;
  }

  /** When the engine recorded the resource; it and the emulator go by the same clock. */
  async function recordedAtMs({ resource }: Scenario, label: string): Promise<number> {
    return Date.parse(((await resource(label)) as { created?: string } | undefined)?.created ?? "");
  }

  it("uses the address of the bind since then, and has nothing to do the second time", async () => {
    await inScenario({ programDir: folderOf("console-bind") }, async (scenario) => {
      const { stack, endedAtMs } = scenario;
      const taskId = await bindAtConsole(scenario);
      await expectPrinted("console-bind", succeeded(await stack.up()));
      expect(await stack.outputs()).toMatchObject({ task: taskId });
      expect(await recordedAtMs(scenario, "brokers")).toBeGreaterThanOrEqual(endedAtMs(taskId)!);

      expect(await sentByAnother(scenario)).toEqual([]);
      expect(await sentByDestroy(scenario)).toEqual([]);
    });
  });

  it("waits for the next bind once that one no longer counts", async () => {
    await inScenario({ programDir: folderOf("console-bind") }, async (scenario) => {
      const { emulator, stack } = scenario;
      await bindAtConsole(scenario);
      succeeded(await stack.up());

      await stack.setConfig("console-bind:createdAfter", new Date(emulator.now()).toISOString());
      const params = { public_ip_address: "203.0.113.8" };
      const { taskId } = emulator.addTask({ name, params, progress: [{ status: "SUCCESS" }] });
      expect(succeeded(await stack.up())).toMatch(/3 replaced/);
      expect(await stack.outputs()).toMatchObject({ task: taskId, address: "203.0.113.8:9094" });
    });
  });

  it("uses no address of a bind that failed", async () => {
    await inScenario({ programDir: folderOf("console-bind") }, async (scenario) => {
      const taskId = await bindAtConsole(scenario, "FAILED");
      expect(failed(await scenario.stack.up())).toContain(`background task ${name} (id ${taskId})`);
      expect(await scenario.resource("brokers")).toBeUndefined();
      expect(await sentByDestroy(scenario)).toEqual([]);
    });
  });

  it("does the same with the function, which keeps nothing in the state", async () => {
    const config = { "console-bind:keep": "false" };
    await inScenario({ programDir: folderOf("console-bind"), config }, async (scenario) => {
      const { stack, endedAtMs, resource } = scenario;
      const taskId = await bindAtConsole(scenario);
      succeeded(await stack.up());
      expect(await stack.outputs()).toMatchObject({ task: taskId, address: "203.0.113.7:9094" });
      expect(await recordedAtMs(scenario, "brokers")).toBeGreaterThanOrEqual(endedAtMs(taskId)!);
      expect(await resource("bound")).toBeUndefined();
      succeeded(await stack.up({ args: ["--expect-no-changes"] }));
    });
  });
});

describe("the example settle", () => {
  const operation = (afterSeconds: number) => [{ status: "EXECUTING" }, { status: "SUCCESS", afterSeconds }];

  it("sends each operation when the one before has ended, and has nothing to do the second time", async () => {
    await inScenario({ programDir: folderOf("settle") }, async (scenario) => {
      await expectPrinted("settle", succeeded(await scenario.stack.up()));
      const [storage, retention, ...others] = tasksOf(scenario);
      expect([storage!.name, retention!.name, ...others]).toEqual(["extendInstance", "kafkaConfigModify"]);
      // It has been quiet for three seconds.
      expect(retention!.beganMs).toBeGreaterThanOrEqual(storage!.endedMs + 3000);

      expect(await sentByAnother(scenario)).toEqual([]);
      expect(await sentByDestroy(scenario)).toEqual([]);
    });
  });

  it("waits again for what is in progress when an input has changed", async () => {
    await inScenario({ programDir: folderOf("settle") }, async (scenario) => {
      const { emulator, stack } = scenario;
      succeeded(await stack.up());

      emulator.addTask({ name: "restart", progress: [{ status: "EXECUTING" }, { status: "SUCCESS", afterLooks: 5 }] });
      await stack.setConfig("settle:gigabytes", "1200");
      await stack.setConfig("settle:hours", "336");
      const output = succeeded(await stack.up());
      expect(output).toMatch(/~ 2 updated/);
      expect(output).toMatch(/3 replaced/);
      expect(await stack.outputs()).toEqual({
        waitedFor: ["restart SUCCESS", "extendInstance SUCCESS", "kafkaConfigModify SUCCESS"],
      });
      const [restart, storage, retention] = tasksOf(scenario).slice(2);
      expect(storage!.beganMs).toBeGreaterThanOrEqual(restart!.endedMs);
      expect(retention!.beganMs).toBeGreaterThanOrEqual(storage!.endedMs);

      // Only around the operation whose input it is.
      await stack.setConfig("settle:hours", "720");
      const second = succeeded(await stack.up());
      expect(second).toMatch(/~ 1 updated/);
      expect(second).toMatch(/2 replaced/);
      expect(
        tasksOf(scenario)
          .slice(5)
          .map(({ name }) => name),
      ).toEqual(["kafkaConfigModify"]);
    });
  });

  it("does not send the second operation when the first has failed", async () => {
    const operations = { extendInstance: [{ status: "EXECUTING" }, { status: "FAILED", afterSeconds: 1 }] };
    await inScenario({ programDir: folderOf("settle"), emulator: { operations } }, async (scenario) => {
      expect(failed(await scenario.stack.up())).toMatch(/extendInstance.*FAILED/s);
      expect(tasksOf(scenario).map(({ name }) => name)).toEqual(["extendInstance"]);
      expect(await sentByDestroy(scenario)).toEqual([]);
    });
  });

  it("is refused without the barriers, in words that say the instance is busy", async () => {
    const config = { "settle:barriers": "false" };
    const operations = { extendInstance: operation(600), kafkaConfigModify: operation(600) };
    await inScenario({ programDir: folderOf("settle"), config, emulator: { operations } }, async (scenario) => {
      const { emulator, stack, resource } = scenario;
      const busy = `instance ${emulator.instanceId} is busy with another operation: `;
      const extending = failed(await stack.up());
      expect(extending).toContain(busy);
      expect(extending).toContain("DMS.00400026");
      expect(await resource("retention")).toBeUndefined();

      // Repeated when it is no longer busy, it is accepted; and then the next one is refused.
      emulator.setTaskProgress(emulator.tasks().at(-1)!.taskId, [{ status: "SUCCESS" }]);
      succeeded(await stack.up());
      await stack.setConfig("settle:gigabytes", "1200");
      const modifying = failed(await stack.up());
      expect(modifying).toContain(busy);
      expect(modifying).toContain("DMS.00400017");

      // The barriers wait until that has ended, too.
      emulator.configure({ operations: { extendInstance: operation(1), kafkaConfigModify: operation(1) } });
      const { taskId } = emulator.tasks().at(-1)!;
      emulator.setTaskProgress(taskId, [{ status: "EXECUTING" }, { status: "SUCCESS", afterLooks: 5 }]);
      await stack.removeConfig("settle:barriers");
      succeeded(await stack.up());
      expect(tasksOf(scenario).at(-1)!.beganMs).toBeGreaterThanOrEqual(scenario.endedAtMs(taskId)!);
    });
  });
});

describe("the example look-up", () => {
  it("hands the fields of a task to the program", async () => {
    await inScenario({ programDir: folderOf("look-up") }, async ({ stack }) => {
      await expectPrinted("look-up", succeeded(await stack.up()));
    });
  });
});

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
