import pRetry from "p-retry";
import type { Clock } from "../clock/clock";
import type { RequestBounds } from "../http/exchange";
import type { Ask } from "../service/taskList";
import { ServiceError, TransientError } from "../task/errors";

const longestRequestMs = 10_000;

// Past the deadline no request lives longer than this.
const graceMs = 1000;

/** How many of the last requests a timeout's message speaks of. */
const recentCount = 5;

const shortestDelayMs = 250;
const firstDelayMs = 500;
const longestDelayMs = 10_000;

interface RetryOptions {
  clock: Clock;
  /** No attempt starts after this moment of the clock; the last one starts at it. */
  deadlineMs: number;
  /** `false`: each request is sent once. Default: true. */
  retries?: boolean;
  /** Called before each pause. */
  onRetry?: (error: TransientError, delayMs: number) => void;
  signal?: AbortSignal;
}

/**
 * The requests of one wait: each is retried while it fails for a transient reason, until the deadline. The pauses double,
 * and half of each is random, unless the service said how long to wait.
 */
export class RetriedRequests {
  /** How many were sent, retries included. */
  sent = 0;
  /** How long the service did not answer, in total. */
  outageMs = 0;
  /** Why the last requests failed, oldest first; undefined for those that were answered. */
  private readonly recent: (string | undefined)[] = [];
  /** When the last request ends, if it started late: after the deadline, because this process had stood still. */
  private lateEndMs?: number;

  constructor(private readonly options: RetryOptions) {}

  /**
   * p-retry runs the attempts. The pauses use the caller's clock: the last attempt comes at the deadline, and an abort
   * ends a pause at once.
   *
   * @throws the last TransientError at the deadline; any other error of a request at once.
   */
  readonly ask: Ask = async (request) => {
    const { clock, signal } = this.options;
    let failedSinceMs: number | undefined;
    const attempt = () => {
      const attemptedMs = clock.nowMs();
      this.sent++;
      return request(this.boundsAt(attemptedMs)).then(
        (reply) => {
          this.remember(undefined);
          return reply;
        },
        (error: unknown) => {
          failedSinceMs ??= attemptedMs;
          this.remember(error);
          throw error;
        },
      );
    };
    const reply = await pRetry(attempt, {
      retries: Infinity,
      minTimeout: 0,
      signal,
      shouldRetry: ({ error, attemptNumber }) => this.pauseAfter(error, attemptNumber),
    });
    if (failedSinceMs !== undefined) {
      this.outageMs += clock.nowMs() - failedSinceMs;
    }
    return reply;
  };

  /** How the last requests failed, such as "3 of the last 5 requests: HTTP 503"; undefined if none did. */
  get recentFailures(): string | undefined {
    const failures = this.recent.filter((failure) => failure !== undefined);
    const kinds = [...new Set(failures)].map((kind) => ({
      kind,
      count: failures.filter((one) => one === kind).length,
    }));
    const described = kinds.map(({ kind, count }, i) =>
      i === 0 ? `${count} of the last ${this.recent.length} requests: ${kind}` : `${count}: ${kind}`,
    );
    return described.join("; ") || undefined;
  }

  private remember(error: unknown): void {
    const status = error instanceof ServiceError ? error.httpStatus : undefined;
    this.recent.push(error === undefined ? undefined : status === undefined ? "no answer" : `HTTP ${status}`);
    this.recent.splice(0, this.recent.length - recentCount);
  }

  private boundsAt(nowMs: number): RequestBounds {
    const { deadlineMs } = this.options;
    if (nowMs > deadlineMs) {
      this.lateEndMs ??= nowMs + graceMs;
    }
    const mostMs = Math.max((this.lateEndMs ?? deadlineMs + graceMs) - nowMs, 0);
    return { timeoutMs: Math.min(longestRequestMs, mostMs), mostMs, signal: this.options.signal };
  }

  /** Whether to retry; it resolves after the pause. */
  private async pauseAfter(error: Error, attemptNumber: number): Promise<boolean> {
    const { clock, deadlineMs, retries = true, onRetry, signal } = this.options;
    const leftMs = deadlineMs - clock.nowMs();
    if (!(error instanceof TransientError) || leftMs <= 0 || !retries) {
      return false;
    }
    const backoffMs = Math.min(firstDelayMs * 2 ** (attemptNumber - 1), longestDelayMs);
    const wantedMs = error.retryAfterMs ?? (backoffMs * (1 + clock.random())) / 2;
    // "Retry-After: 0" must not become a hot loop.
    const delayMs = Math.min(Math.max(wantedMs, shortestDelayMs), leftMs);
    onRetry?.(error, delayMs);
    await clock.sleep(delayMs, signal);
    return true;
  }
}
