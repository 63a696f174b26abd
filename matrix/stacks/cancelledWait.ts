import assert from "node:assert/strict";
import { failed, succeeded } from "../../tests/engine/stackScenario";
import type { Installed } from "../installs/installation";
import type { Machine } from "../installs/machine";
import { inUserStack } from "./userStack";

const program = `
const { BackgroundTask } = require("pulumi-otc-background-task");
const args = { instanceId: process.env.OTC_INSTANCE_ID, taskId: process.env.TASK_ID };
exports.status = new BackgroundTask("by-id", args).status;
`;
const files = { "Pulumi.yaml": "name: program\nruntime: nodejs\n", "index.js": program };

/** A wait for a task that does not end: cancelled it ends at once and is recorded, and the next update resumes it. */
export async function cancelledWait(installed: Installed, machine: Machine): Promise<void> {
  let taskId = "";
  const env = (emulator: { addTask: (task: { name: string }) => { taskId: string } }) => {
    ({ taskId } = emulator.addTask({ name: "reassignPartitions" }));
    return { TASK_ID: taskId };
  };
  await inUserStack({ installed, machine, files, manifest: { main: "index.js" }, env }, async ({ emulator, stack }) => {
    const up = stack.spawnUp({ timeoutMs: 60_000 });
    await up.printed(/reassignPartitions EXECUTING/);
    const cancelledMs = emulator.now();
    up.interrupt();
    const output = failed(await up.finished);
    assert.match(output, /: cancelled after .*; last status EXECUTING; the next update resumes the wait/);
    const late = emulator.requests().filter(({ timeMs }) => timeMs > cancelledMs + 1000);
    assert.deepEqual(late, [], "requests later than a second after the cancel");

    emulator.setTaskProgress(taskId, [{ status: "SUCCESS" }]);
    succeeded(await stack.up({ timeoutMs: 60_000 }));
    assert.deepEqual(await stack.outputs(), { status: "SUCCESS" });
    succeeded(await stack.destroy({ timeoutMs: 60_000 }));
  });
}
