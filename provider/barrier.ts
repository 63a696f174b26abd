import { AnsweredRequests } from "./answeredRequests";
import type { Absence, ShowTask } from "./client";
import type { Clock } from "./clock";
import { delayThatHalves } from "./clockOffset";
import {
  listTasks as describeTasks,
  OutcomeUnknownError,
  ServiceError,
  TaskNotFoundError,
  TransientError,
  type WaitProgress,
  WaitTimedOutError,
} from "./errors";
import { pastDurations } from "./pastRuns";
import { planNextLook } from "./schedule";
import { quote } from "./secrets";
import { KnownStart, type ServiceMoment, type StartOfWait } from "./startOfWait";
import type { BackgroundTaskResult } from "./task";
import type { TaskFilter } from "./taskFilter";
import { matches } from "./taskFilter";
import type { ListTasks, TaskListing } from "./taskList";
import { parseTaskTime } from "./taskRecord";
import { isTerminal } from "./taskStatus";
import { typicalDurationOf } from "./typicalDurations";
import { UnfinishedWait } from "./unfinishedWait";
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

/** What is known of a barrier while it goes on: enough to resume it. */
export interface BarrierFindings {
  /** When the barrier began. */
  start?: ServiceMoment;
  /** From when on the expected tasks count. */
  expectFrom?: ServiceMoment;
  /** The tasks waited for, as last seen, newest first. */
  tasks: BackgroundTaskResult[];
}

const wellKnownMs = 120;

/**
 * Waits until no task of the instance that matches the filter is in progress, and resolves with the tasks that it waited
 * for, however they ended: those seen in progress, those that began after the barrier did, and the expected ones.
 *
 * @throws UnfinishedWait, which holds the findings and the reason: WaitTimedOutError at the deadline; TaskNotFoundError
 * when an expected one does not appear in time; OutcomeUnknownError when a record disappears; ServiceError, PagingError.
 */
export function waitUntilQuiet(
  view: InstanceView,
  instanceId: string,
  filter: TaskFilter,
  options: BarrierOptions,
  clock: Clock,
  listener: WaitListener = {},
): Promise<BarrierFindings> {
  return new Barrier(view, instanceId, filter, options, clock, listener).run();
}

class Barrier {
  private readonly startedMs: number;
  private readonly deadlineMs: number;
  private readonly requests: AnsweredRequests;
  private readonly start: KnownStart;
  private readonly expectFrom?: KnownStart;
  /** Tasks that had ended already when they were first seen, in the first pass. */
  private readonly endedBefore = new Set<string>();
  private readonly waitedFor = new Map<string, BackgroundTaskResult>();
  private readonly missingSinceMs = new Map<string, number>();
  private missing: string[];
  /** All that the first pass showed: its finished runs tell when to look again. */
  private history: BackgroundTaskResult[] = [];
  private passes = 0;
  private quietSinceMs?: number;

  constructor(
    private readonly view: InstanceView,
    private readonly instanceId: string,
    private readonly filter: TaskFilter,
    private readonly options: BarrierOptions,
    private readonly clock: Clock,
    private readonly listener: WaitListener,
  ) {
    const { found, expectFrom, expect, timeoutMs } = options;
    this.startedMs = clock.nowMs();
    this.deadlineMs = this.startedMs + timeoutMs;
    this.requests = new AnsweredRequests(clock, this.deadlineMs, (...retry) => listener.onRetry?.(...retry));
    this.start = new KnownStart(found?.start ? { at: found.start } : { localMs: clock.epochMs() });
    const from = found?.expectFrom ? { at: found.expectFrom } : expectFrom;
    this.expectFrom = from && new KnownStart(from);
    this.missing = [...new Set(expect)];
    found?.tasks.forEach((task) => this.waitedFor.set(task.taskId, task));
  }

  async run(): Promise<BarrierFindings> {
    try {
      for (;;) {
        const listing = await this.pass();
        const nowMs = this.clock.nowMs();
        const isQuiet = !listing.absence && this.inProgress().length === 0 && this.missing.length === 0;
        this.quietSinceMs = isQuiet ? (this.quietSinceMs ?? nowMs) : undefined;
        if (this.quietSinceMs !== undefined && nowMs - this.quietSinceMs >= this.options.quietMs) {
          return this.findings();
        }
        const delayMs = this.delayAfter(listing);
        const leftMs = this.deadlineMs - this.clock.nowMs();
        if (leftMs <= 0) {
          throw this.timedOut();
        }
        await this.clock.sleep(Math.min(delayMs, leftMs));
      }
    } catch (error) {
      throw new UnfinishedWait(this.inContext(error as Error), this.findings());
    }
  }

  /** Looks at every page, and by id at each task that the list leaves out. */
  private async pass(): Promise<TaskListing> {
    this.passes++;
    const listing = await this.view.listTasks(
      { instanceId: this.instanceId, createdFromMs: this.createdFromMs(), createdUntilMs: this.filter.createdBeforeMs },
      (request) => this.requests.answered(request),
    );
    if (this.passes === 1) {
      this.history = listing.tasks;
    }
    this.start.learn(listing.clockOffset);
    this.expectFrom?.learn(listing.clockOffset);
    const tasks = listing.tasks.filter((task) => matches(task, this.filter));
    for (const task of tasks) {
      this.look(task);
    }
    const listed = new Set(listing.tasks.map(({ taskId }) => taskId));
    for (const task of this.inProgress().filter(({ taskId }) => !listed.has(taskId))) {
      await this.lookById(task);
    }
    this.listener.onPass?.(this.inProgress(), this.missing);
    return listing;
  }

  private look(task: BackgroundTaskResult): void {
    const { taskId } = task;
    const known = this.waitedFor.get(taskId);
    const hasEnded = isTerminal(task.status, task.service);
    const isExpected = this.isExpected(task);
    if (isExpected) {
      this.missing = this.missing.filter((name) => name !== task.name);
    }
    if (!known && hasEnded && !isExpected && !this.beganAfterBarrier(task)) {
      if (this.passes === 1) {
        this.endedBefore.add(taskId);
      }
      return;
    }
    if (known && isTerminal(known.status, known.service) && !hasEnded) {
      return;
    }
    if (!known || known.status !== task.status) {
      // Something went on: the time of quiet begins anew.
      this.quietSinceMs = undefined;
    }
    this.missingSinceMs.delete(taskId);
    this.waitedFor.set(taskId, task);
  }

  private async lookById(task: BackgroundTaskResult): Promise<void> {
    const subject = { instanceId: this.instanceId, taskId: task.taskId };
    const reply = await this.requests.answered((bounds) => this.view.showTask(subject, bounds));
    if (reply.task) {
      this.look(reply.task);
      return;
    }
    const sinceMs = this.missingSinceMs.get(task.taskId) ?? this.clock.nowMs();
    this.missingSinceMs.set(task.taskId, sinceMs);
    if (this.clock.nowMs() - sinceMs >= this.options.appearTimeoutMs) {
      throw new OutcomeUnknownError(subject, { ...this.progress(), lastSeen: task });
    }
  }

  /** A task that a later pass was the first to show began after the barrier, unless the clocks plainly say otherwise. */
  private beganAfterBarrier(task: BackgroundTaskResult): boolean {
    const createdMs = parseTaskTime(task.createdAt);
    const isAfter = createdMs === undefined ? undefined : this.start.precedes(createdMs);
    return isAfter ?? (this.passes > 1 && !this.endedBefore.has(task.taskId));
  }

  private isExpected({ name, createdAt }: BackgroundTaskResult): boolean {
    const createdMs = parseTaskTime(createdAt);
    return (
      name !== undefined &&
      this.options.expect.includes(name) &&
      createdMs !== undefined &&
      this.expectFrom?.precedes(createdMs) === true
    );
  }

  private inProgress(): BackgroundTaskResult[] {
    return [...this.waitedFor.values()].filter(({ status, service }) => !isTerminal(status, service));
  }

  /** After the first pass, nothing that began before all of these can matter. */
  private createdFromMs(): number | undefined {
    const { createdAfterMs } = this.filter;
    const inProgress = this.inProgress().map(({ createdAt }) => parseTaskTime(createdAt));
    const start = this.start.moment?.leastMs;
    if (this.passes === 1 || start === undefined || inProgress.includes(undefined)) {
      return createdAfterMs;
    }
    const expectFrom = this.expectFrom?.moment?.leastMs ?? start;
    const fromMs = Math.min(start, expectFrom, ...(inProgress as number[]));
    return Math.max(fromMs, createdAfterMs ?? -Infinity);
  }

  private delayAfter(listing: TaskListing): number {
    const { retryAfterMs = 0, serviceTimeMs } = listing;
    if (this.quietSinceMs !== undefined) {
      return Math.max(this.quietSinceMs + this.options.quietMs - this.clock.nowMs(), retryAfterMs);
    }
    const waitedMs = this.clock.nowMs() - this.startedMs;
    if ((listing.absence || this.missing.length > 0) && this.answeredMs() >= this.options.appearTimeoutMs) {
      throw listing.absence ? this.withoutInstance(listing.absence) : this.withoutExpected();
    }
    const leftMs = this.deadlineMs - this.clock.nowMs();
    const situation = { bounds: this.options, leftMs, random: this.clock.random() };
    const plans = this.inProgress().map(({ name, createdAt }) => {
      const ageMs = (serviceTimeMs ?? NaN) - (parseTaskTime(createdAt) ?? NaN);
      return planNextLook({
        ...situation,
        ageMs: ageMs >= 0 ? ageMs : waitedMs,
        pastDurationsMs: pastDurations(this.history, name, serviceTimeMs),
        typicalMs: typicalDurationOf(name),
      });
    });
    if (plans.length === 0 || this.missing.length > 0) {
      plans.push(planNextLook({ ...situation, ageMs: waitedMs }));
    }
    const delayMs = Math.min(...plans.map((plan) => plan.delayMs));
    const clocks = this.missing.length > 0 ? this.expectFrom?.clocks : undefined;
    const isKnownWell = !clocks || clocks.greatestMs - clocks.leastMs <= wellKnownMs;
    const chosenMs = isKnownWell ? delayMs : delayThatHalves(clocks, this.clock.epochMs(), delayMs);
    return Math.max(chosenMs, retryAfterMs);
  }

  private withoutInstance({ reason }: Absence): TaskNotFoundError {
    return new TaskNotFoundError({ instanceId: this.instanceId }, "instance", this.progress(), reason);
  }

  private withoutExpected(): TaskNotFoundError {
    const { moment } = this.expectFrom ?? {};
    const from = moment
      ? ` None is known to have begun at or after ${new Date(Math.ceil(moment.greatestMs)).toISOString()}.`
      : "";
    return new TaskNotFoundError(
      { instanceId: this.instanceId, name: this.missing.join(", ") },
      "task",
      this.progress(),
      undefined,
      `${this.missing.map(quote).join(", ")} must have appeared, since expect names ${this.missing.length === 1 ? "it" : "them"}.${from} ` +
        `If this program starts the operation, the wait must say dependsOn it; to accept an older run, set createdAfter.`,
    );
  }

  /** How long the service has answered without showing what is missing. */
  private answeredMs(): number {
    return this.clock.nowMs() - this.startedMs - this.requests.outageMs;
  }

  private timedOut(cause?: TransientError): WaitTimedOutError {
    const inProgress = this.inProgress();
    const standing =
      inProgress.length > 0
        ? `in progress ${inProgress.length === 1 ? "is" : "are"} ${describeTasks(inProgress)}`
        : "none was seen in progress, but not for long enough";
    return new WaitTimedOutError({ instanceId: this.instanceId }, this.progress(), cause, standing);
  }

  private inContext(error: Error): Error {
    if (error instanceof TransientError) {
      return this.timedOut(error);
    }
    return error instanceof ServiceError ? error.duringWait({ instanceId: this.instanceId }, this.progress()) : error;
  }

  private findings(): BarrierFindings {
    const tasks = [...this.waitedFor.values()].sort((a, b) => (b.createdAt ?? "").localeCompare(a.createdAt ?? ""));
    return { start: this.start.moment, expectFrom: this.expectFrom?.moment, tasks };
  }

  private progress(): WaitProgress {
    return { elapsedSeconds: (this.clock.nowMs() - this.startedMs) / 1000, looks: this.requests.sent };
  }
}
