import type { RequestBounds } from "./exchange";
import { TransientError } from "../task/errors";

// Node fires a longer timer at once.
const longestTimerMs = 2 ** 31 - 1;

/**
 * Waits for shared work, no longer than the bounds allow. The work itself continues.
 */
export function waitAtMost<T>({ timeoutMs, signal }: RequestBounds, shared: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    // A signal shared by many waits gets no listeners of its own: Node would warn about them.
    const end = AbortSignal.any(signal ? [signal] : []);
    const timer = setTimeout(
      () => {
        settle();
        reject(new TransientError(`the service did not answer within ${Math.round(timeoutMs / 10) / 100} s`));
      },
      Math.min(timeoutMs, longestTimerMs),
    );
    const onAbort = () => {
      settle();
      reject(end.reason as Error);
    };
    const settle = () => {
      clearTimeout(timer);
      end.removeEventListener("abort", onAbort);
    };
    if (end.aborted) {
      onAbort();
      return;
    }
    end.addEventListener("abort", onAbort, { once: true });
    shared.then(resolve, reject).finally(settle);
  });
}

const nobodyWaits = "nobody waits for the answer any longer";

/** A signal that is aborted once all of these are: nobody waits any longer. */
export function abortedWithLast(signals: readonly AbortSignal[]): AbortSignal {
  const all = new AbortController();
  let left = signals.length;
  const leave = () => {
    left--;
    if (left === 0) {
      all.abort(new TransientError(nobodyWaits));
    }
  };
  for (const signal of signals) {
    if (signal.aborted) {
      leave();
    } else {
      signal.addEventListener("abort", leave, { once: true });
    }
  }
  return all.signal;
}

/**
 * Work that all concurrent callers share. It is aborted when nobody waits for it any longer. `forget` is called once then, or if
 * the work fails, so that the next caller starts it again.
 */
export class SharedWork<T> {
  private readonly outcome: Promise<T>;
  private readonly abandoned = new AbortController();
  private waiting = 0;
  private isOver = false;

  constructor(
    work: (signal: AbortSignal) => Promise<T>,
    private readonly forget: () => void,
  ) {
    this.outcome = work(this.abandoned.signal);
    this.outcome.then(
      () => (this.isOver = true),
      () => this.end(),
    );
  }

  /** Waits for the work, no longer than the bounds allow. */
  async join(bounds: RequestBounds): Promise<T> {
    this.waiting++;
    try {
      return await waitAtMost(bounds, this.outcome);
    } finally {
      this.waiting--;
      if (this.waiting === 0) {
        this.end();
      }
    }
  }

  private end(): void {
    if (!this.isOver) {
      this.isOver = true;
      this.forget();
      this.abandoned.abort(new TransientError(nobodyWaits));
    }
  }
}
