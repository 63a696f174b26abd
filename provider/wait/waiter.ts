import { ServiceClock } from "../clock/serviceClock";
import { pastDurations } from "../schedule/pastRuns";
import { type LookSituation, type NextLook, planNextLook } from "../schedule/schedule";
import { typicalDurationOf } from "../schedule/typicalDurations";
import type { ShowTask, TaskReply } from "../service/client";
import {
  type BackgroundTaskError,
  OutcomeUnknownError,
  TaskNotFoundError,
  type TransientError,
  UnknownStatusError,
  WaitTimedOutError,
} from "../task/errors";
import { ageMsOf, type BackgroundTaskResult, parseTaskTime } from "../task/task";
import { hasUnknownStatus, isTerminal } from "../task/taskStatus";
import type { WaitProgress, WaitSubject } from "../task/waitSubject";
import { AppearWindow } from "./appearWindow";
import { type Condition, LookLoop, type LoopListener, type Pace, type Sight, type Wait } from "./lookLoop";
import type { Outcome } from "./outcome";
import { UnknownStatuses } from "./unknownStatuses";

export interface WaitOptions extends Pace {
  /** `false`: the first answered look ends the wait. */
  wait: boolean;
  /** The task as an earlier, interrupted wait saw it last. */
  lastSeen?: BackgroundTaskResult;
  /** How long the search for the task took: the two have one deadline. Default: 0. */
  spentMs?: number;
}

/** Hears what happens during a wait. Listeners must not throw. */
export interface WaitListener extends LoopListener {
  /** The task was seen. */
  onSeen?(task: BackgroundTaskResult): void;
  /** An unknown status was seen for the first time; called before `onSeen`. */
  onUnknownStatus?(task: BackgroundTaskResult): void;
  /** The list was searched for a task of this name. */
  onSearch?(name: string): void;
  /** The search has found the task. */
  onFound?(task: BackgroundTaskResult): void;
  /** All of an instance's tasks were read: these are in progress, and these names have not appeared. */
  onPass?(inProgress: BackgroundTaskResult[], expected: string[]): void;
  /** Nothing is in progress, but the instance has this status instead of RUNNING. */
  onInstanceStatus?(status: string | undefined): void;
  /** The instance is quiet, and these are the tasks that were waited for. */
  onQuiet?(tasks: BackgroundTaskResult[]): void;
  /** Something that the user should know, but that is not an error. */
  onWarning?(message: string): void;
}

interface TaskWait extends Wait {
  showTask: ShowTask;
  subject: WaitSubject;
  options: WaitOptions;
  listener?: WaitListener;
}

/**
 * Looks at a task until its status is terminal. The result is the task, even if it failed: the caller judges. With
 * `wait: false`, it is the task as the first look shows it.
 *
 * Unfinished, with the task as last seen: WaitTimedOutError, UnknownStatusError at the deadline; TaskNotFoundError if the
 * task does not appear in time; OutcomeUnknownError if it disappears; ServiceError if the service rejects the request; the
 * signal's reason on abort.
 */
export async function waitForTask(
  wait: TaskWait,
): Promise<Outcome<BackgroundTaskResult, BackgroundTaskResult | undefined>> {
  const loop = new LookLoop(wait);
  const task = new TaskEnded(loop, wait);
  const unwatch = wait.showTask.watch?.(task.subject, (reply) => task.hear(reply));
  try {
    return await loop.run(task);
  } finally {
    unwatch?.();
  }
}

/** Met when the task's status is terminal. */
class TaskEnded implements Condition<BackgroundTaskResult, BackgroundTaskResult | undefined> {
  readonly subject: WaitSubject;
  lastSeen?: BackgroundTaskResult;
  private readonly appearWindow: AppearWindow;
  private readonly unknownStatuses: UnknownStatuses;
  private readonly serviceClock = new ServiceClock();
  private pastDurationsMs: number[] = [];
  /** What another wait's request showed during the pause. */
  private heard?: TaskReply;

  constructor(
    private readonly loop: LookLoop,
    private readonly wait: TaskWait,
  ) {
    const { subject, options, listener } = wait;
    // Callers pass all of their arguments; an error's subject is the task alone.
    this.subject = { instanceId: subject.instanceId, taskId: subject.taskId };
    this.lastSeen = options.lastSeen;
    this.appearWindow = new AppearWindow(loop, options.wait ? options.appearTimeoutMs : 0);
    this.unknownStatuses = new UnknownStatuses((task) => listener?.onUnknownStatus?.(task));
  }

  async look(): Promise<Sight<BackgroundTaskResult>> {
    const reply = this.takeHeard() ?? (await this.ask());
    if (!reply.task) {
      return this.missing(reply);
    }
    this.see(reply.task);
    if (!this.wait.options.wait || isTerminal(reply.task.status, reply.task.service)) {
      return { state: "finished", result: reply.task };
    }
    return { state: "look again", ...this.planAfter(reply.task, reply) };
  }

  /** Uses what another wait's request showed as an answer, unless a request of its own is in flight. */
  hear(reply: TaskReply): void {
    if (this.loop.wake()) {
      this.heard = reply;
    }
  }

  timedOut(cause?: TransientError): BackgroundTaskError {
    const isUnknown = this.lastSeen && hasUnknownStatus(this.lastSeen);
    return new (isUnknown ? UnknownStatusError : WaitTimedOutError)(this.subject, this.progress(), cause);
  }

  found(): BackgroundTaskResult | undefined {
    return this.lastSeen;
  }

  private async ask(): Promise<TaskReply> {
    const { clock, showTask } = this.wait;
    let sentMs = -Infinity;
    const reply = await this.loop.ask((bounds) => {
      sentMs = clock.nowMs();
      return showTask(this.subject, bounds);
    });
    this.learn(reply, sentMs);
    return reply;
  }

  private takeHeard(): TaskReply | undefined {
    const reply = this.heard;
    this.heard = undefined;
    if (reply) {
      this.learn(reply);
    }
    return reply;
  }

  /** Keeps what a reply shows of the service's clock and of past runs. */
  private learn({ task, listed, serviceTimeMs }: TaskReply, sentMs = -Infinity): void {
    const pastMs = parseTaskTime(task?.createdAt);
    this.serviceClock.observe({ sentMs, receivedMs: this.wait.clock.nowMs(), serviceTimeMs, pastMs });
    if (task && listed) {
      this.pastDurationsMs = pastDurations(listed, task.name, serviceTimeMs);
    }
  }

  private see(task: BackgroundTaskResult): void {
    this.lastSeen = task;
    this.appearWindow.close();
    this.unknownStatuses.see(task);
    this.wait.listener?.onSeen?.(task);
  }

  private missing({ absence, retryAfterMs }: TaskReply): Sight<never> {
    this.appearWindow.open();
    if (!this.appearWindow.isOver) {
      const leftMs = Math.min(this.loop.leftMs, this.appearWindow.leftMs);
      return { state: "look again", ...this.plan({ ageMs: this.appearWindow.openMs, retryAfterMs, leftMs }) };
    }
    const error = this.lastSeen
      ? new OutcomeUnknownError(this.subject, this.progress())
      : new TaskNotFoundError(this.subject, absence?.missing ?? "task", this.progress(), absence?.reason);
    return { state: "not there", error };
  }

  private planAfter(task: BackgroundTaskResult, { retryAfterMs }: TaskReply): NextLook {
    // The age is by the service's clock: a task that started long before the wait needs fewer looks than a new one.
    const serviceTimeMs = this.serviceClock.earliestAt(this.wait.clock.nowMs());
    return this.plan({
      ageMs: ageMsOf(task, serviceTimeMs) ?? this.loop.elapsedMs,
      leftMs: this.loop.leftMs,
      pastDurationsMs: this.pastDurationsMs,
      typicalMs: typicalDurationOf(task.name),
      retryAfterMs,
    });
  }

  private plan(situation: Omit<LookSituation, "bounds" | "random">): NextLook {
    return planNextLook({ bounds: this.wait.options, random: this.wait.clock.random(), ...situation });
  }

  private progress(): WaitProgress {
    return { ...this.loop.progress(), lastSeen: this.lastSeen };
  }
}
