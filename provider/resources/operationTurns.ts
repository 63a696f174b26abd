import { waitAtMost } from "../http/waitAtMost";

/** Runs a function after that many milliseconds. It does not keep the process running. */
type Later = (ms: number, run: () => void) => void;

const systemTimer: Later = (ms, run) => void setTimeout(run, ms).unref();

/**
 * One operation at a time on an instance, of those that this process knows about. Two resources that wait at the same time
 * would find the instance quiet at the same time, too. A turn starts before the wait, and ends when its operation has.
 */
export class OperationTurns {
  /** By instance: when the turns that were taken so far are over. An instance without turns is not in it. */
  private readonly over = new Map<string, Promise<unknown>>();
  /** By operation: what ends its turn. */
  private readonly ends = new Map<string, () => void>();

  constructor(private readonly later: Later = systemTimer) {}

  /** Whether an operation has a turn on this instance, or waits for one. */
  isTaken(instanceId: string): boolean {
    return this.over.has(instanceId);
  }

  /**
   * Waits until it is this operation's turn, and then for `wait`. The engine does not report every operation that failed:
   * the turn ends after `limitMs` at the latest, which is enough for the operation's task to appear. An aborted signal ends the
   * wait for the turn, too.
   */
  async take(
    instanceId: string,
    operation: string,
    limitMs: number,
    wait: () => Promise<unknown>,
    signal?: AbortSignal,
  ): Promise<void> {
    this.end(operation);
    const before = this.over.get(instanceId);
    let end!: () => void;
    const ended = new Promise<void>((resolve) => (end = resolve));
    const over: Promise<unknown> = Promise.all([before, ended]).then(() => {
      if (this.over.get(instanceId) === over) {
        this.over.delete(instanceId);
      }
    });
    this.over.set(instanceId, over);
    this.ends.set(operation, end);
    try {
      await waitAtMost({ timeoutMs: Infinity, signal }, Promise.resolve(before));
      await wait();
    } catch (error) {
      this.end(operation);
      throw error;
    }
    this.later(limitMs, end);
  }

  /** Ends the turn of an operation, if it has one. */
  end(operation: string): void {
    this.ends.get(operation)?.();
    this.ends.delete(operation);
  }
}
