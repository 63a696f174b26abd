import FakeTimers from "@sinonjs/fake-timers";
import { delaysOfLook, type LookDelays } from "./lookDelays";
import type { Peer } from "../peers/peers";
import type { Waited } from "../waits/waits";

/**
 * A peer's own code, with timers that take no time.
 *
 * @param looks How the looks of each wait went in real time, to be repeated; default: at once.
 */
export async function waitVirtuallyWith(
  peer: Peer,
  tasks: readonly number[],
  looks: readonly (readonly LookDelays[])[] = [],
): Promise<Waited[]> {
  const timers = FakeTimers.install({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
  try {
    const waited: Waited[] = [];
    for (const [i, seconds] of tasks.entries()) {
      waited.push(await waitOnce(peer, seconds, looks[i] ?? [], timers));
    }
    return waited;
  } finally {
    timers.uninstall();
  }
}

/** No timer for no time: it would take some. */
async function pass(ms: number): Promise<void> {
  if (ms > 0) {
    await new Promise((resolve) => setTimeout(resolve, ms));
  }
}

async function waitOnce(
  peer: Peer,
  seconds: number,
  looks: readonly LookDelays[],
  timers: FakeTimers.Clock,
): Promise<Waited> {
  timers.reset();
  const endMs = seconds * 1000;
  let requests = 0;
  let returnedMs: number | undefined;
  const hasEnded = async () => {
    const { lateMs, outMs, backMs } = delaysOfLook(requests++, looks);
    await pass(lateMs + outMs);
    const ended = performance.now() >= endMs;
    await pass(backMs);
    return ended;
  };
  const done = peer.wait(hasEnded).then(() => (returnedMs = performance.now()));
  while (returnedMs === undefined) {
    // All promises settle before the next timer fires.
    await new Promise((resolve) => setImmediate(resolve));
    if (returnedMs === undefined) {
      timers.next();
    }
  }
  await done;
  return { latencySeconds: (returnedMs - endMs) / 1000, requests, seconds };
}
