import { setTimeout as pause } from "node:timers/promises";
import type { HermeticStack } from "../../engine/hermeticStack";
import type { RunningCommand } from "../../engine/runningCommand";
import type { Random } from "../trials/random";
import { processesOf, type Role } from "./stackProcesses";

/** Who gets which signal. */
export type Blow =
  | "SIGINT"
  | "SIGINT twice"
  | "SIGTERM"
  | "SIGKILL of the engine"
  | "SIGKILL of the provider"
  | "SIGKILL of the program";

/** After these, the engine may have had no chance to write down what it knew, or to release its lock. */
export const isSudden = (blow: Blow) => blow === "SIGINT twice" || blow === "SIGKILL of the engine";

/** With these, the engine tells its provider to cancel. */
export const isCancel = (blow: Blow) => blow === "SIGINT" || blow === "SIGINT twice" || blow === "SIGTERM";

export async function strike(blow: Blow, stack: HermeticStack, command: RunningCommand, random: Random): Promise<void> {
  switch (blow) {
    case "SIGINT":
      command.interrupt();
      return;
    case "SIGINT twice":
      command.interrupt();
      await pause(random.between(50, 700));
      command.interrupt();
      return;
    case "SIGTERM":
      command.kill("SIGTERM");
      return;
    case "SIGKILL of the engine":
      command.kill("SIGKILL");
      return;
    case "SIGKILL of the provider":
      killEach("provider", stack);
      return;
    case "SIGKILL of the program":
      killEach("program", stack);
      return;
  }
}

function killEach(role: Role, stack: HermeticStack): void {
  const struck = processesOf(stack).filter((process) => process.role === role);
  if (struck.length === 0) throw new Error(`no process was the ${role}`);
  struck.forEach(({ pid }) => process.kill(pid, "SIGKILL"));
}
