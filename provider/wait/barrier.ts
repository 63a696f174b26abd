import { AnsweredRequests } from "./retriedRequests";
import type { ShowTask } from "../service/client";
import type { Clock } from "../clock/clock";
import { delayThatHalves } from "../clock/serviceClock";
import {
  describeSeconds,
  listTasks as describeTasks,
  OutcomeUnknownError,
  ServiceError,
  TaskNotFoundError,
  TransientError,
  UnknownStatusError,
  type WaitProgress,
  WaitTimedOutError,
} from "../task/errors";
import { pastDurations } from "../schedule/pastRuns";
import { planNextLook } from "../schedule/schedule";
import { quote } from "../output/secrets";
import type { StartOfWait } from "../clock/startOfWait";
import { type BackgroundTaskResult, parseTaskTime } from "../task/task";
import { matches, type TaskFilter } from "../task/taskFilter";
import type { ListTasks, TaskListing } from "../service/taskList";
import { kindOfStatus } from "../task/taskStatus";
import { typicalDurationOf } from "../schedule/typicalDurations";
import { isCause, type Outcome } from "./outcome";
import { type BarrierFindings, WaitedTasks } from "./waitedTasks";
import type { WaitListener, WaitOptions } from "./waiter";

/** How the barrier sees an instance: all of its tasks, and one that a list leaves out. */
export interface InstanceView {
  listTasks: ListTasks;
  showTask: ShowTask;
}

export interface BarrierOptions extends Pick<
  WaitOptions,
  "timeoutMs" | "appearTimeoutMs" | "minDelayMs" | "maxDelayMs"
> {
  /** How long no task may be in progress, nor begin. */
  quietMs: number;
  /** Names of which a task must have appeared, each begun at or after `expectFrom`. */
  expect: string[];
  expectFrom?: StartOfWait;
  /** What an interrupted barrier had found out. */
  found?: BarrierFindings;
}

/**
 * Waits until no task of the instance that matches the filter is in progress; the result is the tasks that it waited for,
 * however they ended: those seen in progress, those that began after the barrier did, and the expected ones.
 *
 * Unfinished, with what was found until then: WaitTimedOutError, UnknownStatusError at the deadline; TaskNotFoundError
 * when the instance or an expected task does not appear in time; OutcomeUnknownError when a record disappears;
 * ServiceError, PagingError; the signal's reason on abort.
 */
export function waitUntilQuiet(wait: BarrierWait): Promise<Outcome<BarrierFindings, BarrierFindings>> {
  const { view, instanceId, filter, options, clock, listener = {}, signal } = wait;
  return new Barrier(view, instanceId, filter, options, clock, listener, signal).run();
}

/** What a barrier needs. */
export interface BarrierWait {
  view: InstanceView;
  instanceId: string;
  filter: TaskFilter;
  options: BarrierOptions;
  clock: Clock;
  listener?: WaitListener;
  signal?: AbortSignal;
}

// Once the clocks are known as well as this, knowing them better is not worth choosing the moment of a look for.
const wellKnownMs = 120;

class Barrier {
  private readonly startedMs: number;
  private readonly deadlineMs: number;
  private readonly requests: AnsweredRequests;
  private readonly waited: WaitedTasks;
  private readonly unknownStatuses = new Set<string>();
  /** Whether there was a complete pass: only then can later ones leave out what is old. */
  private hasSeenAll = false;
  /** All that the first pass showed: its finished runs tell when to look again. */
  private history: BackgroundTaskResult[] = [];
  private quietSinceMs?: number;
  /** How long the service had answered when it first did not show the instance, or a task of this id. */
  private instanceMissingSinceMs?: number;
  private readonly taskMissingSinceMs = new Map<string, number>();

  constructor(
    private readonly view: InstanceView,
    private readonly instanceId: string,
    private readonly filter: TaskFilter,
    private readonly options: BarrierOptions,
    private readonly clock: Clock,
    private readonly listener: WaitListener,
    private readonly signal: AbortSignal | undefined,
  ) {
    const { found, expectFrom: from, expect: names, timeoutMs } = options;
    this.startedMs = clock.nowMs();
    this.deadlineMs = this.startedMs + timeoutMs;
    this.requests = new AnsweredRequests(clock, this.deadlineMs, (...retry) => listener.onRetry?.(...retry), signal);
    this.waited = new WaitedTasks({ names, from }, clock.epochMs(), found);
  }

  async run(): Promise<Outcome<BarrierFindings, BarrierFindings>> {
    try {
      for (;;) {
        const listing = await this.pass();
        if (this.hasStayedQuiet(listing)) {
          return { state: "finished", result: this.waited.findings() };
        }
        this.endAfterAppearWindow(listing);
        const leftMs = this.deadlineMs - this.clock.nowMs();
        if (leftMs <= 0) {
          throw this.timedOut();
        }
        await this.clock.sleep(Math.min(this.delayAfter(listing), leftMs), this.signal);
      }
    } catch (error) {
      if (!isCause(error, this.signal)) {
        throw error;
      }
      return { state: "unfinished", cause: this.inContext(error), found: this.waited.findings() };
    }
  }

  /** Looks at every page, and by id at each task in progress that the list leaves out. */
  private async pass(): Promise<TaskListing> {
    const { createdAfterMs, createdBeforeMs } = this.filter;
    const earliestMs = this.hasSeenAll ? this.waited.earliestMs : undefined;
    const createdFromMs = earliestMs === undefined ? createdAfterMs : Math.max(earliestMs, createdAfterMs ?? -Infinity);
    const listing = await this.view.listTasks(
      { instanceId: this.instanceId, createdFromMs, createdUntilMs: createdBeforeMs },
      (request) => this.requests.answered(request),
    );
    this.history = this.hasSeenAll ? this.history : listing.tasks;
    this.waited.learn(listing.clockOffset);
    const listed = new Set(listing.tasks.map(({ taskId }) => taskId));
    for (const task of listing.tasks) {
      if (matches(task, this.filter) || this.waited.isExpected(task)) {
        this.see(task);
      }
    }
    if (!listing.absence) {
      this.hasSeenAll = true;
      for (const task of this.waited.inProgress.filter(({ taskId }) => !listed.has(taskId))) {
        await this.lookById(task);
      }
    }
    this.listener.onPass?.(this.waited.inProgress, this.waited.missing);
    return listing;
  }

  private see(task: BackgroundTaskResult): void {
    this.taskMissingSinceMs.delete(task.taskId);
    if (this.waited.see(task, !this.hasSeenAll)) {
      // Something went on: the time of quiet begins anew.
      this.quietSinceMs = undefined;
    }
    if (isUnknown(task) && !this.unknownStatuses.has(task.status!)) {
      this.unknownStatuses.add(task.status!);
      this.listener.onUnknownStatus?.(task);
    }
  }

  /** A list may leave a task out; only the look by its id tells whether the record is gone. */
  private async lookById(lastSeen: BackgroundTaskResult): Promise<void> {
    const subject = { instanceId: this.instanceId, taskId: lastSeen.taskId };
    const { task } = await this.requests.answered((bounds) => this.view.showTask(subject, bounds));
    if (task) {
      this.see(task);
      return;
    }
    const sinceMs = this.taskMissingSinceMs.get(subject.taskId) ?? this.answeredMs();
    this.taskMissingSinceMs.set(subject.taskId, sinceMs);
    if (this.answeredMs() - sinceMs >= this.options.appearTimeoutMs) {
      throw new OutcomeUnknownError(subject, { ...this.progress(), lastSeen });
    }
  }

  private hasStayedQuiet({ absence }: TaskListing): boolean {
    if (absence || this.waited.inProgress.length > 0 || this.waited.missing.length > 0) {
      this.quietSinceMs = undefined;
      return false;
    }
    const nowMs = this.clock.nowMs();
    this.quietSinceMs ??= nowMs;
    return nowMs - this.quietSinceMs >= this.options.quietMs;
  }

  private endAfterAppearWindow({ absence }: TaskListing): void {
    const { appearTimeoutMs } = this.options;
    this.instanceMissingSinceMs = absence && (this.instanceMissingSinceMs ?? this.answeredMs());
    if (absence && this.answeredMs() - this.instanceMissingSinceMs! >= appearTimeoutMs) {
      throw new TaskNotFoundError({ instanceId: this.instanceId }, "instance", this.progress(), absence.reason);
    }
    const { missing } = this.waited;
    if (missing.length > 0 && this.answeredMs() >= appearTimeoutMs) {
      const subject = { instanceId: this.instanceId, name: missing.join(", ") };
      throw new TaskNotFoundError(subject, "task", this.progress(), undefined, this.adviceOnMissing());
    }
  }

  private delayAfter({ retryAfterMs = 0, serviceTimeMs }: TaskListing): number {
    const { quietMs, minDelayMs, maxDelayMs } = this.options;
    if (this.quietSinceMs !== undefined) {
      const leftMs = this.quietSinceMs + quietMs - this.clock.nowMs();
      return Math.max(Math.min(leftMs, maxDelayMs), minDelayMs, retryAfterMs);
    }
    const waitedMs = this.clock.nowMs() - this.startedMs;
    const leftMs = this.deadlineMs - this.clock.nowMs();
    const situation = { bounds: this.options, leftMs, random: this.clock.random() };
    const plans = this.waited.inProgress.map(({ name, createdAt }) => {
      const ageMs = (serviceTimeMs ?? NaN) - (parseTaskTime(createdAt) ?? NaN);
      return planNextLook({
        ...situation,
        ageMs: ageMs >= 0 ? ageMs : waitedMs,
        pastDurationsMs: pastDurations(this.history, name, serviceTimeMs),
        typicalMs: typicalDurationOf(name),
      });
    });
    if (this.waited.missing.length > 0 || plans.length === 0) {
      plans.push(planNextLook({ ...situation, ageMs: waitedMs }));
    }
    const delayMs = Math.min(...plans.map((plan) => plan.delayMs));
    const clocks = this.waited.clocksOfMissing;
    const isKnownWell = !clocks || clocks.greatestMs - clocks.leastMs <= wellKnownMs;
    return Math.max(isKnownWell ? delayMs : delayThatHalves(clocks, this.clock.epochMs(), delayMs), retryAfterMs);
  }

  private adviceOnMissing(): string {
    const { missing, olderRunsOfMissing } = this.waited;
    const { expectFrom } = this.waited.findings();
    const from = expectFrom && new Date(Math.ceil(expectFrom.greatestMs)).toISOString();
    const older = olderRunsOfMissing.map(
      (task) => `${describeTasks([task])}, begun ${quote(task.createdAt ?? "") || "at an unknown time"}`,
    );
    return [
      `expect names ${missing.length === 1 ? "it" : "them"}, so ${missing.length === 1 ? "it" : "each"} must have appeared.`,
      ...(from ? [`None is known to have begun at or after ${from}.`] : []),
      ...(older.length > 0
        ? [`The newest before that: ${older.join("; ")}. If that is the one after all, set createdAfter to its time.`]
        : []),
      `If this program starts the operation, the wait must say dependsOn it.`,
    ].join(" ");
  }

  private timedOut(cause?: TransientError): WaitTimedOutError {
    const { inProgress, missing } = this.waited;
    const standing = [
      ...(inProgress.length > 0 ? [`in progress: ${describeTasks(inProgress)}`] : []),
      ...[...new Set(inProgress.filter(isUnknown).map(({ status }) => `${quote(status!)} is not a known status`))],
      ...(missing.length > 0 ? [`not appeared: ${missing.map(quote).join(", ")}`] : []),
      ...(this.quietSinceMs !== undefined
        ? [`none in progress, but not for ${describeSeconds(this.options.quietMs / 1000)} yet`]
        : []),
    ];
    const subject = { instanceId: this.instanceId };
    const Class = inProgress.some(isUnknown) ? UnknownStatusError : WaitTimedOutError;
    return new Class(subject, this.progress(), cause, standing.join("; ") || "none was ever seen");
  }

  /** Gives an error what the wait knows; a request that failed for good at the deadline is a timeout. */
  private inContext(error: Error): Error {
    if (error instanceof TransientError) {
      return this.timedOut(error);
    }
    return error instanceof ServiceError ? error.duringWait({ instanceId: this.instanceId }, this.progress()) : error;
  }

  /** How long the service has answered, all in all. */
  private answeredMs(): number {
    return this.clock.nowMs() - this.startedMs - this.requests.outageMs;
  }

  private progress(): WaitProgress {
    return { elapsedSeconds: (this.clock.nowMs() - this.startedMs) / 1000, looks: this.requests.sent };
  }
}

function isUnknown({ status, service }: BackgroundTaskResult): boolean {
  return kindOfStatus(status, service) === "unknown";
}
