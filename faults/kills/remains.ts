import { setTimeout as pause } from "node:timers/promises";
import type { HermeticStack } from "../../engine/hermeticStack";
import { processesOf, type StackProcess } from "./stackProcesses";

// What a struck engine may leave behind, and what not.

const isLanguageHost = ({ role }: StackProcess) => role === "language host";

/** No provider, program or engine of the stack is left after ten seconds. */
export async function seeNoOrphans(stack: HermeticStack): Promise<void> {
  const endMs = performance.now() + 10_000;
  for (;;) {
    const left = processesOf(stack);
    const orphans = left.filter((process) => !isLanguageHost(process));
    if (orphans.length === 0) {
      // Pulumi's own asks only every five minutes whether its engine is still there (rpcutil.Healthcheck).
      left.forEach(({ pid }) => process.kill(pid, "SIGKILL"));
      return;
    }
    if (performance.now() > endMs) {
      throw new Error(`after 10 s there still run: ${orphans.map(({ pid, role }) => `${role} ${pid}`).join(", ")}`);
    }
    await pause(200);
  }
}

/** The engine itself can read the state. */
export async function seeReadableState(stack: HermeticStack): Promise<void> {
  const { exitCode, stdout, stderr } = await stack.run(["stack", "export"]);
  if (exitCode !== 0) throw new Error(`the state is unreadable: ${stderr}`);
  JSON.parse(stdout);
}
