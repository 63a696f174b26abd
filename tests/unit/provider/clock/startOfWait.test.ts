import { KnownStart } from "../../../../provider/clock/startOfWait";

const nowMs = Date.UTC(2026, 0, 1);

describe("a start by this machine's clock", () => {
  it("leaves everything undecided until the service has told its time", () => {
    const start = new KnownStart({ localMs: nowMs });
    expect([start.moment, start.sideOf(0), start.sideOf(2 * nowMs)]).toEqual([undefined, "undecided", "undecided"]);
  });

  it("decides what is not as close to it as the clocks are known, and decides more the better they are", () => {
    const start = new KnownStart({ localMs: nowMs });
    const sides = () => [-100, -40, 0, 40, 140].map((ms) => start.sideOf(nowMs + 5000 + ms));
    start.learn({ leastMs: 4920, greatestMs: 5080 });
    expect(sides()).toEqual(["undecided", "undecided", "undecided", "undecided", "after"]);
    start.learn({ leastMs: 4990, greatestMs: 5500 });
    expect(sides()).toEqual(["before", "before", "undecided", "undecided", "after"]);
    start.learn({ leastMs: 4990, greatestMs: 5010 });
    expect(sides()).toEqual(["before", "before", "undecided", "after", "after"]);
  });
});

describe("a start by this machine's clock, when the service's is set back by half a minute", () => {
  const known = { leastMs: -50, greatestMs: 50 };
  const setBack = { leastMs: -30_050, greatestMs: -29_950 };

  it("still has a run before it that was seen before it, and judges new runs by the clock as it is", () => {
    const start = new KnownStart({ localMs: nowMs });
    start.learn(known);
    expect(["old", "close"].map((run) => start.sideOf(nowMs - (run === "old" ? 1100 : 60), run))).toEqual([
      "before",
      "undecided",
    ]);
    start.learn(setBack);
    expect(start.sideOf(nowMs - 1100, "old")).toBe("before");
    expect(start.sideOf(nowMs - 60, "close")).toBe("undecided");
    expect(start.sideOf(nowMs - 29_000, "new")).toBe("after");
  });

  it("never decides on a run of the future, not even when its time has come", () => {
    const start = new KnownStart({ localMs: nowMs });
    start.learn(setBack, nowMs - 30_000);
    expect(start.sideOf(nowMs - 1100, "old")).toBe("undecided");
    expect(start.sideOf(nowMs - 29_100, "new")).toBe("after");
    start.learn(setBack, nowMs + 5000);
    expect(start.sideOf(nowMs - 1100, "old")).toBe("undecided");
  });
});

describe("a start that is known to lie between two moments", () => {
  const start = new KnownStart({ at: { leastMs: nowMs, greatestMs: nowMs + 10 } });

  it.each([
    [nowMs - 1, "before"],
    [nowMs, "undecided"],
    [nowMs + 9, "undecided"],
    [nowMs + 10, "after"],
  ])("has %s %s it", (beganMs, side) => {
    expect(start.sideOf(beganMs)).toBe(side);
  });
});

describe("a start by the service's clock", () => {
  const start = new KnownStart({ at: { leastMs: nowMs, greatestMs: nowMs } });

  it.each([
    [nowMs - 1, "before"],
    [nowMs, "after"],
    [nowMs + 1, "after"],
    [undefined, "undecided"],
  ])("has %s %s it", (beganMs, side) => {
    expect(start.sideOf(beganMs)).toBe(side);
  });
});
