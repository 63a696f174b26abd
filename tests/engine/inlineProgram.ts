import type { HermeticStack } from "../../engine/hermeticStack";
import { type RunningCommand, startCommand } from "../../engine/runningCommand";

/**
 * Files of a program that runs inside the process that updates its stack, by the Automation API: `body` declares its
 * resources, and can use `signal`, that of the command that is running. SIGUSR2 aborts it.
 */
export function inlineProgram(body: string): Record<string, string> {
  return {
    // What HermeticStack asks for; nothing runs it.
    "index.js": "",
    "inline.js": `
const pulumi = require("@pulumi/pulumi");
const { LocalWorkspace } = require("@pulumi/pulumi/automation");
const instanceId = process.env.OTC_INSTANCE_ID;
let abort = new AbortController();
process.on("SIGUSR2", () => abort.abort());
async function program() {
  const { signal } = abort;
${body}
}
async function main([stackName, ...commands]) {
  const stack = await LocalWorkspace.createOrSelectStack({ stackName, projectName: "program", program });
  for (const command of commands) {
    const [name, ...options] = command.split(" ");
    abort = new AbortController();
    const runProgram = options.includes("--run-program");
    const run = stack[name]({ onOutput: (text) => process.stdout.write(text), signal: abort.signal, runProgram });
    const succeeded = await run.then(() => true, (error) => !process.stderr.write(error.message + "\\n"));
    process.stdout.write("inline " + name + (succeeded ? " succeeded" : " failed") + "\\n");
    if (!succeeded) process.exitCode = 1;
  }
}
void main(process.argv.slice(2));
`,
  };
}

/** Runs commands one after the other in one process, such as `["up", "destroy --run-program"]`. */
export function runInline(stack: HermeticStack, commands: string[], env: Record<string, string> = {}): RunningCommand {
  return startCommand(process.execPath, ["inline.js", stack.name, ...commands], {
    cwd: stack.programDir,
    env: { ...stack.env, ...env },
    inherit: false,
  });
}
