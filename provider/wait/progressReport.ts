import { type Clock, systemClock } from "../clock/clock";
import { describeSeconds } from "../task/descriptions";
import type { TransientError } from "../task/errors";
import type { NextLook } from "../schedule/schedule";
import { quote } from "../output/secrets";
import { shortList } from "../task/shortList";
import type { BackgroundTaskResult } from "../task/task";
import { isTerminal } from "../task/taskStatus";
import { hasFailed } from "../task/verdict";
import type { WaitListener } from "./waiter";
import * as fs from "node:fs";

/** Where the messages of one wait go. */
export interface ProgressSink {
  /** Replaces the last such message on the row, and disappears when the update ends. */
  show(message: string): void | Promise<void>;
  /** Stays: the CLI repeats it below the rows when the update has ended. */
  keep(message: string): void | Promise<void>;
  /** Stays, as a warning. */
  warn(message: string): void | Promise<void>;
  /** For debug logging. */
  debug(message: string): void | Promise<void>;
  /** Whether the row itself counts the seconds: "creating (5s)". */
  readonly countsSeconds?: boolean;
  /** Whether somebody sees what is only shown. Default: whether this process has a terminal and is no CI job. */
  readonly isWatched?: boolean;
}

const tickMs = 5000;
const heartbeatMs = 5 * 60_000;

/**
 * Reports a wait: at most one message in five seconds. What is in progress is shown on the row alone, because the CLI
 * repeats messages that stay, and there it would read as unfinished. The outcome stays, if there was something to wait
 * for. If nobody watches a terminal, a line every five minutes shows that the job is alive.
 */
export class ProgressReport implements WaitListener {
  private readonly stopped = new AbortController();
  private readonly startedMs: number;
  private readonly changes: string[] = [];
  private readonly warnings: string[] = [];
  private sentMs = -Infinity;
  private sentTopic?: string;
  private latest?: { topic: string; text: string };
  private outcome?: { text: string; stays: boolean };
  private hasWaited = false;

  constructor(
    private readonly sink: ProgressSink,
    private readonly isWatched: boolean,
    private readonly clock: Clock,
    /** A caller who wants to know of each look at a task. */
    private readonly onProgress: (task: BackgroundTaskResult) => void = () => undefined,
  ) {
    this.startedMs = clock.nowMs();
  }

  onSeen(task: BackgroundTaskResult): void {
    this.onProgress(task);
    if (isTerminal(task.status, task.service)) {
      this.endWith(describeOutcome(task), [task]);
      return;
    }
    this.hasWaited = true;
    this.outcome = undefined;
    this.change(describeStanding(task));
  }

  onUnknownStatus(task: BackgroundTaskResult): void {
    this.warnings.push(`${nameOf(task)} has the unknown status ${quote(task.status ?? "")}: still waiting`);
  }

  onPass(inProgress: BackgroundTaskResult[], expected: string[]): void {
    inProgress.forEach((task) => this.onProgress(task));
    const waitedFor = [
      ...(inProgress.length > 0 ? [shortList(inProgress, describeStanding)] : []),
      ...(expected.length > 0 ? [`${shortList(expected, quote)} to appear`] : []),
    ].join("; ");
    if (waitedFor) {
      this.hasWaited = true;
      this.change(`waiting for ${waitedFor}`);
    } else {
      this.say("nothing in progress, waiting for it to stay quiet");
    }
  }

  onInstanceStatus(status: string | undefined): void {
    const word = quote(status ?? "") || "missing";
    this.hasWaited = true;
    this.change(`waiting for the instance to be RUNNING, its status is ${word}`);
  }

  onQuiet(tasks: BackgroundTaskResult[]): void {
    this.endWith(`quiet: ${shortList(tasks, describeOutcome) || "no task was in progress"}`, tasks);
  }

  onSearch(name: string): void {
    this.say(`looking for a task named ${quote(name)}`);
  }

  onFound({ taskId }: BackgroundTaskResult): void {
    this.outcome = { text: `found task ${quote(taskId)}`, stays: false };
  }

  onWarning(message: string): void {
    this.warnings.push(message);
  }

  onPlanned({ delayMs, reason }: NextLook): void {
    void this.sink.debug(`the next look comes in ${(delayMs / 1000).toFixed(2)} s: ${reason}`);
  }

  onRetry(error: TransientError, delayMs: number): void {
    const text = `${error.message}; retrying, next attempt in ${describeSeconds(delayMs / 1000)}`;
    this.say(text, error.message);
  }

  /** Ends the report: sends warnings and the outcome, and returns when they have arrived. */
  async stop(): Promise<void> {
    this.stopped.abort();
    this.sendWarnings();
    if (this.outcome) {
      const { text, stays } = this.outcome;
      await (stays ? this.sink.keep(text) : this.sink.show(text));
    }
  }

  private endWith(text: string, tasks: BackgroundTaskResult[]): void {
    // A failure is an error or accepted: an error repeats it.
    this.outcome = { text, stays: this.hasWaited && !tasks.some(hasFailed) };
  }

  /** Says something new, even if it is over before the next message. */
  private change(text: string): void {
    if (this.latest?.text !== text) {
      this.changes.push(text);
    }
    this.say(text);
  }

  /** Says what is going on. Texts of the same topic differ in details that are not worth a line of a log. */
  private say(text: string, topic = text): void {
    const isFirst = this.latest === undefined;
    this.latest = { topic, text };
    if (isFirst) {
      void this.tick();
    }
  }

  private async tick(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      this.sendOne(this.latest!);
      await this.clock.sleep(tickMs, this.stopped.signal).catch(() => undefined);
    }
  }

  private sendOne({ topic, text }: { topic: string; text: string }): void {
    if (this.sendWarnings()) {
      return;
    }
    const isNew = topic !== this.sentTopic || this.changes.length > 0;
    const isOverdue = this.isWatched ? !this.sink.countsSeconds : this.clock.nowMs() - this.sentMs >= heartbeatMs;
    if (isNew || isOverdue) {
      const message = shortList(this.changes.splice(0), String, ", then ") || text;
      this.sentMs = this.clock.nowMs();
      this.sentTopic = topic;
      void this.sink.show(this.sink.countsSeconds ? message : `${message}, ${this.elapsed()}`);
    }
  }

  private sendWarnings(): boolean {
    if (this.warnings.length === 0) {
      return false;
    }
    void this.sink.warn(shortList(this.warnings.splice(0), String, "; "));
    // The warning is on the row now: the next message restores it.
    this.sentTopic = undefined;
    return true;
  }

  private elapsed(): string {
    return describeSeconds((this.clock.nowMs() - this.startedMs) / 1000);
  }
}

function nameOf({ name }: BackgroundTaskResult): string {
  return quote(name ?? "background task");
}

function describeStanding(task: BackgroundTaskResult): string {
  return `${nameOf(task)} ${quote(task.status ?? "") || "without a status"}`;
}

/** The status at the end, and how long the task took by the service's own times. */
function describeOutcome(task: BackgroundTaskResult): string {
  const { durationSeconds } = task;
  const duration = durationSeconds === undefined ? "" : ` after ${describeSeconds(durationSeconds)}`;
  return `${describeStanding(task)}${duration}`;
}

/** Reports a wait while it lasts. */
export async function withProgressOn<T>(
  sink: ProgressSink,
  wait: (listener: WaitListener) => Promise<T>,
  onProgress?: (task: BackgroundTaskResult) => void,
): Promise<T> {
  const report = new ProgressReport(sink, sink.isWatched ?? isWatched(), systemClock, onProgress);
  try {
    return await wait(report);
  } finally {
    await report.stop();
  }
}

/**
 * Whether somebody watches a terminal. The output of this process goes to the engine, so all it can check is that it is
 * no CI job and that it has a controlling terminal.
 */
function isWatched(env: NodeJS.ProcessEnv = process.env): boolean {
  if (env["CI"]) {
    return false;
  }
  if (process.platform === "win32") {
    return true;
  }
  try {
    fs.closeSync(fs.openSync("/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}
