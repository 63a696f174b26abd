import { rm } from "node:fs/promises";
import path from "node:path";
import { type Emulator, startEmulator } from "../../emulator";
import { HermeticStack } from "../../engine/hermeticStack";
import type { Installed } from "../installs/installation";
import type { Machine } from "../installs/machine";
import { putProgram } from "../programs/programFiles";
import { stackPath } from "./stackPath";

export interface UserStack {
  emulator: Emulator;
  stack: HermeticStack;
}

let stacks = 0;

/** A stack of a program where its packages are installed, with the installation's Node.js and a service of its own. */
export async function inUserStack(
  {
    installed,
    machine,
    files,
    manifest = {},
    env = () => ({}),
  }: {
    installed: Installed;
    machine: Machine;
    files: Record<string, string>;
    manifest?: Record<string, string>;
    /** What the program sees besides the service's connection. */
    env?: (emulator: Emulator) => Record<string, string>;
  },
  test: (scenario: UserStack) => Promise<void>,
): Promise<void> {
  const stackName = `cell-${++stacks}`;
  const emulator = await startEmulator();
  const takeOut = await putProgram(installed.folder, files, manifest);
  let stack: HermeticStack | undefined;
  try {
    stack = await HermeticStack.create({
      programDir: installed.folder,
      inPlace: true,
      stackName,
      env: { ...emulator.env, ...stackPath(installed, machine), ...env(emulator) },
    });
    await test({ emulator, stack });
  } finally {
    await stack?.dispose();
    await emulator.close();
    await takeOut();
    await rm(path.join(installed.folder, `Pulumi.${stackName}.yaml`), { force: true });
  }
}
