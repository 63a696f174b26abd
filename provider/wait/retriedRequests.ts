import type { Clock } from "../clock/clock";
import type { RequestBounds } from "../http/exchange";
import { TransientError } from "../task/errors";
import { retryTransient } from "./transientRetry";

const longestRequestMs = 10_000;

// Past the deadline no request lives longer than this.
const graceMs = 1000;

/** The requests of one wait: each is repeated while it fails for a passing reason, until the deadline. */
export class AnsweredRequests {
  /** How many were sent, repeated ones included. */
  sent = 0;
  /** When the last of them was sent, on the clock. */
  lastSentMs = 0;
  /** How long the service gave no answer, all in all. */
  outageMs = 0;

  constructor(
    private readonly clock: Clock,
    private readonly deadlineMs: number,
    private readonly onRetry: (error: TransientError, delayMs: number) => void = () => undefined,
    private readonly signal?: AbortSignal,
  ) {}

  /** @throws the last TransientError at the deadline; whatever else a request throws, at once. */
  async answered<T>(request: (bounds: RequestBounds) => Promise<T>): Promise<T> {
    let failedSinceMs: number | undefined;
    const attempt = () => {
      const attemptedMs = this.clock.nowMs();
      const mostMs = this.deadlineMs - attemptedMs + graceMs;
      const timeoutMs = Math.min(longestRequestMs, mostMs);
      this.sent++;
      this.lastSentMs = attemptedMs;
      return request({ timeoutMs, mostMs, signal: this.signal }).catch((error: unknown) => {
        failedSinceMs ??= attemptedMs;
        throw error;
      });
    };
    const reply = await retryTransient(attempt, {
      clock: this.clock,
      deadlineMs: this.deadlineMs,
      signal: this.signal,
      isTransient: (error) => error instanceof TransientError,
      onRetry: this.onRetry,
    });
    if (failedSinceMs !== undefined) {
      this.outageMs += this.clock.nowMs() - failedSinceMs;
    }
    return reply;
  }
}
