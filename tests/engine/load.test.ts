import { setTimeout as pause } from "node:timers/promises";
import { execFileSync } from "node:child_process";
import type { Emulator } from "../../emulator";
import type { HermeticStack } from "../../engine/hermeticStack";
import { inScenario, program, succeeded } from "./scenario";
import { until } from "./until";

const manyTasks = program(`
for (const [i, id] of config.requireObject("taskIds").entries()) {
  new BackgroundTask("task-" + i, { instanceId, taskId: id });
}
`);

describe("a hundred waits in one update", () => {
  it("end with the slowest task, plus less than five seconds, and share their looks", async () => {
    await inScenario({ files: manyTasks }, async ({ emulator, stack, endedAtMs }) => {
      const slowestSeconds = 20;
      const taskIds = Array.from({ length: 100 }, (_, i) => {
        const afterSeconds = slowestSeconds - (i % 10);
        return emulator.addTask({ name: "restart", progress: [{ status: "SUCCESS", afterSeconds }] }).taskId;
      });
      await stack.setConfig("program:taskIds", JSON.stringify(taskIds));

      succeeded(await stack.up({ args: ["--parallel", "128"] }));

      const lastEndMs = Math.max(...taskIds.map((taskId) => endedAtMs(taskId)!));
      expect(emulator.now() - lastEndMs).toBeLessThan(5000);
      // By id, each wait would have taken more than five.
      expect(looksAt(emulator)).toBeLessThan(2 * taskIds.length);
    });
  });

  it("leave no provider process behind within ten seconds when the engine is killed, and are resumed", async () => {
    await inScenario({ files: manyTasks }, async ({ emulator, stack }) => {
      const taskIds = Array.from({ length: 100 }, () => emulator.addTask({ name: "restart" }).taskId);
      await stack.setConfig("program:taskIds", JSON.stringify(taskIds));
      const up = stack.spawnUp({ args: ["--parallel", "128"] });
      // Not while the engine is still writing down that it began them: what it writes then would be cut.
      while ((await begun(stack)) < taskIds.length) {
        await pause(200);
      }
      expect(providersOf(stack.programDir)).not.toEqual([]);

      up.kill("SIGKILL");
      // Each look at the processes starts some of its own.
      await until(() => providersOf(stack.programDir).length === 0, { timeoutMs: 10_000, everyMs: 200 });

      succeeded(await stack.cancel());
      taskIds.forEach((taskId) => emulator.setTaskProgress(taskId, [{ status: "SUCCESS" }]));
      succeeded(await stack.up({ args: ["--parallel", "128"] }));
    });
  });
});

/** How many creates the state says to have begun; 0 while it is being written. */
async function begun(stack: HermeticStack): Promise<number> {
  const state = await stack.exportState().catch(() => undefined);
  return state?.deployment.pending_operations?.length ?? 0;
}

function looksAt(emulator: Emulator): number {
  const { listTasks = 0, showTask = 0 } = emulator.counts();
  return listTasks + showTask;
}

/** Processes of dynamic providers that work in a folder. */
function providersOf(folder: string): number[] {
  return execFileSync("ps", ["-eo", "pid,args"], { encoding: "utf8" })
    .split("\n")
    .filter((line) => /node .*dynamic-provider/.test(line))
    .map((line) => Number.parseInt(line, 10))
    .filter((pid) => worksIn(pid) === folder);
}

function worksIn(pid: number): string | undefined {
  try {
    return execFileSync("readlink", [`/proc/${pid}/cwd`], { encoding: "utf8" }).trim();
  } catch {
    return undefined;
  }
}
