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
  const latencies = waited.map(({ latencySeconds }) => latencySeconds);
  const meanLatencySeconds = mean(latencies);
  const meanRequests = mean(waited.map(({ requests }) => requests));
  return {
    waits: waited.length,
    meanLatencySeconds,
    medianLatencySeconds: median(latencies),
    meanRequests,
    productSeconds: meanLatencySeconds * meanRequests,
  };
}

/** For a line of the log. */
export function costOf({ meanLatencySeconds, meanRequests, productSeconds }: Summary): string {
  return `${meanLatencySeconds.toFixed(2)} s x ${meanRequests.toFixed(1)} requests = ${productSeconds.toFixed(1)}`;
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function median(values: readonly number[]): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)]!;
}
