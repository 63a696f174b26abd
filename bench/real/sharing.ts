import { systemClock } from "../../provider/clock/clock";
import type { ShowTask } from "../../provider/service/client";
import { waitWithOurs } from "../peers/ours";
import { Randomness } from "../waits/randomness";
import { mean } from "../waits/waits";
import { type EmulatedService, startService, startTask } from "./emulatedService";

// Many waits on one instance, in real time against the emulator: each on its own, by id, and sharing their looks.

export interface Side {
  requests: number;
  meanLatencySeconds: number;
}

export interface Sharing {
  byId: Side;
  shared: Side;
}

/** Both sides at once, on an instance each, so that what else the machine does is the same for both. */
export async function measureSharing(seed: number, rounds: number): Promise<Sharing> {
  const service = await startService();
  try {
    const [byId, shared] = await Promise.all([
      measureSide(service, seed, rounds, () => service.show),
      measureSide(service, seed, rounds, service.sharedLook),
    ]);
    return { byId, shared };
  } finally {
    await service.emulator.close();
  }
}

async function measureSide(
  { emulator }: EmulatedService,
  seed: number,
  rounds: number,
  lookAt: (instanceId: string) => ShowTask,
): Promise<Side> {
  const instances: string[] = [];
  const latencies: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const random = new Randomness(seed + round);
    const instanceId = emulator.addInstance();
    const waits = Array.from({ length: 50 }, async (_, i) => {
      // No two of one name: those that have ended are no past runs of the others.
      const task = { seconds: random.logUniform(1, 30), pastSeconds: [] };
      const started = startTask(emulator, task, instanceId, `operation${i}`);
      const clock = { ...systemClock, random: new Randomness(i).uniform };
      await waitWithOurs(lookAt(instanceId), started.subject, clock);
      return started.waited().latencySeconds;
    });
    latencies.push(...(await Promise.all(waits)));
    instances.push(instanceId);
  }
  const requests = emulator.requests().filter(({ instanceId = "" }) => instances.includes(instanceId));
  return { requests: requests.length / rounds, meanLatencySeconds: mean(latencies) };
}

/** How many times fewer requests the sharing side sends, and its latency over the other's. */
export function sharingRatios({ byId, shared }: Sharing): [number, number] {
  return [byId.requests / shared.requests, shared.meanLatencySeconds / byId.meanLatencySeconds];
}
