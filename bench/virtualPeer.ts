import FakeTimers from "@sinonjs/fake-timers";
import type { Peer } from "./peers";
import type { Waited } from "./waits";

/** A peer's own code, with timers that take no time. */
export async function waitVirtuallyWith(peer: Peer, tasks: readonly number[], tripMs = 0): Promise<Waited[]> {
  const timers = FakeTimers.install({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
  try {
    const waited: Waited[] = [];
    for (const seconds of tasks) {
      waited.push(await waitOnce(peer, seconds, tripMs, timers));
    }
    return waited;
  } finally {
    timers.uninstall();
  }
}

async function waitOnce(peer: Peer, seconds: number, tripMs: number, timers: FakeTimers.Clock): Promise<Waited> {
  timers.reset();
  const endMs = seconds * 1000;
  let requests = 0;
  let returnedMs: number | undefined;
  const trip = () => new Promise((resolve) => setTimeout(resolve, tripMs / 2));
  const hasEnded = async () => {
    requests++;
    if (tripMs === 0) {
      return performance.now() >= endMs;
    }
    await trip();
    const ended = performance.now() >= endMs;
    await trip();
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
