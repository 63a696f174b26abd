import pRetry from "p-retry";
import type { Clock } from "../clock/clock";

/** What an attempt may throw to be tried again. */
export interface Retryable {
  retryAfterMs?: number;
}

export interface RetryOptions<E extends Error> {
  clock: Clock;
  /** No attempt begins after this moment of the clock; the last one begins at it. */
  deadlineMs: number;
  signal?: AbortSignal;
  isTransient: (error: Error) => error is E & Retryable;
  /** Told before each pause. */
  onRetry?: (error: E, delayMs: number) => void;
}

const shortestDelayMs = 250;
const firstDelayMs = 500;
const longestDelayMs = 10_000;

/**
 * Runs `attempt` until it succeeds, throws something that is not transient, or the deadline has passed; then throws what
 * it threw last. The pauses double, half of each left to chance, unless the service said how long to stay away.
 *
 * p-retry runs the attempts; the pauses are slept on the caller's clock, so that the last attempt comes at the deadline
 * and an abort ends a pause at once.
 */
export function retryTransient<T, E extends Error>(attempt: () => Promise<T>, options: RetryOptions<E>): Promise<T> {
  const { clock, deadlineMs, signal, isTransient, onRetry } = options;
  return pRetry(attempt, {
    retries: Infinity,
    minTimeout: 0,
    signal,
    shouldRetry: async ({ error, attemptNumber }) => {
      const leftMs = deadlineMs - clock.nowMs();
      if (!isTransient(error) || leftMs <= 0) {
        return false;
      }
      // "Retry-After: 0" must not become a hot loop.
      const delayMs = Math.min(Math.max(error.retryAfterMs ?? backoff(attemptNumber, clock), shortestDelayMs), leftMs);
      onRetry?.(error, delayMs);
      await clock.sleep(delayMs, signal);
      return true;
    },
  });
}

function backoff(attemptNumber: number, clock: Clock): number {
  const fullMs = Math.min(firstDelayMs * 2 ** (attemptNumber - 1), longestDelayMs);
  return (fullMs * (1 + clock.random())) / 2;
}
