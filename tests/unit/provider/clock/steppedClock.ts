import type { Clock } from "../../../../provider/clock/clock";

interface Sleeper {
  untilMs: number;
  wake: () => void;
}

/** A clock that stands still until time passes: then those whose sleep is over wake up. */
export class SteppedClock implements Clock {
  private time = 1_000_000;
  private sleepers: Sleeper[] = [];

  nowMs(): number {
    return this.time;
  }

  epochMs(): number {
    return Date.UTC(2026, 0, 1) + this.time;
  }

  random(): number {
    return 0.5;
  }

  /** Resolves when whoever woke up has done what it can. */
  async pass(ms: number): Promise<void> {
    this.time += ms;
    for (const { untilMs, wake } of this.sleepers) {
      if (untilMs <= this.time) {
        wake();
      }
    }
    await settled();
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const sleeper = { untilMs: this.time + ms, wake: resolve };
      this.sleepers.push(sleeper);
      signal?.addEventListener("abort", () => {
        this.sleepers = this.sleepers.filter((other) => other !== sleeper);
        reject(signal.reason as Error);
      });
    });
  }
}

/** Resolves when all promises that can be settled without time are. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}
