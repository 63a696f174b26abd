import { setTimeout as sleep } from "node:timers/promises";
import type { Peer } from "../peers/peer";
import { waitVirtually } from "../virtual/ourVirtualWait";
import { virtualWaitsOf } from "../virtual/peersVirtualWait";
import { type DrawnTask, drawTask } from "../waits/mixture";
import { Randomness } from "../waits/randomness";
import type { Waited } from "../waits/waits";
import { type EmulatedService, type RealWait, startService, waitInRealTime, waitByOurs } from "./emulatedService";

// In real time against the emulator. It runs in this process, on this process's monotonic clock: a wait's latency is from
// the moment at which the task's status changes, by that clock, to the waiter's return.

export interface RealSample {
  bind: Waited[];
  /** In the order in which they were started. */
  byWaiter: { name: string; waited: Waited[] }[];
  /** The share of waits that sent as many requests on a virtual clock. */
  agreement: number;
}

interface SampleSize {
  /** Waits of each waiter. */
  perWaiter: number;
  /** The tasks' durations are drawn from 1 s to this, half of the waits as likely below its root. */
  longestSeconds: number;
}

export async function sampleInRealTime(seed: number, size: SampleSize, peers: readonly Peer[]): Promise<RealSample> {
  const random = new Randomness(seed);
  const draw = (count: number, medianSeconds: () => number) =>
    Array.from({ length: count }, () => drawTask(random, { pastRuns: 3, medianSeconds: medianSeconds() }));
  const binds = draw(3 * size.perWaiter, () => 3);
  const others = draw(size.perWaiter, () => random.logUniform(1, size.longestSeconds));
  const service = await startService();
  try {
    const bind = await stagger(binds, 0, (task, i) => waitAlone(service, task, seed + i));
    const [ours, ...ofPeers] = await Promise.all([
      stagger(others, 0, (task, i) => waitAlone(service, task, seed + binds.length + i)),
      ...peers.map((peer, i) => stagger(others, i + 1, (task) => waitWithPeer(service, peer, task))),
    ]);
    const real = [...bind, ...ours];
    const virtual = await repeatOurs([...binds, ...others], seed, real);
    for (const [i, peer] of peers.entries()) {
      // What is left to chance can't be repeated.
      if (!peer.isRandom) {
        real.push(...ofPeers[i]!);
        virtual.push(...(await virtualWaitsOf(peer)(ofPeers[i]!)));
      }
    }
    return {
      bind,
      byWaiter: [{ name: "ours", waited: ours }, ...peers.map(({ name }, i) => ({ name, waited: ofPeers[i]! }))],
      agreement: real.filter(({ requests }, i) => requests === virtual[i]!.requests).length / real.length,
    };
  } finally {
    await service.emulator.close();
  }
}

const gapBetweenStartsMs = 90;
const gapBetweenWaitersMs = 9;

/** Starts them one after the other, so that they don't get in each other's way, and each waiter's beside the others'. */
function stagger(
  tasks: readonly DrawnTask[],
  waiter: number,
  wait: (task: DrawnTask, i: number) => Promise<RealWait>,
): Promise<RealWait[]> {
  const firstMs = waiter * gapBetweenWaitersMs;
  return Promise.all(tasks.map((task, i) => sleep(firstMs + i * gapBetweenStartsMs).then(() => wait(task, i))));
}

const name = "someOperation";

/** On an instance of its own, so that no other wait shares its looks. */
function waitAlone({ emulator, sharedLook }: EmulatedService, task: DrawnTask, seed: number): Promise<RealWait> {
  const instanceId = emulator.addInstance();
  return waitByOurs(emulator, { ...task, instanceId, name, look: sharedLook(instanceId) }, seed);
}

function waitWithPeer({ emulator, show }: EmulatedService, peer: Peer, { seconds }: DrawnTask): Promise<RealWait> {
  const task = { seconds, pastSeconds: [], instanceId: emulator.instanceId, name, look: show };
  return waitInRealTime(emulator, task, (look, subject) =>
    peer.wait(async () => (await look(subject, { timeoutMs: 10_000 })).task?.status === "SUCCESS"),
  );
}

async function repeatOurs(tasks: readonly DrawnTask[], seed: number, real: readonly RealWait[]): Promise<Waited[]> {
  const waited: Waited[] = [];
  for (const [i, { startMs, answers }] of real.entries()) {
    waited.push(await waitVirtually(tasks[i]!, new Randomness(seed + i).uniform, startMs, answers));
  }
  return waited;
}
