import { type Clock, systemClock } from "../clock/clock";
import { describeSeconds } from "../task/descriptions";
import type { TransientError } from "../task/errors";
import type { NextLook } from "../schedule/schedule";
import { quote } from "../output/secrets";
import { shortList } from "../task/shortList";
import type { BackgroundTaskResult } from "../task/task";
import { isTerminal } from "../task/taskStatus";
import type { WaitListener } from "./waiter";
import * as fs from "node:fs";

/** Where the messages of one wait go. */
export interface ProgressSink {
  /** Replaces the last such message on the row, and disappears when the operation ends. */
  show(message: string): void;
  /** Stays in the log. */
  keep(message: string): void;
  /** Stays in the log, as a warning. */
  warn(message: string): void;
  /** For debug logging. */
  debug(message: string): void;
  /** Whether somebody sees what is only shown. Default: whether this process has a terminal and is no CI job. */
  isWatched?: boolean;
}

const tickMs = 5000;
const heartbeatMs = 5 * 60_000;

/**
 * Reports a wait: at most one message in five seconds. A change of status stays in the log; between changes the row shows
 * the elapsed time. If nobody watches a terminal, a line every five minutes shows that the job is alive.
 */
export class ProgressReport implements WaitListener {
  private readonly stopped = new AbortController();
  private readonly startedMs: number;
  private readonly kept: string[] = [];
  private readonly warnings: string[] = [];
  private lastKeptMs: number;
  private lastSentMs = -Infinity;
  private status?: string;
  private latest?: () => string;

  constructor(
    private readonly sink: ProgressSink,
    private readonly isWatched: boolean,
    private readonly clock: Clock,
    /** A caller who wants to know of each look at a task. */
    private readonly onProgress: (task: BackgroundTaskResult) => void = () => undefined,
  ) {
    this.startedMs = this.lastKeptMs = clock.nowMs();
  }

  onSeen(task: BackgroundTaskResult): void {
    this.onProgress(task);
    const name = quote(task.name ?? "background task");
    const status = quote(task.status ?? "") || "without a status";
    if (this.status === undefined && isTerminal(task.status, task.service)) {
      // It had ended before the wait started: the row itself is enough.
      return;
    }
    if (this.status !== status) {
      this.status = status;
      this.kept.push(`${name} ${status}`);
    }
    this.say(() => `${name} ${status}, ${this.elapsed()}`);
  }

  onUnknownStatus(task: BackgroundTaskResult): void {
    this.warnings.push(
      `${quote(task.name ?? "background task")} has the unknown status ${quote(task.status ?? "")}: still waiting`,
    );
  }

  onPass(inProgress: BackgroundTaskResult[], expected: string[]): void {
    inProgress.forEach((task) => this.onProgress(task));
    const describe = ({ name, status }: BackgroundTaskResult) =>
      `${quote(name ?? "background task")} ${quote(status ?? "")}`.trim();
    const waitedFor = [
      ...(inProgress.length > 0 ? [shortList(inProgress, describe)] : []),
      ...(expected.length > 0 ? [`${shortList(expected, quote)} to appear`] : []),
    ].join("; ");
    if (waitedFor) {
      this.tell(`waiting for ${waitedFor}`);
    } else {
      this.say(() => `nothing in progress, waiting for it to stay quiet, ${this.elapsed()}`);
    }
  }

  onInstanceStatus(status: string | undefined): void {
    const word = quote(status ?? "") || "missing";
    this.tell(`waiting for the instance to be RUNNING, its status is ${word}`);
  }

  onSearch(name: string): void {
    this.say(() => `looking for a task named ${quote(name)}, ${this.elapsed()}`);
  }

  onWarning(message: string): void {
    this.warnings.push(message);
    this.say(() => this.elapsed());
  }

  onPlanned({ delayMs, reason }: NextLook): void {
    this.sink.debug(`the next look comes in ${(delayMs / 1000).toFixed(2)} s: ${reason}`);
  }

  onRetry(error: TransientError, delayMs: number): void {
    this.say(() => `${error.message}; retrying, next attempt in ${describeSeconds(delayMs / 1000)}, ${this.elapsed()}`);
  }

  /** Ends the report. It still sends warnings, and a last change of status unless the row has just shown something. */
  stop(): void {
    this.stopped.abort();
    const hasJustSpoken = this.clock.nowMs() - this.lastSentMs < tickMs;
    if (this.warnings.length > 0 || (this.kept.length > 0 && !hasJustSpoken)) {
      this.sendOne();
    }
  }

  /** Shows a message; when it changes, it stays in the log. */
  private tell(message: string): void {
    if (this.status !== message) {
      this.status = message;
      this.kept.push(message);
    }
    this.say(() => `${message}, ${this.elapsed()}`);
  }

  private say(message: () => string): void {
    const isFirst = this.latest === undefined;
    this.latest = message;
    if (isFirst) {
      void this.tick();
    }
  }

  private async tick(): Promise<void> {
    while (!this.stopped.signal.aborted) {
      this.sendOne();
      await this.clock.sleep(tickMs, this.stopped.signal).catch(() => undefined);
    }
  }

  private sendOne(): void {
    this.lastSentMs = this.clock.nowMs();
    const isOverdue = !this.isWatched && this.clock.nowMs() - this.lastKeptMs >= heartbeatMs;
    if (this.warnings.length > 0) {
      this.sink.warn(shortList(this.warnings.splice(0), String, "; "));
    } else if (this.kept.length > 0 || isOverdue) {
      this.lastKeptMs = this.clock.nowMs();
      this.sink.keep(
        this.kept.length > 0
          ? `${shortList(this.kept.splice(0), String, ", then ")}, ${this.elapsed()}`
          : this.latest!(),
      );
    } else {
      this.sink.show(this.latest!());
    }
  }

  private elapsed(): string {
    return describeSeconds((this.clock.nowMs() - this.startedMs) / 1000);
  }
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
    report.stop();
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
