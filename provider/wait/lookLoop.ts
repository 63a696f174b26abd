import type { Clock } from "../clock/clock";
import type { DelayBounds, NextLook } from "../schedule/schedule";
import type { Ask } from "../service/taskList";
import { BackgroundTaskError, ServiceError, TransientError } from "../task/errors";
import type { TaskSubject, WaitProgress } from "../task/waitSubject";
import type { Outcome } from "./outcome";
import { RetriedRequests } from "./retriedRequests";

/** What one look shows. */
export type Sight<Result> =
  | { state: "finished"; result: Result }
  /** Not finished: the next look comes after `delayMs`; `reason`, for a line of the log, says why then. */
  | { state: "look again"; delayMs: number; reason?: string }
  /** What was waited for is not there, although it has had its time to appear. */
  | { state: "not there"; error: BackgroundTaskError };

/** What is waited for: a condition looks, and says what the look shows. All else about a wait is the loop's. */
export interface Condition<Result, Found> {
  /** What errors are about. */
  readonly subject: TaskSubject;
  /** What was seen of it last, if errors are to tell. */
  readonly lastSeen?: WaitProgress["lastSeen"];
  /** Looks once, with as many requests as that takes, all sent by the loop's `ask`. */
  look(): Promise<Sight<Result>>;
  /** The error at the deadline; with a cause when the last look got no answer. */
  timedOut(cause?: TransientError): BackgroundTaskError;
  /** What the next wait can go on with if this one stays unfinished. */
  found(): Found;
}

/** How long a wait may take, and how often it may look. */
export interface Pace extends DelayBounds {
  /** The whole wait's deadline; the last look comes at it. */
  timeoutMs: number;
  /** How long a task that is not there may take to appear; only time in which the service answered counts. */
  appearTimeoutMs: number;
}

/** What a wait needs beside what it looks at. */
export interface Wait {
  options: Pick<Pace, "timeoutMs"> & {
    /** Whether a request that fails for a passing reason is repeated; default true. */
    retries?: boolean;
  };
  clock: Clock;
  listener?: LoopListener;
  signal?: AbortSignal;
}

/** Who hears of what the loop does. */
export interface LoopListener {
  /** A request failed and will be repeated. */
  onRetry?(error: TransientError, delayMs: number): void;
  /** The next look was planned. */
  onPlanned?(next: NextLook): void;
}

/**
 * Looks again and again until the condition is met, what it waits for is not there, or the deadline has passed. A condition
 * is made with the loop that will run it, to send its requests by and to know the time; the loop knows nothing of tasks.
 */
export class LookLoop {
  /** Sends a request, and repeats it until the deadline while it fails for a passing reason. */
  readonly ask: Ask;
  private readonly requests: RetriedRequests;
  private readonly startedMs: number;
  private readonly deadlineMs: number;
  private endPause?: () => void;

  constructor(private readonly wait: Wait) {
    const { options, clock, listener, signal } = wait;
    this.startedMs = clock.nowMs();
    this.deadlineMs = this.startedMs + options.timeoutMs;
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

  /** Ends the pause, so that the next look comes now. Returns false if there is none, since a look is on its way. */
  wake(): boolean {
    const isPausing = this.endPause !== undefined;
    this.endPause?.();
    return isPausing;
  }

  progress(): WaitProgress {
    return { elapsedSeconds: this.elapsedMs / 1000, looks: this.requests.sent };
  }

  get elapsedMs(): number {
    return this.wait.clock.nowMs() - this.startedMs;
  }

  /** How much of that the service answered in, all in all. */
  get answeredMs(): number {
    return this.elapsedMs - this.requests.outageMs;
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

  /** What a wait ends with that an error has ended. A defect of our own is no end of a wait, and thrown. */
  private causeFrom(error: unknown, condition: Condition<unknown, unknown>): Error {
    if (error instanceof TransientError && this.wait.options.retries !== false) {
      // It was repeated until the deadline.
      return condition.timedOut(error);
    }
    if (error instanceof ServiceError) {
      const { subject, lastSeen } = condition;
      return error.duringWait(subject, { ...this.progress(), lastSeen });
    }
    if (error instanceof BackgroundTaskError || this.wait.signal?.aborted) {
      return error as Error;
    }
    throw error;
  }
}
