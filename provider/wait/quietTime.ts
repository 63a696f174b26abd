import { describeSeconds } from "../task/descriptions";
import type { BackgroundTaskResult } from "../task/task";
import { hasFailed } from "../task/verdict";
import { InstanceReady, type ReadyWait } from "./instanceReady";
import type { LookLoop } from "./lookLoop";

// The pause ends with the quiet time, but sums of fractions are not exact.
const roundingMs = 1;

export interface QuietOptions {
  /** How long no task may be in progress or start. */
  quietMs: number;
  /** Whether the instance's own status must be RUNNING in the end. */
  untilRunning: boolean;
  /** Whether a failed task makes the wait a failure: the instance's status then does not matter. */
  failOnError: boolean;
}

interface QuietWait extends ReadyWait {
  options: ReadyWait["options"] & QuietOptions;
}

/**
 * The time in which none of an instance's tasks is in progress. At its end the instance must be ready: it is looked at before
 * the last list of its tasks, which shows that none has started meanwhile. Without a quiet time there is one list, and the look
 * at the instance follows it directly.
 */
export class QuietTime {
  private sinceMs?: number;
  private readonly ready: InstanceReady;

  constructor(
    private readonly loop: LookLoop,
    private readonly wait: QuietWait,
    private readonly waitedFor: () => BackgroundTaskResult[],
  ) {
    this.ready = new InstanceReady(loop, wait);
  }

  /** Nothing is in progress, as a list has just shown. Resolves to whether that list is still good. */
  async begin(): Promise<boolean> {
    if (this.sinceMs !== undefined) {
      return true;
    }
    this.sinceMs = this.loop.elapsedMs;
    const { outageMs } = this.loop;
    // A service that must be seen ready twice is looked at here and at the end. Without a quiet time, this is the end.
    if (this.ready.takesSeveralLooks || this.wait.options.quietMs === 0) {
      await this.lookIfNotReady();
    }
    return this.loop.outageMs === outageMs;
  }

  /** Something is in progress, or was. */
  end(): void {
    this.sinceMs = undefined;
    this.ready.forget();
  }

  /** If the quiet time is over, looks at the instance. Returns when to look again if the instance is not ready. */
  async delayUntilReadyMs(): Promise<number | undefined> {
    if (this.leftMs > roundingMs) {
      return undefined;
    }
    await this.lookIfNotReady();
    return this.isReady ? undefined : this.ready.delayMs(this.lastedMs, this.wait.clock.random());
  }

  /** How much of it is left; infinite while something is in progress. */
  get leftMs(): number {
    return this.wait.options.quietMs - this.lastedMs;
  }

  get isReady(): boolean {
    return this.ready.isReady || (this.wait.options.failOnError && this.failed.length > 0);
  }

  /** What is lacking while nothing is in progress; undefined while something is. */
  get lacking(): string | undefined {
    if (this.sinceMs === undefined) {
      return undefined;
    }
    const lacking = this.lacksOnlyStatus
      ? (this.ready.standing ?? "its status was not shown")
      : `for less than ${describeSeconds(this.wait.options.quietMs / 1000)}`;
    return `nothing in progress, but ${lacking}`;
  }

  /** Whether the instance's status is the only reason why the wait has not ended. */
  get lacksOnlyStatus(): boolean {
    return this.leftMs <= 0 && !this.isReady;
  }

  get hasUnknownStatus(): boolean {
    return this.ready.isUnknown;
  }

  private async lookIfNotReady(): Promise<void> {
    if (!this.isReady) {
      await this.ready.look(this.failed);
    }
  }

  private get lastedMs(): number {
    return this.sinceMs === undefined ? -Infinity : this.loop.elapsedMs - this.sinceMs;
  }

  private get failed(): BackgroundTaskResult[] {
    return this.waitedFor().filter(hasFailed);
  }
}
