import type { NextLook } from "../../../../provider/schedule/schedule";
import {
  RequestRefusedError,
  TaskNotFoundError,
  TransientError,
  WaitCancelledError,
  WaitTimedOutError,
} from "../../../../provider/task/errors";
import { type Condition, LookLoop, type Sight, type Wait } from "../../../../provider/wait/lookLoop";
import { resultOf, updateCancelled } from "../../../../provider/wait/outcome";
import { ManualClock } from "../clock/manualClock";

const subject = { instanceId: "instance" };

/** A loop whose looks show what the script says; its last entry goes on for ever. */
function loopOver(script: (Sight<string> | Error)[], wait: Partial<Wait> = {}) {
  const clock = new ManualClock();
  const startedMs = clock.nowMs();
  const looksMs: number[] = [];
  const loop = new LookLoop({ options: { timeoutMs: 10_000 }, clock, ...wait });
  const condition: Condition<string, number> = {
    subject,
    look: () =>
      loop.ask(async () => {
        looksMs.push(clock.nowMs() - startedMs);
        const next = script.length > 1 ? script.shift()! : script[0]!;
        if (next instanceof Error) {
          throw next;
        }
        return next;
      }),
    timedOut: (cause) => new WaitTimedOutError(subject, loop.progress(), cause, "nothing came of it"),
    found: () => looksMs.length,
  };
  return { loop, condition, clock, looksMs };
}

const again: Sight<string> = { state: "look again", delayMs: 4000 };
const finished: Sight<string> = { state: "finished", result: "done" };
const busy = () => new TransientError("busy");

describe("a loop", () => {
  it("that is aborted is unfinished with the signal's reason, or as a cancelled wait, with what was seen until then", async () => {
    const lastSeen = { instanceId: "instance", taskId: "task", name: "restart", status: "EXECUTING" };
    const causeAfter = async (reason: Error, seen: Partial<Condition<string, number>>) => {
      const abort = new AbortController();
      const { loop, condition, looksMs } = loopOver([again], { signal: abort.signal });
      const look = async () => {
        if (looksMs.length === 1) {
          abort.abort(reason);
        }
        return condition.look();
      };
      const outcome = await loop.run({ ...condition, ...seen, look });
      return "cause" in outcome && outcome.cause;
    };
    const reason = new Error("no longer wanted");
    expect(await causeAfter(reason, {})).toBe(reason);
    const cancelled = await causeAfter(updateCancelled, { lastSeen });
    expect(cancelled).toBeInstanceOf(WaitCancelledError);
    expect(cancelled).toMatchObject({
      message:
        "waiting for background task restart (id task) of instance instance: cancelled after 4 s; last status EXECUTING; the next update resumes the wait",
      progress: { elapsedSeconds: 4, looks: 1, lastSeen },
      subject,
    });
    const messageAfter = async (seen: object) => ((await causeAfter(updateCancelled, seen)) as Error).message;
    expect(await messageAfter({ standing: "in progress: two" })).toContain("4 s; in progress: two; the next update");
    expect(await messageAfter({})).toContain("cancelled after 4 s; the next update");
    expect(await messageAfter({ lastSeen: { ...lastSeen, status: undefined } })).toContain("; last status missing; ");
  });

  it("looks at once, and again after each delay, until a look shows the result", async () => {
    const { loop, condition, looksMs } = loopOver([again, { ...again, delayMs: 500 }, finished]);
    expect(await loop.run(condition)).toEqual(finished);
    expect(looksMs).toEqual([0, 4000, 4500]);
  });

  it("looks a last time at the deadline", async () => {
    const { loop, condition, looksMs } = loopOver([again]);
    const outcome = await loop.run(condition);
    expect(looksMs).toEqual([0, 4000, 8000, 10_000]);
    expect(outcome).toMatchObject({
      state: "unfinished",
      cause: { progress: { elapsedSeconds: 10, looks: 4 } },
      found: 4,
    });
    expect(outcome).toHaveProperty("cause", expect.any(WaitTimedOutError));
  });

  it("counts what was spent before, but always looks once", async () => {
    const rest = loopOver([again], { options: { timeoutMs: 10_000, spentMs: 7000 } });
    const outcome = await rest.loop.run(rest.condition);
    expect(rest.looksMs).toEqual([0, 3000]);
    expect(outcome).toMatchObject({ cause: { progress: { elapsedSeconds: 10, looks: 2 } } });

    const none = loopOver([finished], { options: { timeoutMs: 10_000, spentMs: 15_000 } });
    expect(await none.loop.run(none.condition)).toEqual(finished);
  });

  it("takes what the last look shows for an answer", async () => {
    const { loop, condition } = loopOver([again, again, again, finished]);
    expect(await loop.run(condition)).toEqual(finished);
  });

  it("is unfinished when what it waits for is not there", async () => {
    const error = new TaskNotFoundError(subject, "instance", { elapsedSeconds: 0, looks: 1 });
    const { loop, condition } = loopOver([again, { state: "not there", error }]);
    expect(await loop.run(condition)).toEqual({ state: "unfinished", cause: error, found: 2 });
  });

  it("tells how the last five requests failed, each kind once, and nothing if they were answered", async () => {
    const failing = (httpStatus: number) => new TransientError("busy", { httpStatus });
    const script = [again, again, busy(), failing(503), failing(503), failing(500), again, finished];
    const { loop, condition } = loopOver(script, { options: { timeoutMs: 60_000 } });
    await loop.run(condition);
    // Eight requests; the last two were answered.
    expect(loop.progress().recentFailures).toBe("2 of the last 5 requests: HTTP 503; 1: HTTP 500");

    const answered = loopOver([busy(), again, again, again, again, finished], { options: { timeoutMs: 60_000 } });
    await answered.loop.run(answered.condition);
    expect(answered.loop.progress()).not.toHaveProperty("recentFailures");
  });

  it("repeats a request that fails for a passing reason, and does not count that time as answered", async () => {
    const retries: string[] = [];
    const listener = { onRetry: ({ message }: Error, delayMs: number) => retries.push(`${message} ${delayMs}`) };
    const { loop, condition } = loopOver([again, busy(), busy(), finished], { listener });
    expect(await loop.run(condition)).toEqual(finished);
    expect(retries).toEqual(["busy 375", "busy 750"]);
    const recentFailures = "2 of the last 4 requests: no answer";
    expect(loop.progress()).toEqual({ elapsedSeconds: 5.125, looks: 4, recentFailures });
    expect(loop.answeredMs).toBe(4000);
  });

  it("has timed out when that goes on until the deadline", async () => {
    const { loop, condition } = loopOver([again, busy()]);
    const outcome = await loop.run(condition);
    expect(outcome).toHaveProperty("cause", expect.any(WaitTimedOutError));
    expect(() => resultOf(outcome)).toThrow("the last request failed: busy");
  });

  it("tells of an error that ends it what the wait was for, and how far it had come", async () => {
    const { loop, condition } = loopOver([again, new RequestRefusedError("no", { httpStatus: 403 })]);
    const outcome = await loop.run(condition);
    expect(outcome).toHaveProperty("cause", expect.any(RequestRefusedError));
    expect(outcome).toMatchObject({
      state: "unfinished",
      cause: {
        message: "waiting for background tasks of instance instance: no",
        httpStatus: 403,
        subject,
        progress: { elapsedSeconds: 4, looks: 2 },
      },
    });
  });

  it("does not pass a defect off as an outcome", async () => {
    const { loop, condition } = loopOver([again, new TypeError("not a function")]);
    await expect(loop.run(condition)).rejects.toThrow(TypeError);
  });

  it("tells of the plan for a look that has a reason, and of none at the deadline", async () => {
    const plans: NextLook[] = [];
    const listener = { onPlanned: (next: NextLook) => plans.push(next) };
    const { loop, condition } = loopOver([again, { ...again, reason: "why" }, again, again], { listener });
    await loop.run(condition);
    expect(plans).toEqual([{ delayMs: 4000, reason: "why" }]);
  });
});

describe("a pause", () => {
  /** A clock that sleeps until it is told not to. */
  class SleepingClock extends ManualClock {
    override sleep = (_ms: number, signal?: AbortSignal) =>
      new Promise<void>((_resolve, reject) => {
        signal!.addEventListener("abort", () => reject(signal!.reason as Error));
      });
  }
  const microtasks = () => new Promise((resolve) => setImmediate(resolve));

  it("ends when the loop is woken", async () => {
    const { loop, condition } = loopOver([again, finished], { clock: new SleepingClock() });
    const outcome = loop.run(condition);
    expect(loop.wake()).toBe(false);
    await microtasks();
    expect(loop.wake()).toBe(true);
    expect(await outcome).toEqual(finished);
  });

  it("ends when the wait is aborted, which leaves the wait unfinished", async () => {
    const abort = new AbortController();
    const { loop, condition } = loopOver([again], { clock: new SleepingClock(), signal: abort.signal });
    const outcome = loop.run(condition);
    await microtasks();
    const reason = new Error("given up");
    abort.abort(reason);
    expect(await outcome).toEqual({ state: "unfinished", cause: reason, found: 1 });
  });
});
