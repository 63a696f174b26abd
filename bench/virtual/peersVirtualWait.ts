import FakeTimers from "@sinonjs/fake-timers";
import type { Peer, VirtualWaits } from "../peers/peer";
import { type Answer, answerTo } from "../waits/answers";
import type { Waited } from "../waits/waits";

/** A peer's waits on a virtual clock: its own, or with timers that take no time. */
export function virtualWaitsOf(peer: Peer): VirtualWaits {
  const waitWithFakeTimers: VirtualWaits = async (tasks) => {
    const timers = FakeTimers.install({ toFake: ["setTimeout", "clearTimeout", "Date", "performance"] });
    try {
      const waited: Waited[] = [];
      for (const { seconds, answers = [] } of tasks) {
        waited.push(await waitOnce(peer, seconds, answers, timers));
      }
      return waited;
    } finally {
      timers.uninstall();
    }
  };
  return peer.waitVirtually ?? waitWithFakeTimers;
}

async function waitOnce(
  peer: Peer,
  seconds: number,
  answers: readonly Answer[],
  timers: FakeTimers.Clock,
): Promise<Waited> {
  timers.reset();
  const endMs = seconds * 1000;
  let requests = 0;
  let returnedMs: number | undefined;
  const done = peer
    .wait(async () => {
      const { atMs, hasEnded } = answerTo(requests++, performance.now(), endMs, answers);
      const leftMs = atMs - performance.now();
      // No timer for no time: it would take some.
      if (leftMs > 0) {
        await new Promise((resolve) => setTimeout(resolve, leftMs));
      }
      return hasEnded;
    })
    .then(() => (returnedMs = performance.now()));
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
