import type { ProgressStep } from "./newTask";
import { INITIAL_STATUS, TERMINAL_STATUSES } from "./taskStatuses";

export interface StatusChange {
  timeMs: number;
  status: string;
}

export interface TaskData {
  id: string;
  instanceId: string;
  projectId: string;
  name: string;
  params: string;
  userName: string;
  userId: string;
  createdAtMs: number;
  visibleFromMs: number;
  progress: ProgressStep[];
  failReason?: string;
  /** Called for each status as it is reached. */
  onStatus?: (change: StatusChange) => void;
  /** What the task's end brings about in the service. A record removed while the task runs is an end: DELETED. */
  onEnd?: (end: StatusChange) => void;
}

/**
 * A task whose status is computed only on request: no timers, so a clock moved by hand moves it too. The
 * time of each change is nevertheless exact.
 */
export class BackgroundTask {
  readonly changes: StatusChange[] = [];
  private readonly lookTimesMs: number[] = [];
  private nextStep = 0;
  private steps: ProgressStep[] = [];

  constructor(readonly data: TaskData) {
    this.begin(data.progress);
  }

  get status(): string {
    return this.lastChange.status;
  }

  get changedAtMs(): number {
    return this.lastChange.timeMs;
  }

  get looks(): number {
    return this.lookTimesMs.length;
  }

  get isTerminal(): boolean {
    return TERMINAL_STATUSES.has(this.status);
  }

  /** Goes as far along the steps as time and looks allow. */
  advance(nowMs: number): void {
    for (let step = this.steps[this.nextStep]; step !== undefined; step = this.steps[this.nextStep]) {
      const timeMs = this.timeOf(step);
      if (timeMs === undefined || timeMs > nowMs) {
        return;
      }
      this.nextStep += 1;
      this.change(timeMs, step.status);
    }
  }

  /** The task was in a reply. */
  countLook(nowMs: number): void {
    this.lookTimesMs.push(nowMs);
    this.advance(nowMs);
  }

  setProgress(progress: ProgressStep[], nowMs: number): void {
    this.advance(nowMs);
    this.begin(progress);
    this.advance(nowMs);
  }

  private get lastChange(): StatusChange {
    return this.changes[this.changes.length - 1] ?? { timeMs: this.data.createdAtMs, status: INITIAL_STATUS };
  }

  private begin(progress: ProgressStep[]): void {
    const first = progress[0];
    const immediate = first !== undefined && first.afterSeconds === undefined && first.afterLooks === undefined;
    this.steps = immediate ? progress : [{ status: INITIAL_STATUS }, ...progress];
    this.nextStep = 0;
  }

  /** When the step is reached, given the looks so far; undefined while looks are missing. */
  private timeOf(step: ProgressStep): number | undefined {
    const looks = step.afterLooks ?? 0;
    const lookMs = looks > 0 ? this.lookTimesMs[looks - 1] : 0;
    if (lookMs === undefined) {
      return undefined;
    }
    const dueMs = this.data.createdAtMs + (step.afterSeconds ?? 0) * 1000;
    // A step is never reached before the one ahead of it.
    const previousMs = this.changes.length > 0 ? this.changedAtMs : this.data.createdAtMs;
    return Math.max(dueMs, lookMs, previousMs);
  }

  private change(timeMs: number, status: string): void {
    if (this.changes.length > 0 && status === this.status) {
      return;
    }
    const change = { timeMs, status };
    this.changes.push(change);
    this.data.onStatus?.(change);
  }
}
