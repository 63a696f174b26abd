import type { Clock } from "../../../../provider/clock/clock";
import { TransientError } from "../../../../provider/task/errors";
import { ProgressReport } from "../../../../provider/wait/progressReport";

/** A clock whose sleeps end when the test lets time pass. */
class PacedClock implements Clock {
  private time = 0;
  private wake?: { atMs: number; resolve: () => void };
  nowMs = () => this.time;
  epochMs = () => this.time;
  random = () => 0.5;
  sleep = (ms: number) => new Promise<void>((resolve) => (this.wake = { atMs: this.time + ms, resolve }));

  async pass(ms: number): Promise<void> {
    const untilMs = this.time + ms;
    while (this.wake && this.wake.atMs <= untilMs) {
      const { atMs, resolve } = this.wake;
      this.wake = undefined;
      this.time = atMs;
      resolve();
      await new Promise(setImmediate);
    }
    this.time = untilMs;
  }
}

/** A report to a row that counts the seconds itself, as a resource's does, unless `countsSeconds` is false. */
function report(isWatched: boolean, countsSeconds = true) {
  const clock = new PacedClock();
  const messages: [string, number, string][] = [];
  const to = (kind: string) => (message: string) => void messages.push([kind, clock.nowMs(), message]);
  const sink = { show: to("show"), keep: to("keep"), warn: to("warn"), debug: to("debug"), countsSeconds };
  const progress = new ProgressReport(sink, isWatched, clock);
  const task = (status: string, name = "restart") => ({ taskId: "t", instanceId: "i", name, status });
  const see = (status: string, durationSeconds?: number) => progress.onSeen({ ...task(status), durationSeconds });
  return { clock, messages, progress, task, see };
}

describe("the report of a wait", () => {
  it("shows each change of status, one message in five seconds, and nothing between", async () => {
    const { clock, messages, see } = report(true);
    see("CREATED");
    await clock.pass(1000);
    see("WAITING");
    see("EXECUTING");
    see("EXECUTING");
    await clock.pass(30_000);
    expect(messages).toEqual([
      ["show", 0, "restart CREATED"],
      ["show", 5000, "restart WAITING, then restart EXECUTING"],
    ]);
  });

  it("shows the elapsed time on a row that does not, if somebody watches", async () => {
    const { clock, messages, see } = report(true, false);
    see("EXECUTING");
    await clock.pass(11_000);
    expect(messages).toEqual([
      ["show", 0, "restart EXECUTING, 0 s"],
      ["show", 5000, "restart EXECUTING, 5 s"],
      ["show", 10_000, "restart EXECUTING, 10 s"],
    ]);
  });

  it.each([
    [false, true, ["restart EXECUTING"]],
    [false, false, ["restart EXECUTING, 5 min"]],
    [true, true, []],
  ])(
    "says that it is alive every five minutes only where nobody watches (watched: %s, counted by the row: %s)",
    async (isWatched, countsSeconds, lines) => {
      const { clock, messages, see } = report(isWatched, countsSeconds);
      see("EXECUTING");
      await clock.pass(300_000);
      expect(messages.slice(1)).toEqual(lines.map((line) => ["show", 300_000, line]));
    },
  );

  it("warns of an unknown status first, and then shows it", async () => {
    const { clock, messages, progress, task, see } = report(true);
    progress.onUnknownStatus(task("PAUSED"));
    see("PAUSED");
    await clock.pass(5000);
    expect(messages).toEqual([
      ["warn", 0, expect.stringContaining("restart has the unknown status PAUSED: still waiting")],
      ["show", 5000, "restart PAUSED"],
    ]);
  });

  it("says why it asks again when a request failed, and in a log only once", async () => {
    const { clock, messages, progress } = report(false);
    progress.onRetry(new TransientError("busy"), 2000);
    await clock.pass(3000);
    progress.onRetry(new TransientError("busy"), 4000);
    await clock.pass(7000);
    expect(messages).toEqual([["show", 0, "busy; retrying, next attempt in 2 s"]]);
  });

  it("names at most ten tasks, changes or warnings in a line, however many there are", async () => {
    const { clock, messages, progress, see } = report(true);
    const many = Array.from({ length: 100 }, (_, i) => ({
      taskId: `t${i}`,
      instanceId: "i",
      name: "n".repeat(256),
      status: `PAUSED${i}`,
    }));
    progress.onPass(
      many,
      many.map(({ name }) => name),
    );
    many.forEach(({ status }) => see(status));
    await clock.pass(5000);
    many.forEach((task) => progress.onUnknownStatus(task));
    await clock.pass(5000);
    expect(messages).toEqual([
      ["show", 0, expect.stringMatching(/ PAUSED9, and 90 more; .*n, and 90 more to appear$/)],
      ["show", 5000, expect.stringMatching(/, then restart PAUSED9, then and 90 more$/)],
      ["warn", 10_000, expect.stringMatching(/ PAUSED9: still waiting; and 90 more$/)],
    ]);
    for (const [, , message] of messages) expect(message.length).toBeLessThan(6000);
  });

  it("is restored after a warning", async () => {
    const { clock, messages, progress, see } = report(true);
    see("EXECUTING");
    progress.onWarning("two tasks");
    await clock.pass(15_000);
    expect(messages).toEqual([
      ["show", 0, "restart EXECUTING"],
      ["warn", 5000, "two tasks"],
      ["show", 10_000, "restart EXECUTING"],
    ]);
  });
});

describe("the end of a report", () => {
  it("keeps the outcome of what it waited for, with the time that the task took", async () => {
    const { clock, messages, progress, see } = report(false);
    see("EXECUTING");
    await clock.pass(7000);
    see("SUCCESS", 6.9993);
    await progress.stop();
    await clock.pass(600_000);
    expect(messages).toEqual([
      ["show", 0, "restart EXECUTING"],
      ["keep", 7000, "restart SUCCESS after 7 s"],
    ]);
  });

  it("only shows the outcome of a task that had ended before, or has failed, which the error says", async () => {
    const before = report(false);
    before.see("SUCCESS");
    await before.progress.stop();
    expect(before.messages).toEqual([["show", 0, "restart SUCCESS"]]);

    const failed = report(false);
    failed.see("EXECUTING");
    failed.see("FAILED", 3);
    await failed.progress.stop();
    expect(failed.messages.at(-1)).toEqual(["show", 0, "restart FAILED after 3 s"]);
  });

  it("leaves the last status on the row of a wait that did not finish, and sends what it has to warn of", async () => {
    const { messages, progress, see } = report(true);
    see("EXECUTING");
    progress.onWarning("two tasks");
    await progress.stop();
    expect(messages).toEqual([
      ["show", 0, "restart EXECUTING"],
      ["warn", 0, "two tasks"],
    ]);
  });

  it("says of a search what it found, unless the wait that follows does not finish", async () => {
    const search = report(true);
    search.progress.onSearch("restart");
    search.progress.onFound(search.task("EXECUTING"));
    await search.progress.stop();
    expect(search.messages).toEqual([
      ["show", 0, "looking for a task named restart"],
      ["show", 0, "found task t"],
    ]);

    const both = report(true);
    both.progress.onFound(both.task("EXECUTING"));
    both.see("EXECUTING");
    await both.progress.stop();
    expect(both.messages).toEqual([["show", 0, "restart EXECUTING"]]);
  });

  it("says of a barrier what it waited for", async () => {
    const { clock, messages, progress, task } = report(true);
    progress.onPass([task("EXECUTING")], ["resize"]);
    await clock.pass(5000);
    progress.onPass([], []);
    await clock.pass(5000);
    progress.onQuiet([{ ...task("SUCCESS"), durationSeconds: 4 }, task("SUCCESS", "resize")]);
    await progress.stop();
    expect(messages).toEqual([
      ["show", 0, "waiting for restart EXECUTING; resize to appear"],
      ["show", 10_000, "nothing in progress, waiting for it to stay quiet"],
      ["keep", 10_000, "quiet: restart SUCCESS after 4 s, resize SUCCESS"],
    ]);
  });

  it("keeps nothing of a barrier that had nothing to wait for", async () => {
    const { messages, progress } = report(true);
    progress.onPass([], []);
    progress.onQuiet([]);
    await progress.stop();
    expect(messages.at(-1)).toEqual(["show", 0, "quiet: no task was in progress"]);
  });

  it("returns when the outcome has arrived", async () => {
    let arrive = () => {};
    const shown = new Promise<void>((resolve) => (arrive = resolve));
    const sink = { show: () => shown, keep: () => shown, warn: () => undefined, debug: () => undefined };
    const progress = new ProgressReport(sink, true, new PacedClock());
    progress.onSeen({ taskId: "t", instanceId: "i", name: "restart", status: "SUCCESS" });
    let hasStopped = false;
    const stopped = progress.stop().then(() => (hasStopped = true));
    await new Promise(setImmediate);
    expect(hasStopped).toBe(false);
    arrive();
    await stopped;
  });
});

describe("the debug log", () => {
  it("tells those who debug when the next look comes, and why then", () => {
    const { messages, progress } = report(true);
    progress.onPlanned({ delayMs: 1234, reason: "3 past runs, 3 s give or take 30 %" });
    expect(messages).toEqual([["debug", 0, "the next look comes in 1.23 s: 3 past runs, 3 s give or take 30 %"]]);
  });
});
