import fc from "fast-check";
import { delayUntilNextLook } from "../../../provider/schedule";

const bounds = { minDelayMs: 500, maxDelayMs: 10_000 };

describe("the delay until the next look", () => {
  it.each([
    [0, 500],
    [10_000, 1000],
    [60_000, 6000],
    [600_000, 10_000],
  ])("at an age of %i ms is %i ms", (ageMs, delayMs) => {
    expect(delayUntilNextLook(ageMs, bounds, 0.5)).toBeCloseTo(delayMs);
  });

  it("differs by up to a tenth either way, so that stacks that began together do not ask together", () => {
    expect(delayUntilNextLook(50_000, bounds, 0)).toBeCloseTo(4500);
    expect(delayUntilNextLook(50_000, bounds, 1)).toBeCloseTo(5500);
  });

  it("lies within the bounds whatever the age", () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (ageMs, random) => {
        const delayMs = delayUntilNextLook(ageMs, bounds, random);
        return delayMs >= bounds.minDelayMs && delayMs <= bounds.maxDelayMs;
      }),
    );
  });
});
