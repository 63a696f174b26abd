import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import type { HermeticStack } from "../../engine/hermeticStack";

export type Role = "engine" | "language host" | "program" | "provider" | "other";

export interface StackProcess {
  pid: number;
  role: Role;
}

/** What runs for a stack: all processes that have its home among their variables. */
export function processesOf(stack: HermeticStack): StackProcess[] {
  const mark = `PULUMI_HOME=${stack.env["PULUMI_HOME"]}\0`;
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => isRunning(pid) && read(pid, "environ").includes(mark))
    .map((pid) => ({ pid, role: roleOf(read(pid, "cmdline").split("\0")) }));
}

function roleOf(command: string[]): Role {
  const line = command.join(" ");
  return /dynamic-provider/.test(line)
    ? "provider"
    : /cmd\/run\b/.test(line)
      ? "program"
      : /pulumi-language-/.test(line)
        ? "language host"
        : /(^|\/)pulumi$/.test(command[0] ?? "")
          ? "engine"
          : "other";
}

/** A process that has ended, and that nobody has asked about yet, has no executable any more. */
function isRunning(pid: number): boolean {
  try {
    return readlinkSync(`/proc/${pid}/exe`) !== "";
  } catch {
    return false;
  }
}

function read(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, "latin1");
  } catch {
    return "";
  }
}
