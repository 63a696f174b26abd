import { delayThatHalves } from "../clock/serviceClock";
import type { StartOfWait } from "../clock/startOfWait";
import { quote } from "../output/secrets";
import { pastDurations } from "../schedule/pastRuns";
import { planNextLook } from "../schedule/schedule";
import { typicalDurationOf } from "../schedule/typicalDurations";
import type { InstanceView } from "../service/instanceView";
import type { TaskListing } from "../service/taskList";
import { describeTasks } from "../task/descriptions";
import {
  type BackgroundTaskError,
  OutcomeUnknownError,
  TaskNotFoundError,
  type TransientError,
  UnknownStatusError,
  WaitTimedOutError,
} from "../task/errors";
import { shortList } from "../task/shortList";
import { ageMsOf, type BackgroundTaskResult } from "../task/task";
import { matches, type TaskFilter } from "../task/taskFilter";
import { hasUnknownStatus } from "../task/taskStatus";
import { adviceOnExpected } from "./adviceOnMissing";
import { AppearWindow } from "./appearWindow";
import { type Condition, LookLoop, type Pace, type Sight, type Wait } from "./lookLoop";
import type { Outcome } from "./outcome";
import { type QuietOptions, QuietTime } from "./quietTime";
import { UnknownStatuses } from "./unknownStatuses";
import { type BarrierFindings, WaitedTasks } from "./waitedTasks";
import type { WaitListener } from "./waiter";

export interface BarrierOptions extends Pace, QuietOptions {
  /** Names of tasks that must have appeared and started at or after `expectFrom`. */
  expect: string[];
  expectFrom?: StartOfWait;
  /** What an interrupted barrier found. */
  found?: BarrierFindings;
}

interface BarrierWait extends Wait {
  view: InstanceView;
  instanceId: string;
  filter: TaskFilter;
  options: BarrierOptions;
  listener?: WaitListener;
}

/**
 * Waits until no task of the instance that matches the filter is in progress and the instance accepts operations. The result
 * is the tasks that it waited for, failed ones included: those seen in progress, those that started after the barrier did, and the expected ones.
 *
 * Unfinished, with what was found until then: WaitTimedOutError, UnknownStatusError at the deadline; TaskNotFoundError
 * if the instance or an expected task does not appear in time; OutcomeUnknownError if a record disappears;
 * InstanceNotRunningError; ServiceError, PagingError; the signal's reason on abort.
 */
export async function waitUntilQuiet(wait: BarrierWait): Promise<Outcome<BarrierFindings, BarrierFindings>> {
  const loop = new LookLoop(wait);
  const outcome = await loop.run(new InstanceQuiet(loop, wait));
  if (outcome.state === "finished") {
    wait.listener?.onQuiet?.(outcome.result.tasks);
  }
  return outcome;
}

/** Met when nothing has been in progress for `quietMs`, all expected tasks have appeared, and the instance is ready. */
class InstanceQuiet implements Condition<BarrierFindings, BarrierFindings> {
  readonly subject: { instanceId: string };
  private readonly waited: WaitedTasks;
  private readonly unknownStatuses: UnknownStatuses;
  /** Whether there was a complete pass: only then can later passes leave out old tasks. */
  private hasSeenAll = false;
  /** All tasks of the first pass: the schedule uses the finished runs among them. */
  private history: BackgroundTaskResult[] = [];
  private readonly quiet: QuietTime;
  private readonly instanceWindow: AppearWindow;
  private readonly expectedWindow: AppearWindow;
  /** For tasks in progress whose record is missing, by id. */
  private readonly recordWindows = new Map<string, AppearWindow>();

  constructor(
    private readonly loop: LookLoop,
    private readonly wait: BarrierWait,
  ) {
    const { instanceId, options, clock, listener } = wait;
    const { found, expectFrom: from, expect: names } = options;
    this.subject = { instanceId };
    this.waited = new WaitedTasks({ names, from }, clock.epochMs(), found);
    this.unknownStatuses = new UnknownStatuses((task) => listener?.onUnknownStatus?.(task));
    this.quiet = new QuietTime(loop, wait, () => this.found().tasks);
    this.instanceWindow = this.newWindow();
    this.expectedWindow = this.newWindow();
    this.expectedWindow.open();
  }

  async look(): Promise<Sight<BarrierFindings>> {
    const delayMs = await this.quiet.delayUntilReadyMs();
    if (delayMs !== undefined) {
      return { state: "look again", delayMs };
    }
    const listing = await this.list();
    const gone = listing.absence ? undefined : await this.lookAtUnlisted(listing.tasks);
    if (gone) {
      return { state: "not there", error: gone };
    }
    this.wait.listener?.onPass?.(this.waited.inProgress, this.waited.missing);
    if (await this.hasStayedQuiet(listing)) {
      // If the quiet time ended during the list, the instance has yet to be looked at.
      return this.quiet.isReady ? { state: "finished", result: this.found() } : this.look();
    }
    const error = this.notAppeared(listing);
    return error ? { state: "not there", error } : { state: "look again", delayMs: this.delayAfter(listing) };
  }

  timedOut(cause?: TransientError): BackgroundTaskError {
    const { inProgress } = this.waited;
    const isUnknown = this.quiet.hasUnknownStatus || inProgress.some(hasUnknownStatus);
    const Class = isUnknown ? UnknownStatusError : WaitTimedOutError;
    const seen = this.standing ?? "none ever appeared";
    return new Class(
      this.subject,
      this.loop.progress(),
      cause,
      seen,
      this.quiet.lacksOnlyStatus ? "instance" : inProgress.length > 0,
    );
  }

  /** What is in progress, what is still missing, and what else keeps the instance from being quiet. */
  get standing(): string | undefined {
    const { inProgress, missing } = this.waited;
    const words = new Set(inProgress.filter(hasUnknownStatus).map(({ status }) => status));
    const parts = [
      ...(inProgress.length > 0 ? [`in progress: ${describeTasks(inProgress)}`] : []),
      ...(words.size > 0 ? [shortList([...words], (status) => `unknown status ${quote(status!)}`, "; ")] : []),
      ...(missing.length > 0 ? [`not yet appeared: ${shortList(missing, quote)}`] : []),
      ...(this.quiet.lacking !== undefined ? [this.quiet.lacking] : []),
    ];
    return parts.join("; ") || undefined;
  }

  found(): BarrierFindings {
    return this.waited.findings();
  }

  /** Reads the instance's tasks, as far back as they can matter. */
  private async list(): Promise<TaskListing> {
    const { view, filter } = this.wait;
    const { createdAfterMs, createdBeforeMs } = filter;
    const earliestMs = this.hasSeenAll ? this.waited.earliestMs : undefined;
    const createdFromMs = earliestMs === undefined ? createdAfterMs : Math.max(earliestMs, createdAfterMs ?? -Infinity);
    const request = { ...this.subject, createdFromMs, createdUntilMs: createdBeforeMs };
    const listing = await view.listTasks(request, this.loop.ask);
    this.history = this.hasSeenAll ? this.history : listing.tasks;
    this.waited.learn(listing.clockOffset, listing.serviceTimeMs);
    for (const task of listing.tasks) {
      if (matches(task, filter) || this.waited.isExpected(task)) {
        this.see(task);
      }
    }
    this.hasSeenAll ||= !listing.absence;
    return listing;
  }

  /**
   * A list may leave out a task in progress; only a look by its id shows whether the record is gone. Returns the error
   * if a record has been gone for the whole window.
   */
  private async lookAtUnlisted(listed: BackgroundTaskResult[]): Promise<OutcomeUnknownError | undefined> {
    const ids = new Set(listed.map(({ taskId }) => taskId));
    for (const lastSeen of this.waited.inProgress.filter(({ taskId }) => !ids.has(taskId))) {
      const subject = { ...this.subject, taskId: lastSeen.taskId };
      const { task } = await this.loop.ask((bounds) => this.wait.view.showTask(subject, bounds));
      if (task) {
        this.see(task);
      } else if (this.recordIsGone(subject.taskId)) {
        return new OutcomeUnknownError(subject, { ...this.loop.progress(), lastSeen });
      }
    }
    return undefined;
  }

  private recordIsGone(taskId: string): boolean {
    const window = this.recordWindows.get(taskId) ?? this.newWindow();
    this.recordWindows.set(taskId, window);
    window.open();
    return window.isOver;
  }

  private see(task: BackgroundTaskResult): void {
    this.recordWindows.get(task.taskId)?.close();
    if (this.waited.see(task, !this.hasSeenAll)) {
      // Something happened: the quiet time starts again.
      this.quiet.end();
    }
    this.unknownStatuses.see(task);
  }

  private async hasStayedQuiet({ absence }: TaskListing): Promise<boolean> {
    if (absence || this.waited.inProgress.length > 0 || this.waited.missing.length > 0) {
      this.quiet.end();
      return false;
    }
    return (await this.quiet.begin()) && this.quiet.leftMs <= 0;
  }

  private notAppeared({ absence }: TaskListing): TaskNotFoundError | undefined {
    if (absence) {
      this.instanceWindow.open();
      if (this.instanceWindow.isOver) {
        return new TaskNotFoundError(this.subject, "instance", this.loop.progress(), absence.reason);
      }
    } else {
      this.instanceWindow.close();
    }
    const { missing, olderRunsOfMissing } = this.waited;
    if (missing.length > 0 && this.expectedWindow.isOver) {
      const [first, ...others] = missing;
      const subject = { ...this.subject, ...(others.length > 0 ? { names: missing } : { name: first }) };
      const advice = adviceOnExpected(missing, olderRunsOfMissing, this.found().expectFrom);
      return new TaskNotFoundError(subject, "task", this.loop.progress(), undefined, advice);
    }
    return undefined;
  }

  private delayAfter({ retryAfterMs = 0, serviceTimeMs }: TaskListing): number {
    const { clock, options: bounds } = this.wait;
    const { elapsedMs, leftMs } = this.loop;
    if (this.quiet.leftMs < Infinity) {
      return Math.max(Math.min(this.quiet.leftMs, bounds.maxDelayMs), bounds.minDelayMs, retryAfterMs);
    }
    const situation = { ageMs: elapsedMs, bounds, leftMs, random: clock.random() };
    const plans = this.waited.inProgress.map((task) =>
      planNextLook({
        ...situation,
        ageMs: ageMsOf(task, serviceTimeMs) ?? elapsedMs,
        pastDurationsMs: pastDurations(this.history, task.name, serviceTimeMs),
        typicalMs: typicalDurationOf(task.name),
      }),
    );
    if (this.waited.missing.length > 0 || plans.length === 0) {
      plans.push(planNextLook(situation));
    }
    const delayMs = Math.min(...plans.map((plan) => plan.delayMs));
    return Math.max(delayThatHalves(this.waited.clocksOfMissing, clock.epochMs(), delayMs), retryAfterMs);
  }

  private newWindow(): AppearWindow {
    return new AppearWindow(this.loop, this.wait.options.appearTimeoutMs);
  }
}
