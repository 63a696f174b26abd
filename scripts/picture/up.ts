// What is recorded for the README's picture: a real `pulumi up` of examples/bind-public-ip against the emulator, on this
// process's own terminal.
import path from "node:path";
import { startEmulator } from "../../emulator/index";
import { HermeticStack } from "../../engine/hermeticStack";
import { repositoryRoot } from "../../engine/repositoryRoot";

const bindSeconds = 6;

async function main(): Promise<void> {
  const progress = [{ status: "EXECUTING" }, { status: "SUCCESS", afterSeconds: bindSeconds }];
  const emulator = await startEmulator({ operations: { bindInstancePublicIp: progress } });
  const stack = await HermeticStack.create({
    programDir: path.join(repositoryRoot, "examples", "bind-public-ip"),
    env: { ...emulator.env, PULUMI_NODEJS_TRANSPILE_ONLY: "true" },
  });
  try {
    process.stdout.write("\u001b[2J\u001b[H$ pulumi up --yes --skip-preview\r\n");
    const { exitCode } = await stack.up({ inherit: true });
    process.exitCode = exitCode ?? 1;
  } finally {
    await stack.dispose();
    await emulator.close();
  }
}

void main();
