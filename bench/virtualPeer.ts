import FakeTimers from "@sinonjs/fake-timers";
import type { Peer } from "./peers";
import type { Waited } from "./waits";

/**
 * A peer's own code, with timers that take no time.
 *
 * @param trips How long the requests of each wait took there and back, in milliseconds, to be repeated; default: no time.
 */
export async function waitVirtuallyWith(
  peer: Peer,
  tasks: readonly number[],
  trips: readonly (readonly number[])[] = [],
): Promise<Waited[]> {
  const timers = FakeTimers.install({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
  try {
    const waited: Waited[] = [];
    for (const [i, seconds] of tasks.entries()) {
      waited.push(await waitOnce(peer, seconds, trips[i] ?? [], timers));
    }
    return waited;
  } finally {
    timers.uninstall();
  }
}

async function waitOnce(
  peer: Peer,
  seconds: number,
  trips: readonly number[],
  timers: FakeTimers.Clock,
): Promise<Waited> {
  timers.reset();
  const endMs = seconds * 1000;
  let requests = 0;
  let returnedMs: number | undefined;
  const hasEnded = async () => {
    const tripMs = trips[requests++] ?? trips.at(-1) ?? 0;
    if (tripMs === 0) {
      return performance.now() >= endMs;
    }
    const halfway = () => new Promise((resolve) => setTimeout(resolve, tripMs / 2));
    await halfway();
    const ended = performance.now() >= endMs;
    await halfway();
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
