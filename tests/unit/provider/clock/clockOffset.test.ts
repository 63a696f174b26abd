import { delayThatHalves, narrow } from "../../../../provider/clock/serviceClock";

describe("what two replies show of the clocks", () => {
  const known = { leastMs: 0, greatestMs: 1000 };

  it.each([
    ["is what both show", { leastMs: 400, greatestMs: 1400 }, { leastMs: 400, greatestMs: 1000 }],
    [
      "is the later if they contradict each other",
      { leastMs: 1200, greatestMs: 2200 },
      { leastMs: 1200, greatestMs: 2200 },
    ],
    [
      "is the later if they only touch: bounds are not included",
      { leastMs: 1000, greatestMs: 2000 },
      { leastMs: 1000, greatestMs: 2000 },
    ],
    ["is the known if the later shows nothing", undefined, known],
  ])("%s", (_what, later, both) => {
    expect(narrow(known, later)).toEqual(both);
  });
});

describe("the delay that halves what is unknown of the clocks", () => {
  const epochMs = Date.UTC(2026, 0, 1);

  it.each([
    ["unknown clocks", undefined],
    ["clocks known well enough", { leastMs: 0, greatestMs: 120 }],
  ])("is the one that was planned, with %s", (_which, clocks) => {
    expect(delayThatHalves(clocks, epochMs, 5000, 1234)).toBe(5000);
  });

  it.each([
    [{ leastMs: 0, greatestMs: 121 }, 0, 1939.5],
    [{ leastMs: 200, greatestMs: 1000 }, 0, 1400],
    [{ leastMs: 200, greatestMs: 1000 }, 300, 2100],
    [{ leastMs: -1000, greatestMs: -200 }, 0, 1600],
    [{ leastMs: -100, greatestMs: 100 }, 0, 2000],
  ])(
    "of %j, %d ms after a full second, ends when the service's second changes at their middle",
    (clocks, ms, delayMs) => {
      expect(delayThatHalves(clocks, epochMs + ms, 5000, 1234)).toBe(delayMs);
    },
  );

  it("is at least the planned one if nothing sets the soonest", () => {
    expect(delayThatHalves({ leastMs: 200, greatestMs: 1000 }, epochMs, 1401)).toBe(2400);
  });
});
