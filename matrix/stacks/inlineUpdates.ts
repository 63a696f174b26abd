import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { repositoryRoot } from "../../engine/repositoryRoot";
import { startCommand } from "../../engine/runningCommand";
import { inlineProgram } from "../../tests/engine/inlineProgram";
import { looksIn, succeeded } from "../../tests/engine/stackScenario";
import type { Installed } from "../installs/installation";
import type { Machine } from "../installs/machine";
import { bodyOfProgram } from "../programs/forms";
import { localUpdates } from "../programs/localUpdates";
import { addTasks, assertWaited } from "./tasks";
import { inUserStack, type UserStack } from "./userStack";

const projectFile = { "Pulumi.yaml": "name: program\nruntime: nodejs\n" };

/** By the Automation API, two updates and a destroy in one process, of a program that is a function in it. */
export async function inlineUpdates(installed: Installed, machine: Machine): Promise<void> {
  const files = { ...projectFile, ...inlineProgram(`${bodyOfProgram}\n  return outputs;`) };
  await inUserStack({ installed, machine, files, env: addTasks }, async (scenario) => {
    assertTwoUpdates(
      scenario,
      await runScript(scenario, installed, ["inline.js", scenario.stack.name, "up", "up", "destroy"]),
    );
  });
}

/** The same of a program in a folder. */
export async function updatesOfFolder(installed: Installed, machine: Machine): Promise<void> {
  const files = {
    ...projectFile,
    "index.js": `${bodyOfProgram}\nObject.assign(exports, outputs);`,
    "updates.js": localUpdates,
  };
  await inUserStack({ installed, machine, files, manifest: { main: "index.js" }, env: addTasks }, async (scenario) => {
    assertTwoUpdates(scenario, await runScript(scenario, installed, ["updates.js", scenario.stack.name]));
  });
}

function assertTwoUpdates({ emulator }: UserStack, output: string): void {
  assert.match(output, /Resources:\s+\+ 4 created[\s\S]+Resources:\s+4 unchanged[\s\S]+Resources:\s+- 4 deleted/);
  for (const name of ["byId", "byName", "looked"]) assert.match(output, new RegExp(`${name}\\s*: "SUCCESS"`));
  assertWaited(emulator);
  assert.ok(looksIn({ emulator }) < 20, `${looksIn({ emulator })} looks`);
}

/** An update of an inline program whose resource waits, by hooks, until the instance is quiet. */
export async function hookedUpdates(installed: Installed, machine: Machine): Promise<void> {
  const example = (name: string) => readFile(path.join(repositoryRoot, "examples", "busy-instance", name), "utf8");
  const body = `
  const { quietInstanceHooks } = require("pulumi-otc-background-task");
  const { Parameter } = require("./parameter.cjs");
  const hooks = quietInstanceHooks("first", { instanceId, quietSeconds: 0 });
  new Parameter("first", { instanceId, parameter: "first", value: "1", unset: "0" }, { hooks });
`;
  const files = {
    ...projectFile,
    ...inlineProgram(body),
    "dms.cjs": await example("dms.cjs"),
    "parameter.cjs": await example("parameter.cjs"),
  };
  await inUserStack({ installed, machine, files }, async (scenario) => {
    const { emulator, stack } = scenario;
    const progress = [{ status: "EXECUTING" }, { status: "SUCCESS", afterLooks: 2 }];
    // Ended before the delete, which has no hook, can come.
    emulator.configure({ operations: { kafkaConfigModify: [{ status: "SUCCESS" }] } });
    const { taskId } = emulator.addTask({ name: "restart", progress });
    await runScript(scenario, installed, ["inline.js", stack.name, "up", "up", "destroy"]);
    const ended = emulator.events().find((event) => event.taskId === taskId && event.terminal);
    const operations = emulator.requests().filter(({ route }) => route === "modifyConfigs");
    assert.deepEqual(
      operations.map(({ status }) => status),
      [200, 200],
      "the create and the delete",
    );
    assert.ok(ended && ended.timeMs <= operations[0]!.timeMs, "the create was sent before the instance was quiet");
  });
}

async function runScript({ stack }: UserStack, { nodeFile }: Installed, args: string[]): Promise<string> {
  const options = { cwd: stack.programDir, env: stack.env, inherit: false, timeoutMs: 120_000 };
  return succeeded(await startCommand(nodeFile, args, options).finished);
}
