import { getEventListeners } from "node:events";
import { machineUptimeMs, systemClock } from "../../../../provider/clock/clock";

beforeEach(() => void jest.useFakeTimers({ doNotFake: ["nextTick"] }));
afterEach(() => void jest.useRealTimers());

/** What became of a promise so far. */
async function outcomeOf(promise: Promise<void>): Promise<string> {
  const pending = new Promise((resolve) => process.nextTick(resolve, "pending"));
  const outcome = promise.then(
    () => "resolved",
    (error: Error) => error.message,
  );
  return (await Promise.race([outcome, pending])) as string;
}

describe("the system's clock", () => {
  it("counts the milliseconds that pass, on both of its scales", () => {
    const [nowMs, epochMs] = [systemClock.nowMs(), systemClock.epochMs()];
    jest.advanceTimersByTime(5000);
    expect(systemClock.nowMs() - nowMs).toBeCloseTo(5000);
    expect(systemClock.epochMs() - epochMs).toBeCloseTo(5000);
  });

  it("draws numbers from 0 to 1", () => {
    const drawn = Array.from({ length: 100 }, () => systemClock.random());
    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...drawn)).toBeLessThan(1);
    expect(new Set(drawn).size).toBeGreaterThan(1);
  });

  it("counts the machine's uptime in milliseconds", () => {
    expect(machineUptimeMs()).toBeCloseTo(Number(process.hrtime.bigint()) / 1e6, -3);
  });
});

describe("a sleep", () => {
  it.each([
    ["without a signal", undefined],
    ["with a signal", new AbortController().signal],
  ])("ends after its milliseconds, %s", async (_which, signal) => {
    const sleep = systemClock.sleep(2000, signal);
    jest.advanceTimersByTime(1999);
    expect(await outcomeOf(sleep)).toBe("pending");
    jest.advanceTimersByTime(1);
    expect(await outcomeOf(sleep)).toBe("resolved");
    expect(signal && getEventListeners(signal, "abort")).toEqual(signal && []);
  });

  it.each<[string, number, [timerMs: number, clockMs: number][]]>([
    [
      "it is asked for a fraction of a millisecond",
      2000.5,
      [
        [2000, 2000],
        [1, 2001],
      ],
    ],
    [
      "its timer fires too early",
      2000,
      [
        [2000, 1999.3],
        [1, 2000.3],
      ],
    ],
  ])("never ends early, even if %s", async (_why, ms, [early, late]) => {
    const startedMs = performance.now();
    const clock = jest.spyOn(performance, "now").mockReturnValue(startedMs);
    const sleep = systemClock.sleep(ms);
    for (const [[timerMs, clockMs], outcome] of [
      [early!, "pending"],
      [late!, "resolved"],
    ] as const) {
      clock.mockReturnValue(startedMs + clockMs);
      jest.advanceTimersByTime(timerMs);
      expect(await outcomeOf(sleep)).toBe(outcome);
    }
    clock.mockRestore();
  });

  it("does not start once its signal is aborted", async () => {
    const sleep = systemClock.sleep(2000, AbortSignal.abort(new Error("given up")));
    expect(await outcomeOf(sleep)).toBe("given up");
    expect(jest.getTimerCount()).toBe(0);
  });

  it("ends as soon as its signal is aborted, and leaves nothing behind", async () => {
    const controller = new AbortController();
    const sleep = systemClock.sleep(2000, controller.signal);
    controller.abort(new Error("given up"));
    expect(await outcomeOf(sleep)).toBe("given up");
    expect(jest.getTimerCount()).toBe(0);
    expect(getEventListeners(controller.signal, "abort")).toEqual([]);
  });
});
