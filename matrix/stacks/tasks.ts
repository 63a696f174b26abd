import assert from "node:assert/strict";
import type { Emulator } from "../../emulator";

const looksInProgress = 3;

/**
 * What programs wait for: a task by its id, one by its name, and one with the function. Each has an instance of its own:
 * a look at one counts for no other.
 */
export function addTasks(emulator: Emulator): Record<string, string> {
  const add = (name: string, instanceId: string) => {
    // Ended only once it was seen in progress: who gets SUCCESS has waited.
    const progress = [{ status: "EXECUTING" }, { status: "SUCCESS", afterLooks: looksInProgress }];
    return emulator.addTask({ name, instanceId, progress }).taskId;
  };
  const named = emulator.addInstance();
  const lookedUp = emulator.addInstance();
  add("rebuildIndex", named);
  return {
    TASK_ID: add("moveLeaders", emulator.instanceId),
    NAMED_INSTANCE_ID: named,
    LOOKED_UP_INSTANCE_ID: lookedUp,
    LOOKED_UP_TASK_ID: add("cleanUp", lookedUp),
    CREATED_AFTER: new Date(emulator.now() - 60_000).toISOString(),
  };
}

/** By the service's log: all tasks have ended, each after it was seen in progress that often. */
export function assertWaited(emulator: Emulator): void {
  // But the one that an emulator has from the start, for which nobody waits.
  const tasks = emulator.tasks().filter(({ taskId }) => taskId !== emulator.taskId);
  assert.equal(tasks.length, 3);
  for (const { taskId, instanceId, name } of tasks) {
    assert.ok(
      emulator.events().some((event) => event.taskId === taskId && event.terminal),
      `${name} has not ended`,
    );
    const looks = looksAt(emulator, instanceId);
    assert.ok(looks > looksInProgress, `${looks} looks at ${name}`);
  }
}

function looksAt(emulator: Emulator, instanceId: string): number {
  const looks = emulator.requests().filter(({ route }) => route === "listTasks" || route === "showTask");
  return looks.filter(({ path }) => path.includes(`/instances/${instanceId}/`)).length;
}
