import { failed, inScenario, type Scenario, succeeded } from "../scenario";
import { sharedScenario } from "../sharedScenario";
import { expectPrinted, folderOf, sentByAnother, sentByDestroy } from "./exampleRun";

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
    return emulator.addTask({ name, params, progress: [{ status: "EXECUTING" }, { status, afterLooks: 3 }] }).taskId;
  }

  /** When the engine recorded the resource; it and the emulator go by the same clock. */
  async function recordedAtMs({ resource }: Scenario, label: string): Promise<number> {
    return Date.parse(((await resource(label)) as { created?: string } | undefined)?.created ?? "");
  }

  describe("with a bind since the time that counts", () => {
    let taskId: string;
    let printed: string;
    const shared = sharedScenario({ programDir: folderOf("console-bind") }, async (scenario) => {
      taskId = await bindAtConsole(scenario);
      printed = succeeded(await scenario.stack.up());
    });

    it("uses its address, and has nothing to do the second time", async () => {
      const scenario = shared();
      await expectPrinted("console-bind", printed);
      expect(await scenario.stack.outputs()).toMatchObject({ task: taskId });
      expect(await recordedAtMs(scenario, "brokers")).toBeGreaterThanOrEqual(scenario.endedAtMs(taskId)!);

      expect(await sentByAnother(scenario)).toEqual([]);
    });

    it("waits for the next bind once that one no longer counts", async () => {
      const scenario = shared();
      const { emulator, stack } = scenario;
      await stack.setConfig("console-bind:createdAfter", new Date(emulator.now()).toISOString());
      const params = { public_ip_address: "203.0.113.8" };
      const next = emulator.addTask({ name, params, progress: [{ status: "SUCCESS" }] }).taskId;
      expect(succeeded(await stack.up())).toMatch(/3 replaced/);
      expect(await stack.outputs()).toMatchObject({ task: next, address: "203.0.113.8:9094" });

      expect(await sentByDestroy(scenario)).toEqual([]);
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
