import assert from "node:assert/strict";
import { failed, succeeded } from "../../tests/engine/stackScenario";
import type { Installed } from "../installs/installation";
import type { Machine } from "../installs/machine";
import { addTasks } from "./tasks";
import { inUserStack, type UserStack } from "./userStack";

const files = {
  "Pulumi.yaml": "name: program\nruntime: nodejs\n",
  "index.js": `
const { waitFor } = require("shared-library");
exports.status = waitFor(process.env.OTC_INSTANCE_ID, process.env.TASK_ID).status;
`,
};

const inProgram = (installed: Installed, machine: Machine, test: (scenario: UserStack) => Promise<void>) =>
  inUserStack({ installed, machine, files, manifest: { main: "index.js" }, env: addTasks }, test);

/** A program that has this package through a library alone, where the package manager puts it beside the program. */
export const sharedLibrary = (installed: Installed, machine: Machine) => inProgram(installed, machine, works);

/** The same where it does not: the update says what to add, and with that it works. */
export function sharedLibraryNotFound(installed: Installed, machine: Machine): Promise<void> {
  return inProgram(installed, machine, async (scenario) => {
    const output = failed(await scenario.stack.up()).replaceAll(/\s+/g, " ");
    assert.match(output, /add pulumi-otc-background-task to the dependencies of the program's own package\.json\./);
    assert.deepEqual(scenario.emulator.requests(), []);
    await installed.manage(["add", installed.packed]);
    await works(scenario);
  });
}

async function works({ stack }: UserStack): Promise<void> {
  succeeded(await stack.up());
  assert.deepEqual(await stack.outputs(), { status: "SUCCESS" });
  assert.match(succeeded(await stack.up()), /Resources:\s+2 unchanged/);
  succeeded(await stack.destroy());
}
