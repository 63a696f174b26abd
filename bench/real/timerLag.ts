import { median } from "../waits/waits";

const lengthMs = 50;

/** By how much this process's timers are late, measured for as long as it has not been stopped. */
export class TimerLag {
  private readonly lagsMs: number[] = [0];
  private timer: NodeJS.Timeout | undefined;

  constructor() {
    this.measure();
  }

  medianMs(): number {
    return median(this.lagsMs);
  }

  stop(): void {
    clearTimeout(this.timer);
  }

  private measure(): void {
    const startedMs = performance.now();
    this.timer = setTimeout(() => {
      this.lagsMs.push(performance.now() - startedMs - lengthMs);
      this.measure();
    }, lengthMs);
  }
}
