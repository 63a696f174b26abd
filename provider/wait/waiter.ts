import type { ShowTask, TaskReply } from "../service/client";
import { AnsweredRequests } from "./retriedRequests";
import type { Clock } from "../clock/clock";
import {
  OutcomeUnknownError,
  ServiceError,
  TaskNotFoundError,
  TransientError,
  UnknownStatusError,
  type WaitProgress,
  type WaitSubject,
  WaitTimedOutError,
} from "../task/errors";
import { pastDurations } from "../schedule/pastRuns";
import { type DelayBounds, type LookSituation, type NextLook, planNextLook } from "../schedule/schedule";
import { ServiceClock } from "../clock/serviceClock";
import type { BackgroundTaskResult } from "../task/task";
import { isTerminal, kindOfStatus } from "../task/taskStatus";
import { isCause, type Outcome } from "./outcome";
import { typicalDurationOf } from "../schedule/typicalDurations";

export interface WaitOptions extends DelayBounds {
  /** The whole wait's deadline; the last look comes at it. */
  timeoutMs: number;
  /** How long a task that is not there may take to appear; only time in which the service answered counts. */
  appearTimeoutMs: number;
  /** `false`: one answered look, whatever it shows. */
  wait: boolean;
  /** The task as an earlier, interrupted wait saw it last. */
  lastSeen?: BackgroundTaskResult;
  /** How long such a task usually takes, where the caller knows better than typicalDurations.ts. */
  typicalMs?: number;
}

/** What happens during a wait, for whoever shows it to somebody. Listeners must not throw. */
export interface WaitListener {
  /** The task was seen. */
  onSeen?(task: BackgroundTaskResult): void;
  /** A status that nobody knows was seen, for the first time; told before `onSeen`. */
  onUnknownStatus?(task: BackgroundTaskResult): void;
  /** The task of this name was looked for. */
  onSearch?(name: string): void;
  /** All of an instance's tasks were looked at: these are in progress, and these names have not appeared. */
  onPass?(inProgress: BackgroundTaskResult[], expected: string[]): void;
  /** Something that the user should know, although it is no error. */
  onWarning?(message: string): void;
  /** A request failed and will be repeated. */
  onRetry?(error: TransientError, delayMs: number): void;
  /** The next look was planned. */
  onPlanned?(next: NextLook): void;
}

/** What a wait for a task needs. */
export interface TaskWait {
  showTask: ShowTask;
  subject: WaitSubject;
  options: WaitOptions;
  clock: Clock;
  listener?: WaitListener;
  signal?: AbortSignal;
}

/**
 * Looks at a task until its status is terminal; the result is the task, however it ended: the caller judges. With
 * `wait: false`, it is the task as the first look shows it.
 *
 * Unfinished, with the task as last seen: WaitTimedOutError, UnknownStatusError at the deadline; TaskNotFoundError when the
 * task does not appear in time; OutcomeUnknownError when it disappears; ServiceError when the service refuses; the
 * signal's reason on abort.
 */
export function waitForTask(wait: TaskWait): Promise<Outcome<BackgroundTaskResult, BackgroundTaskResult | undefined>> {
  const { showTask, subject, options, clock, listener = {}, signal } = wait;
  // Callers hand on all of their arguments; an error's subject is the task alone.
  const { instanceId, taskId } = subject;
  return new Wait(showTask, { instanceId, taskId }, options, clock, listener, signal).run();
}

class Wait {
  private readonly startedMs: number;
  private readonly deadlineMs: number;
  private readonly requests: AnsweredRequests;
  private lastSeen?: BackgroundTaskResult;
  private readonly unknownStatuses = new Set<string>();
  /** When the task was first found missing, since it was last seen; moved on by outages. */
  private missingSinceMs?: number;
  private readonly serviceClock = new ServiceClock();
  private pastDurationsMs: number[] = [];
  /** What somebody else's request showed while this wait was pausing. */
  private heard?: TaskReply;
  private endPause?: () => void;

  constructor(
    private readonly showTask: ShowTask,
    private readonly subject: WaitSubject,
    private readonly options: WaitOptions,
    private readonly clock: Clock,
    private readonly listener: WaitListener,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.startedMs = clock.nowMs();
    this.deadlineMs = this.startedMs + options.timeoutMs;
    this.lastSeen = options.lastSeen;
    this.requests = new AnsweredRequests(clock, this.deadlineMs, (...retry) => listener.onRetry?.(...retry), signal);
  }

  async run(): Promise<Outcome<BackgroundTaskResult, BackgroundTaskResult | undefined>> {
    const unwatch = this.showTask.watch?.(this.subject, (reply) => this.hear(reply));
    try {
      for (;;) {
        const reply = this.takeHeard() ?? (await this.look());
        if (reply.task && (!this.options.wait || isTerminal(reply.task.status, reply.task.service))) {
          return { state: "finished", result: reply.task };
        }
        const next = reply.task ? this.planAfter(reply.task, reply) : this.planWhileMissing(reply);
        if (this.leftMs() <= 0) {
          throw this.timedOut();
        }
        this.listener.onPlanned?.(next);
        await this.pause(next.delayMs);
      }
    } catch (error) {
      if (!isCause(error, this.signal)) {
        throw error;
      }
      return { state: "unfinished", cause: this.inContext(error), found: this.lastSeen };
    } finally {
      unwatch?.();
    }
  }

  /** Sleeps until the next look, or until somebody else's request has shown the task. */
  private async pause(delayMs: number): Promise<void> {
    if (!this.showTask.watch) {
      return this.clock.sleep(delayMs, this.signal);
    }
    const pause = new AbortController();
    this.endPause = () => pause.abort();
    try {
      await this.clock.sleep(delayMs, this.signal ? AbortSignal.any([this.signal, pause.signal]) : pause.signal);
    } catch (error) {
      if (!this.heard) {
        throw error;
      }
    } finally {
      this.endPause = undefined;
    }
  }

  private hear(reply: TaskReply): void {
    // While it looks itself, it has an answer coming.
    if (this.endPause) {
      this.heard = reply;
      this.endPause();
    }
  }

  private takeHeard(): TaskReply | undefined {
    const reply = this.heard;
    this.heard = undefined;
    if (reply?.task) {
      this.learn(reply);
      this.seen(reply.task);
    }
    return reply;
  }

  /** One answered look; requests that fail for a while are repeated until the deadline. */
  private async look(): Promise<TaskReply> {
    const outageBeforeMs = this.requests.outageMs;
    const reply = await this.requests.answered((bounds) => this.showTask(this.subject, bounds));
    if (this.missingSinceMs !== undefined) {
      this.missingSinceMs += this.requests.outageMs - outageBeforeMs;
    }
    this.learn(reply, this.requests.lastSentMs);
    if (reply.task) {
      this.seen(reply.task);
    }
    return reply;
  }

  /** Keeps what a reply tells of the service's clock, and of past runs. */
  private learn({ task, listed, serviceTimeMs }: TaskReply, sentMs = -Infinity): void {
    const pastMs = task?.createdAt === undefined ? undefined : Date.parse(task.createdAt);
    this.serviceClock.observe({ sentMs, receivedMs: this.clock.nowMs(), serviceTimeMs, pastMs });
    if (task && listed) {
      this.pastDurationsMs = pastDurations(listed, task.name, serviceTimeMs);
    }
  }

  private seen(task: BackgroundTaskResult): void {
    this.lastSeen = task;
    this.missingSinceMs = undefined;
    if (kindOfStatus(task.status, task.service) === "unknown" && !this.unknownStatuses.has(task.status!)) {
      this.unknownStatuses.add(task.status!);
      this.listener.onUnknownStatus?.(task);
    }
    this.listener.onSeen?.(task);
  }

  private planAfter(task: BackgroundTaskResult, { retryAfterMs }: TaskReply): NextLook {
    // Age by the service's clock, so that a task met halfway is not looked at as often as a new one.
    const nowMs = this.clock.nowMs();
    const ageMs = (this.serviceClock.earliestAt(nowMs) ?? NaN) - Date.parse(task.createdAt ?? "");
    return this.plan({
      ageMs: ageMs >= 0 ? ageMs : this.elapsedMs(),
      pastDurationsMs: this.pastDurationsMs,
      typicalMs: this.options.typicalMs ?? typicalDurationOf(task.name),
      retryAfterMs,
    });
  }

  private planWhileMissing({ absence, retryAfterMs }: TaskReply): NextLook {
    const nowMs = this.clock.nowMs();
    this.missingSinceMs ??= nowMs;
    const windowMs = this.options.wait ? this.options.appearTimeoutMs : 0;
    const windowLeftMs = this.missingSinceMs + windowMs - nowMs;
    if (windowLeftMs <= 0) {
      throw this.lastSeen
        ? new OutcomeUnknownError(this.subject, this.progress())
        : new TaskNotFoundError(this.subject, absence?.missing ?? "task", this.progress(), absence?.reason);
    }
    const leftMs = Math.min(this.leftMs(), windowLeftMs);
    return this.plan({ ageMs: nowMs - this.missingSinceMs, retryAfterMs, leftMs });
  }

  private plan(seen: Pick<LookSituation, "ageMs"> & Partial<LookSituation>): NextLook {
    return planNextLook({ bounds: this.options, leftMs: this.leftMs(), random: this.clock.random(), ...seen });
  }

  /** Gives an error what the wait knows; a request that failed for good at the deadline is a timeout. */
  private inContext(error: Error): Error {
    if (error instanceof TransientError) {
      return this.timedOut(error);
    }
    return error instanceof ServiceError ? error.duringWait(this.subject, this.progress()) : error;
  }

  private timedOut(cause?: TransientError): WaitTimedOutError {
    const { lastSeen } = this;
    const isUnknown = lastSeen && kindOfStatus(lastSeen.status, lastSeen.service) === "unknown";
    return new (isUnknown ? UnknownStatusError : WaitTimedOutError)(this.subject, this.progress(), cause);
  }

  private progress(): WaitProgress {
    return { lastSeen: this.lastSeen, elapsedSeconds: this.elapsedMs() / 1000, looks: this.requests.sent };
  }

  private elapsedMs(): number {
    return this.clock.nowMs() - this.startedMs;
  }

  private leftMs(): number {
    return this.deadlineMs - this.clock.nowMs();
  }
}
