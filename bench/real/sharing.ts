import { Randomness } from "../waits/randomness";
import { mean } from "../waits/waits";
import { type EmulatedService, type RealTask, type RealWait, startService, waitByOurs } from "./emulatedService";

// Many waits on one instance, in real time against the emulator: each on its own, by id, and sharing their looks.

export interface Side {
  requests: number;
  meanLatencySeconds: number;
  /** From the end of the last task to the last verdict. */
  lastSeconds: number;
}

export type Sharing = Record<"byId" | "shared", Side>;

/** Both sides at once, on an instance each, so that what else the machine does is the same for both. */
export async function measureSharing(seed: number, rounds: number): Promise<Sharing> {
  const service = await startService();
  const tasksWith = (look: typeof service.sharedLook, random: Randomness) => {
    const instanceId = service.emulator.addInstance();
    // No two of one name: those that have ended are no past runs of the others.
    return Array.from({ length: 50 }, (_, i) => {
      const seconds = random.logUniform(1, 30);
      return { seconds, pastSeconds: [], instanceId, name: `operation${i}`, look: look(instanceId) };
    });
  };
  const measure = (look: typeof service.sharedLook) =>
    measureSide(
      service,
      Array.from({ length: rounds }, (_, round) => tasksWith(look, new Randomness(seed + round))),
    );
  try {
    const [byId, shared] = await Promise.all([measure(() => service.show), measure(service.sharedLook)]);
    return { byId, shared };
  } finally {
    await service.emulator.close();
  }
}

/** Waits for all tasks of a round at once, and for one round after the other. */
export async function measureSide({ emulator }: EmulatedService, rounds: RealTask[][]): Promise<Side> {
  const waited: RealWait[] = [];
  for (const tasks of rounds) {
    waited.push(...(await Promise.all(tasks.map((task, i) => waitByOurs(emulator, task, i)))));
  }
  const instances = new Set(rounds.flat().map(({ instanceId }) => instanceId));
  const requests = emulator.requests().filter(({ instanceId = "" }) => instances.has(instanceId)).length;
  const last = (msOf: (wait: RealWait) => number) => Math.max(...waited.map(msOf));
  const endMs = (wait: RealWait) => wait.startMs + wait.seconds * 1000;
  return {
    requests: requests / rounds.length,
    meanLatencySeconds: mean(waited.map(({ latencySeconds }) => latencySeconds)),
    lastSeconds: (last((wait) => endMs(wait) + wait.latencySeconds * 1000) - last(endMs)) / 1000,
  };
}

/** How many times fewer requests the sharing side sends, and its latency over the other's. */
export function sharingRatios({ byId, shared }: Sharing): [number, number] {
  return [byId.requests / shared.requests, shared.meanLatencySeconds / byId.meanLatencySeconds];
}
