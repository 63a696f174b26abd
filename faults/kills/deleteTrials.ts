import { setTimeout as pause } from "node:timers/promises";
import { declaredTasks } from "../../tests/engine/declaredTasks";
import { inScenario, type Scenario, succeeded } from "../../tests/engine/stackScenario";
import { until } from "../../tests/engine/until";
import type { Random } from "../trials/random";
import type { Trial } from "../trials/trial";
import { type Blow, isSudden, strike } from "./blows";
import { seeNoOrphans, seeReadableState } from "./remains";

/** A destroy that is struck after the service has deleted a record, and before the state says so. */
export function deleteTrial(blow: Blow, random: Random): Trial {
  return {
    name: `${blow}, between a DELETE and the state's write`,
    run: () => inScenario({ files: declaredTasks }, (scenario) => tryBlow(scenario, blow, random)),
  };
}

async function tryBlow({ emulator, stack }: Scenario, blow: Blow, random: Random): Promise<void> {
  const add = () => emulator.addTask({ name: "restart", progress: [{ status: "SUCCESS" }] }).taskId;
  const [deleted, kept] = [add(), add()];
  await stack.setConfig("program:tasks", JSON.stringify({ deleted: { taskId: deleted, deleteRecord: true } }));
  succeeded(await stack.up());

  // The record is gone, but nobody has been told.
  emulator.replyNext({ route: "deleteTask", resetConnection: true });
  const destroy = stack.spawnDestroy();
  await until(() => (emulator.counts()["deleteTask"] ?? 0) > 0, { everyMs: 2 });
  await pause(random.between(0, 150));
  await strike(blow, stack, destroy, random);
  await destroy.finished;
  await seeNoOrphans(stack);
  await seeReadableState(stack);

  if (isSudden(blow)) await stack.cancel();
  succeeded(await stack.destroy());
  const { resources = [] } = (await stack.exportState()).deployment;
  if (resources.length > 0) throw new Error(`the state still has ${resources.map(({ urn }) => urn).join(", ")}`);
  const left = emulator.tasks().map(({ taskId }) => taskId);
  if (left.includes(deleted) || !left.includes(kept)) throw new Error(`the records that are left: ${left.join(", ")}`);
  const others = emulator.requests().filter(({ method, taskId }) => method === "DELETE" && taskId !== deleted);
  if (others.length > 0) throw new Error("it deleted another record, too");
}
