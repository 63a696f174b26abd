import { systemClock } from "../../../../provider/clock/clock";
import type { BackgroundTaskResult } from "../../../../provider/task/task";
import { ProgressReport, withProgressOn } from "../../../../provider/wait/progressReport";
import { SteppedClock } from "../clock/steppedClock";

const task = (fields: Partial<BackgroundTaskResult> = {}) => ({ taskId: "t", instanceId: "i", ...fields });
const restart = task({ name: "restart", status: "EXECUTING" });

function recording() {
  const messages: [string, string][] = [];
  const to = (kind: string) => (message: string) => void messages.push([kind, message]);
  return { messages, sink: { show: to("show"), keep: to("keep"), warn: to("warn"), debug: to("debug") } };
}

async function said(tell: (report: ProgressReport) => void) {
  const { messages, sink } = recording();
  const report = new ProgressReport(sink, true, new SteppedClock());
  tell(report);
  await report.stop();
  return messages;
}

describe("the words of a wait's report", () => {
  it.each<[string, (report: ProgressReport) => void, [string, string][]]>([
    ["a task", (report) => report.onSeen(restart), [["show", "restart EXECUTING, 0 s"]]],
    [
      "a task without a name or a status",
      (report) => report.onSeen(task()),
      [["show", "background task without a status, 0 s"]],
    ],
    [
      "an unknown status",
      (report) => report.onUnknownStatus(task()),
      [["warn", "background task has the unknown status : still waiting"]],
    ],
    [
      "tasks in progress",
      (report) => report.onPass([restart, task()], []),
      [["show", "waiting for restart EXECUTING, background task without a status, 0 s"]],
    ],
    [
      "tasks that are expected",
      (report) => report.onPass([], ["resize", "restart"]),
      [["show", "waiting for resize, restart to appear, 0 s"]],
    ],
    [
      "both",
      (report) => report.onPass([restart], ["resize"]),
      [["show", "waiting for restart EXECUTING; resize to appear, 0 s"]],
    ],
    [
      "neither",
      (report) => report.onPass([], []),
      [["show", "nothing in progress, waiting for it to stay quiet, 0 s"]],
    ],
    [
      "an instance that is quiet, but not RUNNING",
      (report) => report.onInstanceStatus("RESTARTING"),
      [["show", "waiting for the instance to be RUNNING, its status is RESTARTING, 0 s"]],
    ],
    [
      "an instance without a status",
      (report) => report.onInstanceStatus(undefined),
      [["show", "waiting for the instance to be RUNNING, its status is missing, 0 s"]],
    ],
    ["a search", (report) => report.onSearch("restart"), [["show", "looking for a task named restart, 0 s"]]],
    ["a warning", (report) => report.onWarning("odd"), [["warn", "odd"]]],
    [
      "a change within five seconds, which the row has just shown",
      (report) => {
        report.onSearch("restart");
        report.onSeen(restart);
      },
      [["show", "looking for a task named restart, 0 s"]],
    ],
    [
      "a warning within five seconds",
      (report) => {
        report.onSearch("restart");
        report.onWarning("odd");
      },
      [
        ["show", "looking for a task named restart, 0 s"],
        ["warn", "odd"],
      ],
    ],
  ])("%s", async (_what, tell, messages) => {
    await expect(said(tell)).resolves.toEqual(messages);
  });

  it("says the same of the same tasks once", async () => {
    const { messages, sink } = recording();
    const clock = new SteppedClock();
    const report = new ProgressReport(sink, true, clock);
    report.onPass([restart], []);
    await clock.pass(5000);
    report.onPass([restart], []);
    await clock.pass(5000);
    expect(messages.map(([kind]) => kind)).toEqual(["show", "show", "show"]);
  });

  it("tells the caller of each task", async () => {
    const seen: BackgroundTaskResult[] = [];
    const report = new ProgressReport(recording().sink, true, new SteppedClock(), (one) => seen.push(one));
    report.onSeen(restart);
    report.onPass([restart, task()], []);
    await report.stop();
    expect(seen).toEqual([restart, restart, task()]);
  });
});

describe("a line every five minutes", () => {
  const given = { ...process.env };
  afterEach(() => {
    process.env = { ...given };
    jest.restoreAllMocks();
  });

  /** The lines of six minutes in which nothing changes. */
  async function lines(): Promise<string[]> {
    const { messages, sink } = recording();
    let nowMs = 0;
    jest.spyOn(systemClock, "nowMs").mockImplementation(() => nowMs);
    jest.spyOn(systemClock, "sleep").mockImplementation(async (ms) => void (nowMs += ms));
    await withProgressOn(sink, async (listener) => {
      listener.onSeen?.(restart);
      while (nowMs < 360_000) await Promise.resolve();
    });
    return messages.map(([, message]) => message);
  }
  const change = "restart EXECUTING, 0 s";
  const alive = "restart EXECUTING, 5 min";

  it("shows in a CI job that it is alive", async () => {
    process.env["CI"] = "true";
    expect(await lines()).toEqual([change, alive]);
  });

  it("is not waited for on Windows, where somebody is taken to watch the seconds", async () => {
    delete process.env["CI"];
    const platform = Object.getOwnPropertyDescriptor(process, "platform")!;
    Object.defineProperty(process, "platform", { ...platform, value: "win32" });
    try {
      expect((await lines()).slice(0, 2)).toEqual([change, "restart EXECUTING, 5 s"]);
    } finally {
      Object.defineProperty(process, "platform", platform);
    }
  });
});
