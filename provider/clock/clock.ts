/** Time and chance for a wait. It is an argument, because tests and benchmarks run on clocks of their own. */
export interface Clock {
  /** Milliseconds on a clock that never goes back; its zero is arbitrary. */
  nowMs(): number;
  /**
   * Milliseconds since 1970 by this machine's clock when the process started, which may have been wrong. It advances with
   * `nowMs`, even if the clock is set later: its times and its offsets always belong together.
   */
  epochMs(): number;
  /** Resolves after that many milliseconds, never before, or rejects with the signal's reason as soon as it is aborted. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
  /** A number from 0 (inclusive) to 1 (exclusive). */
  random(): number;
}

const steadyMs = () => performance.timeOrigin + performance.now();

export const systemClock: Clock = {
  nowMs: () => performance.now(),
  epochMs: steadyMs,
  random: () => Math.random(),
  sleep: (ms, signal) =>
    new Promise((resolve, reject) => {
      if (signal?.aborted) {
        reject(signal.reason as Error);
        return;
      }
      const onAbort = () => {
        clearTimeout(timer);
        reject(signal?.reason as Error);
      };
      const endMs = performance.now() + ms;
      const onTimer = () => {
        const leftMs = endMs - performance.now();
        if (leftMs > 0) {
          // Node drops the fraction of a delay: a look at the deadline would come before it, and a second one at it.
          timer = setTimeout(onTimer, Math.ceil(leftMs));
          return;
        }
        signal?.removeEventListener("abort", onAbort);
        resolve();
      };
      let timer = setTimeout(onTimer, Math.ceil(ms));
      signal?.addEventListener("abort", onAbort, { once: true });
    }),
};

/** Milliseconds on the monotonic clock that all processes of this machine share; its zero is arbitrary. */
export function machineUptimeMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
