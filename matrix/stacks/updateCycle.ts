import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { HermeticStack } from "../../engine/hermeticStack";
import { repositoryRoot } from "../../engine/repositoryRoot";
import { looksIn, succeeded } from "../../tests/engine/stackScenario";
import { run } from "../installs/commands";
import type { Installed } from "../installs/installation";
import type { Machine } from "../installs/machine";
import type { Form } from "../programs/forms";
import { addTasks, assertWaited } from "./tasks";
import { inUserStack, type UserStack } from "./userStack";

const timeoutMs = 120_000;

/** A program of that form: an update that waits, a second one that changes nothing, and a destroy. */
export async function updateCycle(form: Form, installed: Installed, machine: Machine): Promise<void> {
  const { files, manifest } = form;
  await inUserStack({ installed, machine, files, manifest, env: addTasks }, async (scenario) => {
    if (form.isCompiled) await compile(installed);
    await assertCycle(scenario, installed);
  });
}

export async function assertCycle({ emulator, stack }: UserStack, { versions }: Installed): Promise<void> {
  const outputs = {
    byId: "SUCCESS",
    byName: "SUCCESS",
    looked: "SUCCESS",
    node: `v${versions.node}`,
    sdk: versions.sdk,
  };
  const first = succeeded(await stack.up({ timeoutMs }));
  assert.match(first, /Resources:\s+\+ 4 created/);
  assert.deepEqual(await stack.outputs(), outputs);
  assertWaited(emulator);
  await assertTexts(stack);

  const looksBefore = looksIn({ emulator });
  const second = succeeded(await stack.up({ timeoutMs }));
  assert.match(second, /Resources:\s+4 unchanged/);
  assert.deepEqual(await stack.outputs(), outputs);
  // The function's own: what the resources recorded needs none.
  assert.equal(looksIn({ emulator }) - looksBefore, 1, "looks of the second update");

  assert.match(succeeded(await stack.destroy({ timeoutMs })), /Resources:\s+- 4 deleted/);
  assert.deepEqual((await stack.exportState()).deployment.resources ?? [], []);
}

async function compile({ folder, nodeFile, env }: Installed): Promise<void> {
  await run(nodeFile, ["node_modules/typescript/bin/tsc", "-p", "."], { cwd: folder, env });
}

/** What the SDK records of our providers is the same text everywhere: states outlive a Node.js and an SDK. */
async function assertTexts(stack: HermeticStack): Promise<void> {
  const { resources = [] } = (await stack.exportState()).deployment;
  const ours = resources.filter(({ type }) => type.startsWith("pulumi-nodejs:dynamic/otc:"));
  assert.equal(ours.length, 3);
  for (const { urn, type, inputs = {} } of ours) {
    const recording = type.endsWith("Search") ? "search-provider-text.js.txt" : "provider-text.js.txt";
    const text = await readFile(path.join(repositoryRoot, "tests", "recordings", recording), "utf8");
    assert.equal(inputs["__provider"], text, `the recorded text of ${urn}`);
  }
}
