import type { ShowTask, TaskReply } from "../../../../provider/service/client";
import type { RequestBounds } from "../../../../provider/http/exchange";
import {
  OutcomeUnknownError,
  RequestRefusedError,
  TaskNotFoundError,
  TransientError,
  UnknownStatusError,
  WaitTimedOutError,
} from "../../../../provider/task/errors";
import { resultOf } from "../../../../provider/wait/outcome";
import { waitForTask, type WaitListener, type WaitOptions } from "../../../../provider/wait/waiter";
import { ManualClock } from "../clock/manualClock";

const subject = { instanceId: "instance", taskId: "task" };
const defaults: WaitOptions = {
  wait: true,
  timeoutMs: 60_000,
  appearTimeoutMs: 10_000,
  minDelayMs: 500,
  maxDelayMs: 10_000,
};

const seen = (status: string | undefined, more: Partial<TaskReply> = {}): TaskReply => ({
  task: { ...subject, name: "restart", status },
  projectId: "project",
  ...more,
});
const absent: TaskReply = { absence: { missing: "task" }, projectId: "project" };
const busy = () => new TransientError("busy", { httpStatus: 503 });

/** Runs a wait whose looks show what the script says; its last entry goes on for ever. */
function wait(script: (TaskReply | Error)[], options: Partial<WaitOptions> = {}, listener: WaitListener = {}) {
  const clock = new ManualClock();
  const startedMs = clock.nowMs();
  const looks: (RequestBounds & { atMs: number })[] = [];
  const showTask: ShowTask = async (_subject, bounds) => {
    looks.push({ ...bounds, atMs: clock.nowMs() - startedMs });
    const next = script.length > 1 ? script.shift()! : script[0]!;
    if (next instanceof Error) {
      throw next;
    }
    return next;
  };
  const result = waitForTask({ showTask, subject, options: { ...defaults, ...options }, clock, listener }).then(
    resultOf,
  );
  return { result, looks, clock };
}

describe("a wait", () => {
  it.each(["SUCCESS", "FAILED", "DELETED", "CANCELLED"])("ends as soon as the status is %s", async (status) => {
    const { result, looks } = wait([seen("CREATED"), seen(undefined), seen(status)]);
    await expect(result).resolves.toMatchObject({ status });
    expect(looks).toHaveLength(3);
  });

  it("looks once with wait: false, whatever that shows", async () => {
    const { result, looks } = wait([seen("EXECUTING")], { wait: false });
    await expect(result).resolves.toMatchObject({ status: "EXECUTING" });
    expect(looks).toHaveLength(1);
  });

  it("does not wait for a task to appear with wait: false", async () => {
    await expect(wait([absent], { wait: false }).result).rejects.toThrow(TaskNotFoundError);
  });

  it("looks a last time at the deadline, then fails with what it knows", async () => {
    const { result, looks } = wait([seen("EXECUTING")]);
    await expect(result).rejects.toThrow(WaitTimedOutError);
    await expect(result).rejects.toMatchObject({
      subject,
      progress: { elapsedSeconds: 60, looks: looks.length, lastSeen: { status: "EXECUTING" } },
    });
    expect(looks.at(-1)!.atMs).toBe(60_000);
  });

  it("gives no request more than ten seconds, nor more than one beyond the deadline", async () => {
    const { result, looks } = wait([seen("EXECUTING")]);
    await expect(result).rejects.toThrow();
    expect(looks[0]!.timeoutMs).toBe(10_000);
    looks.forEach(({ atMs, timeoutMs }) => expect(atMs + timeoutMs).toBeLessThanOrEqual(61_000));
    expect(looks.at(-1)!.timeoutMs).toBe(1000);
  });

  it("looks less often at a task that it met halfway, by the service's clock", async () => {
    const task = { ...subject, status: "EXECUTING", createdAt: "2026-01-01T00:00:00.000Z" };
    const serviceTimeMs = Date.parse("2026-01-01T00:01:00Z");
    const { result, clock } = wait([{ task, serviceTimeMs, projectId: "project" }, seen("SUCCESS")]);
    await result;
    expect(clock.sleeps).toHaveLength(1);
    expect(clock.sleeps[0]).toBeGreaterThan(5000);
  });

  it("takes a task for as old as the wait where the time of its start names no zone", async () => {
    const task = { ...subject, status: "EXECUTING", createdAt: "2025-12-30T00:00:00.000" };
    const serviceTimeMs = Date.parse("2026-01-01T00:00:00Z");
    const { result, clock } = wait([{ task, serviceTimeMs, projectId: "project" }, seen("SUCCESS")]);
    await result;
    expect(clock.sleeps).toEqual([950]);
  });

  it("asks most often about the time when the past runs that a look listed had ended", async () => {
    const serviceStartMs = Date.parse("2026-01-01T00:00:00Z");
    const name = "restart";
    const task = { ...subject, name, status: "EXECUTING", createdAt: "2026-01-01T00:00:00.000Z" };
    const past = { ...subject, name, status: "SUCCESS", createdAt: "2025-12-31T00:00:00.000Z" };
    const listed = [task, ...["38.5", "40", "41"].map((s) => ({ ...past, updatedAt: `2025-12-31T00:00:${s}Z` }))];
    const looks = async (more: Partial<TaskReply>) => {
      const { result, clock } = wait([
        { task, serviceTimeMs: serviceStartMs, projectId: "project", ...more },
        seen(""),
      ]);
      await expect(result).rejects.toThrow(WaitTimedOutError);
      let atMs = 0;
      return clock.sleeps.map((ms) => (atMs += ms)).filter((ms) => ms > 36_000 && ms < 44_000).length;
    };
    expect(await looks({ listed })).toBeGreaterThan(2 * (await looks({})));
  });

  it("says of each look why it comes then", async () => {
    const reasons: string[] = [];
    const { result } = wait(
      [seen("EXECUTING")],
      { timeoutMs: 3000 },
      { onPlanned: (next) => reasons.push(next.reason) },
    );
    await expect(result).rejects.toThrow(WaitTimedOutError);
    expect(reasons[1]).toBe("nothing known of its duration");
    expect(reasons.at(-1)).toBe("nothing known of its duration; the deadline");
  });

  it("warns once of each unknown status, waits on, and names it at the deadline", async () => {
    const words: unknown[] = [];
    const listener = { onUnknownStatus: ({ status }: { status?: string }) => void words.push(status) };
    const { result } = wait([seen("PAUSED"), seen("PAUSED"), seen("HELD"), seen("PAUSED")], {}, listener);
    await expect(result).rejects.toThrow(UnknownStatusError);
    await expect(result).rejects.toThrow("its last status was PAUSED, which is unknown");
    expect(words).toEqual(["PAUSED", "HELD"]);
  });

  it("ends at once when it is aborted", async () => {
    const abort = new AbortController();
    const clock = new ManualClock();
    const showTask: ShowTask = async () => {
      abort.abort(new Error("given up"));
      return seen("EXECUTING");
    };
    const outcome = await waitForTask({ showTask, subject, options: defaults, clock, signal: abort.signal });
    expect(() => resultOf(outcome)).toThrow("given up");
    expect(clock.sleeps).toEqual([]);
  });

  it("that is unfinished hands on the task as last seen", async () => {
    const showTask: ShowTask = async () => seen("EXECUTING");
    const outcome = await waitForTask({ showTask, subject, options: defaults, clock: new ManualClock() });
    expect(outcome).toMatchObject({ state: "unfinished", found: { ...subject, status: "EXECUTING" } });
  });

  it("does not pass a defect off as an outcome", async () => {
    const showTask: ShowTask = async () => undefined as never;
    await expect(waitForTask({ showTask, subject, options: defaults, clock: new ManualClock() })).rejects.toThrow(
      TypeError,
    );
  });
});

describe("a task that is not there", () => {
  it("may appear within the window", async () => {
    await expect(wait([absent, absent, seen("SUCCESS")]).result).resolves.toMatchObject({ status: "SUCCESS" });
  });

  it.each(["task", "instance"] as const)("is an error that names the missing %s after the window", async (missing) => {
    const { result, looks } = wait([{ absence: { missing }, projectId: "project" }]);
    await expect(result).rejects.toThrow(TaskNotFoundError);
    await expect(result).rejects.toMatchObject({ missing });
    expect(looks.at(-1)!.atMs).toBe(10_000);
  });

  it("is an error at once without a window", async () => {
    const { result, looks } = wait([absent], { appearTimeoutMs: 0 });
    await expect(result).rejects.toThrow(TaskNotFoundError);
    expect(looks).toHaveLength(1);
  });

  it("is not given up for the time in which the service did not answer", async () => {
    const outage = Array.from({ length: 8 }, busy);
    const { result, clock } = wait([absent, ...outage, absent, seen("SUCCESS")], { appearTimeoutMs: 2000 });
    await expect(result).resolves.toMatchObject({ status: "SUCCESS" });
    expect(clock.sleeps.reduce((sum, ms) => sum + ms)).toBeGreaterThan(2000);
  });

  it.each([
    ["in this wait", [seen("EXECUTING"), absent], {}],
    ["in an earlier, interrupted one", [absent], { lastSeen: { ...subject, status: "EXECUTING" } }],
  ])(
    "after it was seen in progress %s is an unknown outcome, after the same window",
    async (_when, script, options) => {
      const { result } = wait(script, options);
      await expect(result).rejects.toThrow(OutcomeUnknownError);
    },
  );
});

describe("a request that fails", () => {
  it("for a while is repeated until the deadline, at growing and jittered intervals", async () => {
    const { result, looks, clock } = wait([busy()], { timeoutMs: 20_000 });
    await expect(result).rejects.toThrow(WaitTimedOutError);
    await expect(result).rejects.toThrow("the last request failed: busy");
    expect(clock.sleeps.slice(0, 4)).toEqual([375, 750, 1500, 3000]);
    expect(looks.at(-1)!.atMs).toBe(20_000);
  });

  it("keeps away as long as the service asks, but never past the deadline", async () => {
    const throttled = new TransientError("slow down", { retryAfterMs: 7000 });
    const { result, clock } = wait([throttled, throttled, seen("EXECUTING")], { timeoutMs: 10_000 });
    await expect(result).rejects.toThrow(WaitTimedOutError);
    expect(clock.sleeps.slice(0, 2)).toEqual([7000, 3000]);
  });

  it("for good ends the wait at once, as the error that it is, with what the wait knows", async () => {
    const refused = new RequestRefusedError("no", { httpStatus: 403, code: "DMS.00403002" });
    const { result } = wait([seen("EXECUTING"), refused]);
    await expect(result).rejects.toThrow(RequestRefusedError);
    await expect(result).rejects.toMatchObject({
      message: "waiting for background task task of instance instance: no",
      code: "DMS.00403002",
      subject,
      progress: { looks: 2, lastSeen: { status: "EXECUTING" } },
    });
  });
});
