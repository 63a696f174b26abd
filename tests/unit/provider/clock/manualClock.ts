import type { Clock } from "../../../../provider/clock/clock";

/** A clock that stands still but for sleeps, which take no time of the test's. */
export class ManualClock implements Clock {
  private time = 1_000_000;
  readonly sleeps: number[] = [];

  constructor(private readonly chance = 0.5) {}

  nowMs(): number {
    return this.time;
  }

  /** Ten seconds short of a full hour, and not on a full second. */
  epochMs(): number {
    return Date.UTC(2026, 0, 1) + this.time - 10_350;
  }

  random(): number {
    return this.chance;
  }

  pass(ms: number): void {
    this.time += ms;
  }

  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.sleeps.push(ms);
    this.time += ms;
  }
}
