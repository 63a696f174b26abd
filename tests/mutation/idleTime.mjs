// How long this process has waited for something to happen. On a busy machine, time that passes while it only waits for
// a core does not count: a test that is slow is told from one that waits for what never comes.
import { performance } from "node:perf_hooks";

// Those of Node.js, even while a test replaces them.
const { setInterval, clearInterval } = globalThis;
const idleMs = () => performance.eventLoopUtilization().idle;

export class WaitedForNothing extends Error {
  constructor(ms) {
    super(`Nothing has happened for ${ms / 1000} s.`);
  }
}

/** Rejects as soon as this process has been idle for so long since the call. */
export function whenIdleFor(ms) {
  const idleAtStart = idleMs();
  let timer;
  const promise = new Promise((_, reject) => {
    timer = setInterval(() => {
      if (idleMs() - idleAtStart >= ms) reject(new WaitedForNothing(ms));
    }, 250);
  });
  return { promise, stop: () => clearInterval(timer) };
}
