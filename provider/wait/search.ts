import { AnsweredRequests } from "./retriedRequests";
import type { Clock } from "../clock/clock";
import { delayThatHalves } from "../clock/serviceClock";
import {
  describeTask,
  ServiceError,
  TaskNotFoundError,
  TransientError,
  type WaitProgress,
  WaitTimedOutError,
} from "../task/errors";
import { planNextLook } from "../schedule/schedule";
import { quote } from "../output/secrets";
import { KnownStart, type ServiceMoment, type StartOfWait } from "../clock/startOfWait";
import { type BackgroundTaskResult, parseTaskTime } from "../task/task";
import { type ListTasks, newestFirst, type TaskListing } from "../service/taskList";
import { isCause, type Outcome } from "./outcome";
import type { WaitListener, WaitOptions } from "./waiter";

/** Which task is looked for: the newest of exactly this name that began at the start or later. */
export interface SearchSubject {
  instanceId: string;
  name: string;
}

export type SearchOptions = Pick<WaitOptions, "wait" | "timeoutMs" | "appearTimeoutMs" | "minDelayMs" | "maxDelayMs">;

export interface SearchResult {
  task: BackgroundTaskResult;
  /** The start as it became known; undefined where none was asked for. */
  start?: ServiceMoment;
}

/** What a search needs. */
export interface TaskSearch {
  listTasks: ListTasks;
  subject: SearchSubject;
  start: StartOfWait | undefined;
  options: SearchOptions;
  clock: Clock;
  listener?: WaitListener;
  signal?: AbortSignal;
}

// Once the start is known as well as this, knowing it better is not worth choosing the moment of a look for.
const wellKnownMs = 120;

/**
 * Looks through an instance's list until it shows the task. An older run of the name is never taken, and neither is one
 * that may be older, as far as the two clocks are known; looks at chosen moments make them known better. Without a
 * start, the newest run of all is taken.
 *
 * Unfinished, with the start as it became known: TaskNotFoundError after the appear window, WaitTimedOutError at the
 * deadline, ServiceError, PagingError, or the signal's reason.
 */
export async function findTask(search: TaskSearch): Promise<Outcome<SearchResult, ServiceMoment | undefined>> {
  const { listTasks, subject, start, options, clock, listener = {}, signal } = search;
  const { instanceId, name } = subject;
  return new Search(listTasks, { instanceId, name }, start, options, clock, listener, signal).run();
}

class Search {
  private readonly startedMs: number;
  private readonly deadlineMs: number;
  private readonly requests: AnsweredRequests;
  private readonly start?: KnownStart;
  private passes = 0;
  /** Runs of the name that were seen, by id: later looks may leave the older ones out. */
  private readonly seen = new Map<string, BackgroundTaskResult>();

  constructor(
    private readonly listTasks: ListTasks,
    private readonly subject: SearchSubject,
    start: StartOfWait | undefined,
    private readonly options: SearchOptions,
    private readonly clock: Clock,
    private readonly listener: WaitListener,
    private readonly signal: AbortSignal | undefined,
  ) {
    this.startedMs = clock.nowMs();
    this.deadlineMs = this.startedMs + options.timeoutMs;
    this.start = start && new KnownStart(start);
    this.requests = new AnsweredRequests(clock, this.deadlineMs, (...retry) => listener.onRetry?.(...retry), signal);
  }

  async run(): Promise<Outcome<SearchResult, ServiceMoment | undefined>> {
    try {
      for (;;) {
        const listing = await this.look();
        const runs = this.sort();
        const [newest, ...others] = runs.counted;
        if (newest) {
          this.warnOf(newest, others);
          return { state: "finished", result: { task: newest, start: this.start?.moment } };
        }
        const delayMs = this.delayAfter(listing, runs);
        if (this.deadlineMs - this.clock.nowMs() <= 0) {
          throw new WaitTimedOutError(this.subject, this.progress());
        }
        await this.clock.sleep(Math.min(delayMs, this.deadlineMs - this.clock.nowMs()), this.signal);
      }
    } catch (error) {
      if (!isCause(error, this.signal)) {
        throw error;
      }
      return { state: "unfinished", cause: this.inContext(error), found: this.start?.moment };
    }
  }

  private async look(): Promise<TaskListing> {
    // The first look reads everything: it tells the service's time, and which older runs there are. The later ones need
    // not go further back than the start.
    const createdFromMs = this.passes++ > 0 ? this.start?.moment?.leastMs : undefined;
    const listing = await this.listTasks({ instanceId: this.subject.instanceId, createdFromMs }, (request) =>
      this.requests.answered(request),
    );
    this.start?.learn(listing.clockOffset);
    const runs = listing.tasks.filter(({ name }) => name === this.subject.name);
    runs.forEach((task) => this.seen.set(task.taskId, task));
    this.listener.onSearch?.(this.subject.name);
    return listing;
  }

  /** By whether they began after the start, newest first. */
  private sort(): Runs {
    const runs: Runs = { counted: [], undecided: [], older: [] };
    for (const task of newestFirst(this.seen.values())) {
      const createdMs = parseTaskTime(task.createdAt);
      const counts = !this.start ? true : createdMs === undefined ? undefined : this.start.precedes(createdMs);
      runs[counts === undefined ? "undecided" : counts ? "counted" : "older"].push(task);
    }
    return runs;
  }

  private delayAfter({ absence, retryAfterMs = 0 }: TaskListing, runs: Runs): number {
    const nowMs = this.clock.nowMs();
    const missingForMs = nowMs - this.startedMs - this.requests.outageMs;
    const windowMs = this.options.wait ? this.options.appearTimeoutMs : 0;
    const leftMs = windowMs - missingForMs;
    if (leftMs <= 0) {
      const reason = absence?.reason;
      throw new TaskNotFoundError(
        this.subject,
        absence?.missing ?? "task",
        this.progress(),
        reason,
        absence ? undefined : this.advice(runs),
      );
    }
    const random = this.clock.random();
    const { delayMs } = planNextLook({ ageMs: missingForMs, bounds: this.options, leftMs, random });
    const { clocks } = this.start ?? {};
    const isKnownWell = !clocks || clocks.greatestMs - clocks.leastMs <= wellKnownMs;
    const chosenMs = isKnownWell
      ? delayMs
      : delayThatHalves(clocks, this.clock.epochMs(), runs.undecided.length > 0 ? this.options.minDelayMs : delayMs);
    return Math.min(Math.max(chosenMs, retryAfterMs), leftMs);
  }

  private advice({ undecided, older }: Runs): string {
    const { moment } = this.start ?? {};
    const from = moment ? `None is known to have begun at or after ${isoTime(moment.greatestMs)}. ` : "";
    const [close] = undecided;
    const [old] = older;
    const withinMs = moment ? Math.ceil(moment.greatestMs - moment.leastMs) : 0;
    if (close) {
      return (
        `${from}${sentence(close)}, which is too close to the start of this wait to tell which came first (the clocks are ` +
        `known to within ${withinMs} ms): if it is the one, set createdAfter to that time.`
      );
    }
    if (old) {
      return (
        `${from}${sentence(old)}, which is before that: if it is the one after all, set createdAfter to that ` +
        `time. If this program starts the operation, the wait must say dependsOn it.`
      );
    }
    return (
      `${from}There is no older one of that name either. Check the name, which is compared exactly, the instance's id, ` +
      `the project and the region; if this program starts the operation, the wait must say dependsOn it.`
    );
  }

  private warnOf(newest: BackgroundTaskResult, others: BackgroundTaskResult[]): void {
    if (this.start && others.length > 0) {
      const ids = others.map(({ taskId, createdAt }) => `${taskId} (began ${quote(createdAt ?? "")})`).join(", ");
      this.listener.onWarning?.(
        `${others.length + 1} tasks named ${quote(this.subject.name)} began since the start of this wait: ` +
          `the newest is waited for, ${newest.taskId} (began ${quote(newest.createdAt ?? "")}), and not ${ids}`,
      );
    }
  }

  private inContext(error: Error): Error {
    if (error instanceof TransientError) {
      return new WaitTimedOutError(this.subject, this.progress(), error);
    }
    return error instanceof ServiceError ? error.duringWait(this.subject, this.progress()) : error;
  }

  private progress(): WaitProgress {
    return { elapsedSeconds: (this.clock.nowMs() - this.startedMs) / 1000, looks: this.requests.sent };
  }
}

interface Runs {
  counted: BackgroundTaskResult[];
  /** So close to the start that the clocks do not tell, or without a time. */
  undecided: BackgroundTaskResult[];
  older: BackgroundTaskResult[];
}

function sentence(task: BackgroundTaskResult): string {
  const { status = "", createdAt = "" } = task;
  const described = describeTask({ ...task, name: undefined }, false);
  return `The newest other is ${described} (${quote(status) || "no status"}), begun ${quote(createdAt) || "at an unknown time"}`;
}

function isoTime(ms: number): string {
  return new Date(Math.ceil(ms)).toISOString();
}
