import { delayThatHalves } from "../clock/serviceClock";
import { KnownStart, type ServiceMoment, type SideOfStart, type StartOfWait } from "../clock/startOfWait";
import { quote } from "../output/secrets";
import { planNextLook } from "../schedule/schedule";
import { type ListTasks, newestFirst, type TaskListing } from "../service/taskList";
import { describeStart } from "../task/descriptions";
import { type BackgroundTaskError, TaskNotFoundError, type TransientError, WaitTimedOutError } from "../task/errors";
import { shortList } from "../task/shortList";
import { type BackgroundTaskResult, parseTaskTime } from "../task/task";
import { adviceOnSearch } from "./adviceOnMissing";
import { AppearWindow } from "./appearWindow";
import { type Condition, LookLoop, type Pace, type Sight, type Wait } from "./lookLoop";
import type { Outcome } from "./outcome";
import type { WaitListener } from "./waiter";

/** Which task to find: the newest of exactly this name that started at or after the start. */
interface SearchSubject {
  instanceId: string;
  name: string;
}

export interface SearchOptions extends Pace {
  /** `false`: the first answered look ends the search. */
  wait: boolean;
}

interface TaskSearch extends Wait {
  listTasks: ListTasks;
  subject: SearchSubject;
  /** The earliest start time that counts; undefined: every task counts. */
  start: StartOfWait | undefined;
  options: SearchOptions;
  listener?: WaitListener;
}

interface SearchResult {
  task: BackgroundTaskResult;
  /** The start as far as it is known; undefined if none was set. */
  start?: ServiceMoment;
}

/**
 * Reads an instance's list until it contains the task. An older run of the name never counts, and neither does a run
 * that may be older, as far as the two clocks are known; looks at chosen moments make them known better. Without a
 * start, the newest run counts.
 *
 * Unfinished, with the start as far as it is known: TaskNotFoundError after the appear window, WaitTimedOutError at the
 * deadline, ServiceError, PagingError, or the signal's reason.
 */
export async function findTask(search: TaskSearch): Promise<Outcome<SearchResult, ServiceMoment | undefined>> {
  const loop = new LookLoop(search);
  const outcome = await loop.run(new TaskFound(loop, search));
  if (outcome.state === "finished") {
    search.listener?.onFound?.(outcome.result.task);
  }
  return outcome;
}

/** Runs of the name by their start times, newest first. */
type Runs = { [side in SideOfStart]: BackgroundTaskResult[] };

/** Met when the list contains a run that is known to have started after the start. */
class TaskFound implements Condition<SearchResult, ServiceMoment | undefined> {
  readonly subject: SearchSubject;
  private readonly start?: KnownStart;
  private readonly appearWindow: AppearWindow;
  private looks = 0;
  /** Runs of the name that were seen, by id: later looks may leave out the older ones. */
  private readonly seen = new Map<string, BackgroundTaskResult>();

  constructor(
    private readonly loop: LookLoop,
    private readonly search: TaskSearch,
  ) {
    const { subject, start, options } = search;
    // Callers pass all of their arguments.
    this.subject = { instanceId: subject.instanceId, name: subject.name };
    this.start = start && new KnownStart(start);
    this.appearWindow = new AppearWindow(loop, options.wait ? options.appearTimeoutMs : 0);
    this.appearWindow.open();
  }

  async look(): Promise<Sight<SearchResult>> {
    const listing = await this.list();
    const runs = this.bySide();
    const [newest, ...others] = runs.after;
    if (newest) {
      this.warnOfOthers(newest, others);
      return { state: "finished", result: { task: newest, start: this.start?.moment } };
    }
    if (this.appearWindow.isOver) {
      return { state: "not there", error: this.notFound(listing, runs) };
    }
    return { state: "look again", delayMs: this.delayAfter(listing, runs) };
  }

  timedOut(cause?: TransientError): BackgroundTaskError {
    return new WaitTimedOutError(this.subject, this.loop.progress(), cause);
  }

  found(): ServiceMoment | undefined {
    return this.start?.moment;
  }

  private async list(): Promise<TaskListing> {
    const { instanceId, name } = this.subject;
    // The first look reads everything: it shows the service's time and the older runs. Later looks need not go further
    // back than the start.
    const createdFromMs = this.looks++ > 0 ? this.start?.moment?.leastMs : undefined;
    const listing = await this.search.listTasks({ instanceId, createdFromMs }, this.loop.ask);
    this.start?.learn(listing.clockOffset, listing.serviceTimeMs);
    const runs = listing.tasks.filter((task) => task.name === name);
    runs.forEach((task) => this.seen.set(task.taskId, task));
    this.search.listener?.onSearch?.(name);
    return listing;
  }

  private bySide(): Runs {
    const runs: Runs = { after: [], undecided: [], before: [] };
    for (const task of newestFirst(this.seen.values())) {
      const side = this.start ? this.start.sideOf(parseTaskTime(task.createdAt), task.taskId) : "after";
      runs[side].push(task);
    }
    return runs;
  }

  private delayAfter({ retryAfterMs = 0 }: TaskListing, { undecided }: Runs): number {
    const { clock, options: bounds } = this.search;
    const { openMs: ageMs, leftMs } = this.appearWindow;
    const { delayMs } = planNextLook({ ageMs, bounds, leftMs, random: clock.random() });
    const soonestMs = undecided.length > 0 ? bounds.minDelayMs : delayMs;
    const chosenMs = delayThatHalves(this.start?.clocks, clock.epochMs(), delayMs, soonestMs);
    return Math.min(Math.max(chosenMs, retryAfterMs), leftMs);
  }

  private notFound({ absence }: TaskListing, runs: Runs): TaskNotFoundError {
    const advice = absence ? undefined : adviceOnSearch(runs, this.start?.moment);
    const missing = absence?.missing ?? "task";
    return new TaskNotFoundError(this.subject, missing, this.loop.progress(), absence?.reason, advice);
  }

  private warnOfOthers(newest: BackgroundTaskResult, others: BackgroundTaskResult[]): void {
    if (this.start && others.length > 0) {
      const described = (task: BackgroundTaskResult) => `${task.taskId}${describeStart(task)}`;
      this.search.listener?.onWarning?.(
        `${others.length + 1} tasks named ${quote(this.subject.name)} are new enough: ` +
          `waiting for the newest, ${described(newest)}; ignoring ${shortList(others, described)}`,
      );
    }
  }
}
