/** How one wait went. */
export interface Waited {
  /** From the task's end to the waiter's return. */
  latencySeconds: number;
  requests: number;
  /** How long the task took. */
  seconds: number;
}

export interface Summary {
  waits: number;
  meanLatencySeconds: number;
  medianLatencySeconds: number;
  meanRequests: number;
  /** Mean latency times mean requests: what a waiter costs, however it trades one for the other. */
  productSeconds: number;
}

export function summarize(waited: readonly Waited[]): Summary {
  const meanLatencySeconds = mean(waited.map(({ latencySeconds }) => latencySeconds));
  const meanRequests = mean(waited.map(({ requests }) => requests));
  return {
    waits: waited.length,
    meanLatencySeconds,
    medianLatencySeconds: median(waited.map(({ latencySeconds }) => latencySeconds)),
    meanRequests,
    productSeconds: meanLatencySeconds * meanRequests,
  };
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!;
}
