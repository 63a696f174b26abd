import type { ClockOffset } from "../clock/serviceClock";
import { KnownStart, type ServiceMoment, type StartOfWait } from "../clock/startOfWait";
import { type BackgroundTaskResult, parseTaskTime } from "../task/task";
import { newestFirst } from "../service/taskList";
import { isTerminal, kindOfStatus } from "../task/taskStatus";

/** What a barrier has found so far: enough to resume it. */
export interface BarrierFindings {
  /** When the barrier started; undefined until the service's time is known. */
  start?: ServiceMoment;
  /** The earliest start time of an expected task that counts. */
  expectFrom?: ServiceMoment;
  /** The tasks waited for, as last seen, newest first. */
  tasks: BackgroundTaskResult[];
}

/** Names of tasks that must have appeared. */
interface Expected {
  names: string[];
  /** The earliest start time that counts. */
  from?: StartOfWait;
}

/**
 * The tasks that a barrier waits for: those that were seen in progress, that started after the barrier did, or that are
 * expected; and the expected names that have not appeared.
 */
export class WaitedTasks {
  private readonly start: KnownStart;
  private readonly expectFrom?: KnownStart;
  private readonly expected: ReadonlySet<string>;
  private readonly tasks = new Map<string, BackgroundTaskResult>();
  /** Tasks that had ended when they were first seen: they do not count. */
  private readonly endedBefore = new Set<string>();
  private readonly missingNames: Set<string>;
  /** The newest task of each expected name that is not known to be new enough. */
  private readonly olderRuns = new Map<string, BackgroundTaskResult>();

  constructor(expected: Expected, startedAtMs: number, found?: BarrierFindings) {
    this.start = new KnownStart(found?.start ? { at: found.start } : { localMs: startedAtMs });
    const from = found?.expectFrom ? { at: found.expectFrom } : expected.from;
    this.expectFrom = from && new KnownStart(from);
    this.expected = new Set(expected.names);
    this.missingNames = new Set(expected.names);
    for (const task of found?.tasks ?? []) {
      this.tasks.set(task.taskId, task);
      this.noteAppearance(task);
    }
  }

  /** Learns what a reply shows of the clocks. */
  learn(offset: ClockOffset | undefined, serviceTimeMs?: number): void {
    this.start.learn(offset, serviceTimeMs);
    this.expectFrom?.learn(offset, serviceTimeMs);
  }

  /** Records a task as just seen. Returns whether it shows that something happened. */
  see(task: BackgroundTaskResult, isFirstPass: boolean): boolean {
    this.noteAppearance(task);
    const known = this.tasks.get(task.taskId);
    if (!known && !this.counts(task, isFirstPass)) {
      this.endedBefore.add(task.taskId);
      return false;
    }
    // An outcome stays, even if the record disappears; but the service may have repaired a failed task.
    const isSettled = known && isTerminal(known.status, known.service);
    if (isSettled && kindOfStatus(task.status, task.service) !== "success") {
      return false;
    }
    this.tasks.set(task.taskId, task);
    return known?.status !== task.status;
  }

  isExpected({ taskId, name, createdAt }: BackgroundTaskResult): boolean {
    const isNewEnough = this.expectFrom?.sideOf(parseTaskTime(createdAt), taskId) === "after";
    return isNewEnough && name !== undefined && this.expected.has(name);
  }

  get inProgress(): BackgroundTaskResult[] {
    return [...this.tasks.values()].filter(({ status, service }) => !isTerminal(status, service));
  }

  /** Expected names of which no task has appeared. */
  get missing(): string[] {
    return [...this.missingNames];
  }

  /** The newest task of each missing name: too old, or not known to be new enough. */
  get olderRunsOfMissing(): BackgroundTaskResult[] {
    return this.missing.flatMap((name) => this.olderRuns.get(name) ?? []);
  }

  /** What is known of the clocks, if knowing more would help to decide whether a missing task has appeared. */
  get clocksOfMissing(): ClockOffset | undefined {
    return this.missingNames.size > 0 ? this.expectFrom?.clocks : undefined;
  }

  /** Tasks that started before this moment do not matter any more; undefined: every task may. */
  get earliestMs(): number | undefined {
    const start = this.start.moment?.leastMs;
    const inProgress = this.inProgress.map(({ createdAt }) => parseTaskTime(createdAt));
    if (start === undefined || inProgress.includes(undefined)) {
      return undefined;
    }
    return Math.min(start, this.expectFrom?.moment?.leastMs ?? start, ...(inProgress as number[]));
  }

  findings(): BarrierFindings {
    return {
      start: this.start.moment,
      expectFrom: this.expectFrom?.moment,
      tasks: newestFirst(this.tasks.values()),
    };
  }

  private counts(task: BackgroundTaskResult, isFirstPass: boolean): boolean {
    return !isTerminal(task.status, task.service) || this.isExpected(task) || this.beganSince(task, isFirstPass);
  }

  /** A task that first appears in a later pass started after the barrier, unless the clocks clearly show otherwise. */
  private beganSince({ taskId, createdAt }: BackgroundTaskResult, isFirstPass: boolean): boolean {
    const side = this.start.sideOf(parseTaskTime(createdAt), taskId);
    return side === "undecided" ? !(isFirstPass || this.endedBefore.has(taskId)) : side === "after";
  }

  private noteAppearance(task: BackgroundTaskResult): void {
    const { name } = task;
    if (name === undefined || !this.missingNames.has(name)) {
      return;
    }
    if (this.isExpected(task)) {
      this.missingNames.delete(name);
      return;
    }
    const other = this.olderRuns.get(name);
    this.olderRuns.set(name, newestFirst(other ? [other, task] : [task])[0]!);
  }
}
