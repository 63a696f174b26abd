import { type CommandResult, startCommand } from "../../../engine/runningCommand";
import { failed, inScenario, type Scenario, succeeded } from "../scenario";
import { expectPrinted, folderOf, tasksOf } from "./exampleRun";

// Each operation takes a while: nothing but the hooks makes the next one wait for it.
const operations = { kafkaConfigModify: [{ status: "EXECUTING" }, { status: "SUCCESS", afterSeconds: 2 }] };
const options = { programDir: folderOf("busy-instance"), emulator: { operations } };

/** Runs a command of the example, in whose process the program runs. */
function run({ stack }: Scenario, command: string): Promise<CommandResult> {
  const { name, programDir: cwd, env } = stack;
  return startCommand(process.execPath, ["index.cjs", command, name], { cwd, env, inherit: false }).finished;
}

/** The status of the service's reply to each operation. */
function repliesTo({ emulator }: Scenario): (number | undefined)[] {
  return emulator
    .requests()
    .filter(({ route }) => route === "modifyConfigs")
    .map(({ status }) => status);
}

describe("the example busy-instance", () => {
  it("creates, changes and deletes without an operation that a busy instance rejects", async () => {
    await inScenario(options, async (scenario) => {
      const { emulator, stack } = scenario;
      // Somebody else's, which the first operation waits for.
      emulator.addTask({ name: "restart", progress: [{ status: "EXECUTING" }, { status: "SUCCESS", afterLooks: 2 }] });
      const printed = succeeded(await run(scenario, "up"));
      // Which of the two goes first, and so what its row says it waited for, is up to the engine.
      await expectPrinted("busy-instance", printed.replace(/^(.*Parameter \S+ created \(\S+\)) .*$/gm, "$1"));
      expect(printed).toMatch(/Parameter \S+ created .* quiet: restart SUCCESS/);
      expect(printed).toMatch(/Parameter \S+ created .* quiet: kafkaConfigModify SUCCESS/);
      expect(printed).toMatch(/Parameter \S+ creating .* waiting for another resource's operation on instance/);
      expect(repliesTo(scenario)).toEqual([200, 200]);

      await stack.setConfig("busy-instance:hours", "336");
      await stack.setConfig("busy-instance:bytes", "1048576");
      expect(succeeded(await run(scenario, "up"))).toMatch(/~ 2 updated/);
      expect(repliesTo(scenario)).toEqual([200, 200, 200, 200]);

      // A destroy that runs no program could not wait.
      expect(failed(await stack.destroy())).toContain("--run-program");
      succeeded(await run(scenario, "destroy"));
      expect(repliesTo(scenario)).toEqual([200, 200, 200, 200, 200, 200]);
      expect((await stack.exportState()).deployment.resources ?? []).toEqual([]);

      const [restart, ...changes] = tasksOf(scenario);
      expect(changes).toHaveLength(6);
      // Each has begun once the one before it had been over for quietSeconds.
      const pauses = changes.map(({ beganMs }, i) => beganMs - (i === 0 ? restart! : changes[i - 1]!).endedMs);
      expect(Math.min(...pauses)).toBeGreaterThanOrEqual(3000);
    });
  });

  it("fails without its hooks", async () => {
    await inScenario({ ...options, config: { "busy-instance:hooks": "false" } }, async (scenario) => {
      expect(failed(await run(scenario, "up"))).toContain("DMS.00400017");
      expect(repliesTo(scenario).sort()).toEqual([200, 400]);
    });
  });
});
