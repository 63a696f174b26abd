import type { Clock } from "../clock/clock";
import type { DelayBounds, NextLook } from "../schedule/schedule";
import type { Ask } from "../service/taskList";
import { BackgroundTaskError, ServiceError, TransientError, WaitCancelledError } from "../task/errors";
import type { TaskSubject, WaitProgress } from "../task/waitSubject";
import { type Outcome, updateCancelled } from "./outcome";
import { RetriedRequests } from "./retriedRequests";

/** The result of one look. */
export type Sight<Result> =
  | { state: "finished"; result: Result }
  /** Not finished: the next look comes after `delayMs`; `reason` explains the delay in the log. */
  | { state: "look again"; delayMs: number; reason?: string }
  /** The task or instance is missing, and the time for it to appear is over. */
  | { state: "not there"; error: BackgroundTaskError };

/** A condition looks and judges what it sees. The loop does the rest of a wait. */
export interface Condition<Result, Found> {
  /** The subject of errors. */
  readonly subject: TaskSubject;
  /** The task as last seen, for errors. */
  readonly lastSeen?: WaitProgress["lastSeen"];
  /** What is in progress, in words, if it is more than one task. */
  readonly standing?: string;
  /** Looks once, with as many requests as necessary, all sent with the loop's `ask`. */
  look(): Promise<Sight<Result>>;
  /** The error at the deadline; with a cause if the last look got no answer. */
  timedOut(cause?: TransientError): BackgroundTaskError;
  /** What the next wait can use if this one does not finish. */
  found(): Found;
}

/** How long a wait may take, and how often it may look. */
export interface Pace extends DelayBounds {
  /** The whole wait's deadline; the last look comes at it. */
  timeoutMs: number;
  /** How long a missing task may take to appear; only time in which the service answered counts. */
  appearTimeoutMs: number;
}

/** What every wait needs. */
export interface Wait {
  options: Pick<Pace, "timeoutMs"> & {
    /** Whether a request that fails for a transient reason is retried. Default: true. */
    retries?: boolean;
    /** How much of the timeout was spent before, on the search for the task. The first look always comes. Default: 0. */
    spentMs?: number;
  };
  clock: Clock;
  listener?: LoopListener;
  signal?: AbortSignal;
}

/** Hears what the loop does. */
export interface LoopListener {
  /** A request failed and will be retried. */
  onRetry?(error: TransientError, delayMs: number): void;
  /** The next look was planned. */
  onPlanned?(next: NextLook): void;
}

/**
 * Looks until the condition is met, the task or instance is missing for too long, or the deadline has passed. A condition
 * is constructed with its loop, which sends its requests and knows the time; the loop knows nothing of tasks.
 */
export class LookLoop {
  /** Sends a request, and retries it until the deadline if it fails for a transient reason. */
  readonly ask: Ask;
  private readonly requests: RetriedRequests;
  private readonly startedMs: number;
  private readonly deadlineMs: number;
  private endPause?: () => void;

  constructor(private readonly wait: Wait) {
    const { options, clock, listener, signal } = wait;
    const { timeoutMs, spentMs = 0 } = options;
    this.startedMs = clock.nowMs() - Math.min(spentMs, timeoutMs);
    this.deadlineMs = this.startedMs + timeoutMs;
    const onRetry = (error: TransientError, delayMs: number) => listener?.onRetry?.(error, delayMs);
    const { retries } = options;
    this.requests = new RetriedRequests({ clock, deadlineMs: this.deadlineMs, retries, onRetry, signal });
    this.ask = this.requests.ask;
  }

  async run<Result, Found>(condition: Condition<Result, Found>): Promise<Outcome<Result, Found>> {
    try {
      for (;;) {
        const sight = await condition.look();
        if (sight.state === "finished") {
          return sight;
        }
        if (sight.state === "not there") {
          throw sight.error;
        }
        if (this.leftMs <= 0) {
          throw condition.timedOut();
        }
        await this.pause(sight);
      }
    } catch (error) {
      return { state: "unfinished", cause: this.causeFrom(error, condition), found: condition.found() };
    }
  }

  /** Ends the pause: the next look comes now. Returns false if there is no pause, because a look is in flight. */
  wake(): boolean {
    const isPausing = this.endPause !== undefined;
    this.endPause?.();
    return isPausing;
  }

  progress(): WaitProgress {
    const { sent, recentFailures } = this.requests;
    const progress = { elapsedSeconds: this.elapsedMs / 1000, looks: sent };
    return recentFailures === undefined ? progress : { ...progress, recentFailures };
  }

  get elapsedMs(): number {
    return this.wait.clock.nowMs() - this.startedMs;
  }

  /** How much of that time the service answered in. */
  get answeredMs(): number {
    return this.elapsedMs - this.outageMs;
  }

  /** How long the service did not answer, in total. */
  get outageMs(): number {
    return this.requests.outageMs;
  }

  /** Until the deadline. */
  get leftMs(): number {
    return this.deadlineMs - this.wait.clock.nowMs();
  }

  /** Sleeps until the next look, which comes at the deadline at the latest. */
  private async pause({ delayMs, reason }: { delayMs: number; reason?: string }): Promise<void> {
    const { clock, listener, signal } = this.wait;
    if (reason !== undefined) {
      listener?.onPlanned?.({ delayMs, reason });
    }
    const pause = new AbortController();
    this.endPause = () => pause.abort();
    const ended = signal ? AbortSignal.any([signal, pause.signal]) : pause.signal;
    try {
      await clock.sleep(Math.min(delayMs, this.leftMs), ended);
    } catch (error) {
      if (!pause.signal.aborted) {
        throw error;
      }
    } finally {
      this.endPause = undefined;
    }
  }

  /** The cause to report for a wait that an error has ended. A defect of our own is thrown. */
  private causeFrom(error: unknown, condition: Condition<unknown, unknown>): Error {
    const { signal } = this.wait;
    if (signal?.aborted) {
      return signal.reason === updateCancelled ? this.cancelled(condition) : (signal.reason as Error);
    }
    if (error instanceof TransientError && this.wait.options.retries !== false) {
      // It was retried until the deadline.
      return condition.timedOut(error);
    }
    if (error instanceof ServiceError) {
      const { subject, lastSeen } = condition;
      return error.duringWait(subject, { ...this.progress(), lastSeen });
    }
    if (error instanceof BackgroundTaskError) {
      return error;
    }
    throw error;
  }

  private cancelled({ subject, lastSeen, standing }: Condition<unknown, unknown>): WaitCancelledError {
    return new WaitCancelledError(subject, { ...this.progress(), lastSeen }, standing);
  }
}
