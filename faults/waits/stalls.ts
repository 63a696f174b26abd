const tickMs = 25;

/** Measures how long this process stood still because the machine did something else: services here were late by that. */
export class Stalls {
  private totalMs = 0;
  private lastMs = performance.now();
  private readonly timer = setInterval(() => this.note(), tickMs);

  /** Ends the measurement. */
  end(): number {
    this.note();
    clearInterval(this.timer);
    return this.totalMs / 1000;
  }

  private note(): void {
    const nowMs = performance.now();
    this.totalMs += Math.max(0, nowMs - this.lastMs - 2 * tickMs);
    this.lastMs = nowMs;
  }
}
