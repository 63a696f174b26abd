import { setTimeout as pause } from "node:timers/promises";
import { declaredTasks } from "../../tests/engine/declaredTasks";
import { failed, inScenario, type Scenario, succeeded } from "../../tests/engine/stackScenario";
import type { Random } from "../trials/random";
import type { Trial } from "../trials/trial";
import { Relay } from "./relay";
import { seeNoOrphans } from "./remains";

const running = [{ status: "EXECUTING" }];
const ended = [{ status: "SUCCESS" }];

/** The service is killed and comes back amid waits, which go on; or the update is cancelled while it is away. */
export function serviceTrial(isCancelled: boolean, random: Random, i: number): Trial {
  return {
    name: `SIGKILL of the service${isCancelled ? ", then SIGINT" : ""} (${i})`,
    run: () => inScenario({ files: declaredTasks }, (scenario) => tryKill(scenario, isCancelled, random)),
  };
}

async function tryKill({ emulator, stack, ...seen }: Scenario, isCancelled: boolean, random: Random): Promise<void> {
  const relay = await Relay.start(emulator.url);
  try {
    const endpoint = relay.url;
    const byId = emulator.addTask({ name: "restart", progress: running }).taskId;
    const other = emulator.addInstance();
    const onOther = emulator.addTask({ name: "resize", instanceId: other, progress: running }).taskId;
    const tasks = { "by-id": { taskId: byId, endpoint, follower: true } };
    const barriers = { quiet: { instanceId: other, endpoint, follower: true } };
    await stack.setConfig("program:tasks", JSON.stringify(tasks));
    await stack.setConfig("program:barriers", JSON.stringify(barriers));
    const up = stack.spawnUp();
    await up.printed(/restart EXECUTING/);
    await up.printed(/waiting for resize EXECUTING/);

    await pause(random.between(0, 2000));
    relay.kill();
    await pause(random.between(1000, 5000));
    const end = () => [byId, onOther].forEach((taskId) => emulator.setTaskProgress(taskId, ended));
    if (isCancelled) {
      up.interrupt();
      failed(await up.finished);
      await seeNoOrphans(stack);
      await relay.restart();
      end();
      succeeded(await stack.up());
    } else {
      end();
      await relay.restart();
      succeeded(await up.finished);
    }
    for (const [wait, taskId] of Object.entries({ "by-id": byId, quiet: onOther })) {
      const createdMs = seen.createdAtMs(`after-${wait}`);
      if (createdMs === undefined || createdMs < seen.endedAtMs(taskId)!) {
        throw new Error(`the dependent of ${wait} was created before its task ended, or never`);
      }
    }
    succeeded(await stack.up({ args: ["--expect-no-changes"] }));
    succeeded(await stack.destroy());
  } finally {
    relay.kill();
  }
}
