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

function report(isWatched: boolean) {
  const clock = new PacedClock();
  const messages: [string, number, string][] = [];
  const to = (kind: string) => (message: string) => void messages.push([kind, clock.nowMs(), message]);
  const sink = { show: to("show"), keep: to("keep"), warn: to("warn"), debug: to("debug") };
  const progress = new ProgressReport(sink, isWatched, clock);
  const see = (status: string) => progress.onSeen({ taskId: "t", instanceId: "i", name: "restart", status });
  return { clock, messages, progress, see };
}

describe("the report of a wait", () => {
  it("keeps a line for each change of status and shows the time in between, one message in five seconds", async () => {
    const { clock, messages, see } = report(true);
    see("CREATED");
    await clock.pass(1000);
    see("EXECUTING");
    see("EXECUTING");
    await clock.pass(11_000);
    expect(messages).toEqual([
      ["keep", 0, "restart CREATED, 0 s"],
      ["keep", 5000, "restart EXECUTING, 5 s"],
      ["show", 10_000, "restart EXECUTING, 10 s"],
    ]);
  });

  it.each([
    [false, 1],
    [true, 0],
  ])("keeps a line every five minutes only where nobody watches (watched: %s)", async (isWatched, lines) => {
    const { clock, messages, see } = report(isWatched);
    see("EXECUTING");
    await clock.pass(300_000);
    const kept = messages.filter(([kind, atMs]) => kind === "keep" && atMs > 0);
    expect(kept).toEqual(Array.from({ length: lines }, () => ["keep", 300_000, "restart EXECUTING, 5 min"]));
  });

  it("warns of an unknown status first", () => {
    const { messages, progress, see } = report(true);
    progress.onUnknownStatus({ taskId: "t", instanceId: "i", name: "restart", status: "PAUSED" });
    see("PAUSED");
    expect(messages).toEqual([
      ["warn", 0, expect.stringContaining("restart has the unknown status PAUSED: still waiting")],
    ]);
  });

  it("says why it asks again when a request failed", () => {
    const { messages, progress } = report(true);
    progress.onRetry(new TransientError("busy"), 2000);
    expect(messages).toEqual([["show", 0, "busy; retrying, next attempt in 2 s, 0 s"]]);
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
      ["keep", 0, expect.stringMatching(/ PAUSED9, and 90 more; .*n, and 90 more to appear, 0 s$/)],
      ["keep", 5000, expect.stringMatching(/, then restart PAUSED9, then and 90 more, 5 s$/)],
      ["warn", 10_000, expect.stringMatching(/ PAUSED9: still waiting; and 90 more$/)],
    ]);
    for (const [, , message] of messages) expect(message.length).toBeLessThan(6000);
  });

  it("says nothing of a task that had ended before, nor anything after its end", async () => {
    const { clock, messages, progress, see } = report(false);
    see("SUCCESS");
    progress.stop();
    await clock.pass(600_000);
    expect(messages).toEqual([]);
  });
});

describe("the debug log", () => {
  it("tells those who debug when the next look comes, and why then", () => {
    const { messages, progress } = report(true);
    progress.onPlanned({ delayMs: 1234, reason: "3 past runs, 3 s give or take 30 %" });
    expect(messages).toEqual([["debug", 0, "the next look comes in 1.23 s: 3 past runs, 3 s give or take 30 %"]]);
  });
});
