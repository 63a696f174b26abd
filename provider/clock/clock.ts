/** Time and chance for a wait. It is an argument, because tests and benchmarks run on clocks of their own. */
export interface Clock {
  /** Milliseconds on a clock that never goes back; its zero is arbitrary. */
  nowMs(): number;
  /**
   * Milliseconds since 1970 by this machine's clock when the process started, which may have been wrong. It advances with
   * `nowMs`, even if the clock is set later: its times and its offsets always belong together.
   */
  epochMs(): number;
  /** Resolves after that many milliseconds, or rejects with the signal's reason as soon as it is aborted. */
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
      const timer = setTimeout(() => {
        signal?.removeEventListener("abort", onAbort);
        resolve();
      }, ms);
      signal?.addEventListener("abort", onAbort, { once: true });
    }),
};

/** Milliseconds on the monotonic clock that all processes of this machine share; its zero is arbitrary. */
export function machineUptimeMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
