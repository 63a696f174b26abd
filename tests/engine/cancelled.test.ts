import { setTimeout as pause } from "node:timers/promises";
import type { Emulator } from "../../emulator";
import type { CommandResult, RunningCommand } from "../../engine/runningCommand";
import { runs } from "../repetitions";
import { declaredTasks } from "./declaredTasks";
import { inlineProgram, runInline } from "./inlineProgram";
import { failed, inScenario, looksIn, type Scenario, succeeded } from "./scenario";

// The first Ctrl-C, and what else makes the engine cancel an update.

const running = [{ status: "EXECUTING" }];
const ended = [{ status: "SUCCESS" }];

/** A stack with a wait of each kind, each of which goes on for ever: by id, by name (searching, waiting), a quiet instance. */
function waitsOfEachKind(emulator: Emulator) {
  const other = emulator.addInstance();
  const byId = emulator.addTask({ name: "restart", progress: running }).taskId;
  const inOther = emulator.addTask({ name: "resize", instanceId: other, progress: running }).taskId;
  const config = {
    "program:tasks": JSON.stringify({
      "by-id": { taskId: byId, failOnError: false, follower: true },
      waiting: { name: "bind", follower: true },
      searching: { name: "unbind", follower: true, appearTimeoutSeconds: 600 },
    }),
    "program:barriers": JSON.stringify({ quiet: { instanceId: other, follower: true } }),
  };
  return { config, byId, inOther };
}

/** Waits until each of the waits has looked, and then for a moment of chance. */
async function untilAllWait({ emulator }: Scenario, up: RunningCommand): Promise<string> {
  await up.printed(/looking for a task named unbind|restart EXECUTING/);
  const { taskId } = emulator.addTask({ name: "bind", progress: running });
  await up.printed(/bind EXECUTING/);
  await up.printed(/waiting for resize EXECUTING/);
  await pause(Math.random() * 2000);
  return taskId;
}

const kinds = ["by-id", "waiting", "searching", "quiet"];

/** What holds after each cancelled update. */
async function seeCancelled(scenario: Scenario, result: CommandResult, cancelledMs: number): Promise<void> {
  const { emulator, stack, createdAtMs } = scenario;
  expect(failed(result)).toContain("; last status EXECUTING; the next update resumes the wait");
  const { deployment } = await stack.exportState();
  expect(deployment.pending_operations ?? []).toEqual([]);
  const cancelled = deployment.resources!.filter(({ initErrors }) =>
    initErrors?.some((reason) => /: cancelled after .*; the next update resumes the wait$/.test(reason)),
  );
  // The search is a resource of its own, and what waits for its task is not created.
  expect(cancelled.map(({ urn }) => urn.split("::").at(-1)).sort()).toEqual(["by-id", "quiet", "searching", "waiting"]);
  expect(kinds.map((name) => createdAtMs(`after-${name}`))).toEqual(kinds.map(() => undefined));
  const late = emulator.requests().filter(({ timeMs, path }) => path.includes("/tasks") && timeMs > cancelledMs + 1000);
  expect(late).toEqual([]);
}

describe("an update that is cancelled", () => {
  it.each(runs.flatMap((run) => (["SIGINT", "SIGTERM"] as const).map((signal) => [signal, run] as const)))(
    "by %s (%i) ends its waits at once, and the next update resumes each",
    async (signal) => {
      await inScenario({ files: declaredTasks }, async (scenario) => {
        const { emulator, stack, createdAtMs } = scenario;
        const { config, byId, inOther } = waitsOfEachKind(emulator);
        for (const [key, value] of Object.entries(config)) await stack.setConfig(key, value);
        const up = stack.spawnUp();
        const bind = await untilAllWait(scenario, up);
        const cancelledMs = emulator.now();
        if (signal === "SIGINT") up.interrupt();
        else up.kill(signal);
        await seeCancelled(scenario, await up.finished, cancelledMs);

        // A run that begins before the next update still counts: the window is that of the first.
        const unbind = emulator.addTask({ name: "unbind", progress: ended }).taskId;
        for (const taskId of [byId, bind, inOther]) emulator.setTaskProgress(taskId, ended);
        emulator.addTask({ name: "bind", progress: ended });
        succeeded(await stack.up());
        expect(kinds.filter((name) => createdAtMs(`after-${name}`) === undefined)).toEqual([]);
        const ids = await Promise.all(kinds.slice(0, 3).map((name) => scenario.resource(name)));
        expect(ids.map((resource) => resource!.outputs!["taskId"])).toEqual([byId, bind, unbind]);
        succeeded(await stack.up({ args: ["--expect-no-changes"] }));
        succeeded(await stack.destroy());
      });
    },
  );

  it("before its waits were resumed can be destroyed", async () => {
    await inScenario({ files: declaredTasks }, async (scenario) => {
      const { emulator, stack } = scenario;
      const { config } = waitsOfEachKind(emulator);
      for (const [key, value] of Object.entries(config)) await stack.setConfig(key, value);
      const up = stack.spawnUp();
      await untilAllWait(scenario, up);
      up.interrupt();
      failed(await up.finished);
      const looks = looksIn(scenario);
      succeeded(await stack.destroy());
      expect(looksIn(scenario)).toBe(looks);
    });
  });

  it("by the Automation API's signal ends its waits, and a second one in the same process is not cancelled", async () => {
    const files = inlineProgram(`
  const { BackgroundTask } = require("pulumi-otc-background-task");
  new BackgroundTask("bound", { instanceId, taskId: process.env.TASK_ID });
`);
    await inScenario({ files }, async ({ emulator, stack }) => {
      const { taskId } = emulator.addTask({ name: "bind", progress: running });
      const both = runInline(stack, ["up", "up"], { TASK_ID: taskId });
      await both.printed(/bind EXECUTING/);
      both.kill("SIGUSR2");
      await both.printed(/inline up failed/);
      expect(both.output()).toContain("; last status EXECUTING; the next update resumes the wait");
      await pause(2000);
      emulator.setTaskProgress(taskId, ended);
      await both.printed(/inline up succeeded/);
      await both.finished;
    });
  });
});
