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
