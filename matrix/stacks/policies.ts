import assert from "node:assert/strict";
import semver from "semver";
import { failed, succeeded } from "../../tests/engine/stackScenario";
import type { Installed } from "../installs/installation";
import type { Machine } from "../installs/machine";
import { packFolder, policyFiles } from "../programs/policyFiles";
import { inUserStack, type UserStack } from "./userStack";

const policyAnalyzeSince = "3.229.0";

/** A mandatory rule on an argument fails a preview, in which nothing is sent. */
export async function policyInPreview(installed: Installed, machine: Machine): Promise<void> {
  await withPack(
    { boundedWait: { maxSeconds: 60, enforcementLevel: "mandatory" } },
    "SUCCESS",
    installed,
    machine,
    async (scenario, args) => {
      assert.match(failed(await scenario.stack.preview({ args })), /\[mandatory\] {2}bounded-wait/);
      assert.deepEqual(scenario.emulator.requests(), []);
    },
  );
}

/** A mandatory rule on an outcome fails the update, and passes once the task has succeeded. */
export async function policyInUpdate(installed: Installed, machine: Machine): Promise<void> {
  const rule = { backgroundTaskSucceeded: "mandatory" };
  await withPack(rule, "FAILED", installed, machine, async ({ stack }, args) => {
    const output = failed(await stack.up({ args }));
    assert.match(output, /\[mandatory\] {2}background-task-succeeded/);
    assert.match(output, /background task restart \(id \S+\) of instance \S+ ended with status FAILED/);
  });
  await withPack(rule, "SUCCESS", installed, machine, async ({ stack }, args) => {
    succeeded(await stack.up({ args }));
  });
}

/** The same, over the state of an update that ran without the pack. */
export async function policyOverState(installed: Installed, machine: Machine): Promise<{ cannot: string } | void> {
  const { version } = machine.engine;
  if (semver.lt(version, policyAnalyzeSince)) {
    return { cannot: `the CLI has the command since ${policyAnalyzeSince}, this one is ${version}` };
  }
  const rule = { backgroundTaskSucceeded: "mandatory" };
  const analyze = async ({ stack }: UserStack, args: string[]) => {
    succeeded(await stack.up());
    return stack.run(["policy", "analyze"], { args });
  };
  await withPack(rule, "FAILED", installed, machine, async (scenario, args) => {
    assert.match(failed(await analyze(scenario, args)), /background-task-succeeded/);
  });
  await withPack(rule, "SUCCESS", installed, machine, async (scenario, args) => {
    succeeded(await analyze(scenario, args));
  });
}

/** A stack whose one task ends with that status, and a pack with these rules alone. */
async function withPack(
  rules: object,
  status: string,
  installed: Installed,
  machine: Machine,
  test: (scenario: UserStack, args: string[]) => Promise<void>,
): Promise<void> {
  const files = policyFiles(rules);
  const env = (emulator: UserStack["emulator"]) => ({
    TASK_ID: emulator.addTask({ name: "restart", progress: [{ status }] }).taskId,
  });
  await inUserStack({ installed, machine, files, manifest: { main: "index.js" }, env }, async (scenario) => {
    await test(scenario, await scenario.stack.policyPack({ inPlace: packFolder(installed.folder) }));
  });
}
