import fc from "fast-check";
import { defaultDelayBounds, type LookSituation, planNextLook } from "../../../../provider/schedule/schedule";

const bounds = defaultDelayBounds;
const situation: LookSituation = { ageMs: 0, bounds, leftMs: Infinity, random: 0 };
const threeRuns = [2800, 3000, 3300];

/** The ages at which a task is looked at, from its start on. */
function agesOfLooks(untilMs: number, more: Partial<LookSituation> = {}): number[] {
  const ages = [0];
  while (ages.at(-1)! < untilMs) {
    ages.push(ages.at(-1)! + planNextLook({ ...situation, ...more, ageMs: ages.at(-1)! }).delayMs);
  }
  return ages;
}

const between = (ages: number[], fromMs: number, toMs: number) =>
  ages.filter((ageMs) => ageMs >= fromMs && ageMs < toMs).length;

describe("the next look at a task of which nothing is known", () => {
  it("comes later the older the task is, but never more than seven seconds later", () => {
    const delays = [1000, 10_000, 100_000, 1_000_000].map((ageMs) => planNextLook({ ...situation, ageMs }).delayMs);
    expect(delays).toEqual([...delays].sort((one, other) => one - other));
    expect(delays[0]).toBe(1000);
    expect(delays[3]).toBe(7000);
  });

  it("is told as such", () => {
    expect(planNextLook({ ...situation, ageMs: 5000 }).reason).toBe("nothing known of its duration");
  });
});

describe("the next look at a task with past runs", () => {
  it("comes most often about the time when they ended", () => {
    const ages = agesOfLooks(1_200_000, { pastDurationsMs: [580_000, 600_000, 640_000] });
    expect(between(ages, 540_000, 660_000)).toBeGreaterThan(20);
    expect(between(ages, 0, 300_000)).toBeLessThan(12);
    expect(between(ages, 1_080_000, 1_200_000)).toBeLessThan(between(ages, 540_000, 660_000));
  });

  it("comes seldom before that, though never so that the age more than quadruples", () => {
    const ages = agesOfLooks(3000, { pastDurationsMs: [600_000, 600_000, 600_000] });
    expect(ages).toEqual([0, 1000, 4000]);
    expect(planNextLook({ ...situation, ageMs: 1000, pastDurationsMs: [600_000] }).reason).toBe(
      "1 past run, 600 s give or take 49 %; in case it fails early",
    );
  });

  it("keeps away no longer than two minutes unless told otherwise", () => {
    const past = { pastDurationsMs: [3_600_000, 3_600_000], ageMs: 600_000 };
    expect(planNextLook({ ...situation, ...past }).delayMs).toBe(120_000);
    const patient = { ...bounds, maxDelayMs: 600_000 };
    expect(planNextLook({ ...situation, ...past, bounds: patient }).delayMs).toBeGreaterThan(120_000);
  });

  it("comes oftener the better they agree", () => {
    const agreed = agesOfLooks(900_000, { pastDurationsMs: [590_000, 600_000, 610_000] });
    const scattered = agesOfLooks(900_000, { pastDurationsMs: [300_000, 600_000, 1_200_000] });
    expect(between(agreed, 570_000, 630_000)).toBeGreaterThan(between(scattered, 570_000, 630_000));
    expect(between(agreed, 0, 400_000)).toBeLessThan(between(scattered, 0, 400_000));
  });

  it("does not depend on what is typical of the name: the real run outweighs it", () => {
    const past = { ...situation, ageMs: 2000, pastDurationsMs: [3000] };
    expect(planNextLook({ ...past, typicalMs: 600_000 })).toEqual(planNextLook(past));
  });
});

describe("the next look at a task whose name has a typical duration", () => {
  it("comes most often about that time, but less so than with past runs", () => {
    const typical = agesOfLooks(1_200_000, { typicalMs: 600_000 });
    const known = agesOfLooks(1_200_000, { pastDurationsMs: [600_000, 600_000, 600_000] });
    const unknown = agesOfLooks(1_200_000);
    const looks = [unknown, typical, known].map((ages) => between(ages, 540_000, 660_000));
    expect(looks).toEqual([...looks].sort((one, other) => one - other));
  });

  it("costs little when the typical duration is wrong", () => {
    const ages = agesOfLooks(600_000, { typicalMs: 3000 });
    expect(ages.length).toBeLessThan(2 * agesOfLooks(600_000).length);
  });
});

describe("of the limits", () => {
  const late = { ...situation, ageMs: 100_000 };

  it("the deadline wins over everything, and says so", () => {
    const next = planNextLook({ ...late, leftMs: 150, retryAfterMs: 60_000 });
    expect(next).toEqual({ delayMs: 150, reason: "nothing known of its duration; the deadline" });
  });

  it("Retry-After wins over the bounds", () => {
    expect(planNextLook({ ...late, retryAfterMs: 300_000 })).toEqual({
      delayMs: 300_000,
      reason: "nothing known of its duration; as the service asked",
    });
  });

  it("the user's bounds win over the rule", () => {
    const fixed = { minDelayMs: 15_000, maxDelayMs: 15_000 };
    for (const pastDurationsMs of [[], threeRuns, [3_600_000]]) {
      expect(planNextLook({ ...late, pastDurationsMs, bounds: fixed }).delayMs).toBe(15_000);
    }
  });

  it("chance moves a look earlier by up to a tenth, so that stacks that began together do not ask together", () => {
    const atMost = planNextLook(late).delayMs;
    expect(planNextLook({ ...late, random: 1 }).delayMs).toBeCloseTo(0.9 * atMost);
  });
});

describe("whatever has been seen", () => {
  const numRuns = 10_000;
  const garbage = fc.oneof(fc.double(), fc.constantFrom(NaN, 0, -1, Infinity, -Infinity, 1e300, Number.MIN_VALUE));
  const duration = fc.double({ min: 1, max: 604_800_000, noNaN: true });
  const anyBounds = fc
    .tuple(fc.double({ min: 100, max: 86_400_000, noNaN: true }), fc.double({ min: 100, max: 86_400_000, noNaN: true }))
    .map(([one, other]) => ({ minDelayMs: Math.min(one, other), maxDelayMs: Math.max(one, other) }));
  const anySituation = fc.record(
    {
      ageMs: fc.oneof(garbage, duration),
      bounds: fc.oneof(fc.constant(bounds), anyBounds),
      leftMs: fc.oneof(fc.constant(Infinity), fc.double({ min: 1, max: 86_400_000, noNaN: true })),
      random: fc.double({ min: 0, max: 1, noNaN: true }),
      pastDurationsMs: fc.array(fc.oneof(garbage, duration), { maxLength: 30 }),
      typicalMs: fc.oneof(garbage, duration),
      retryAfterMs: fc.double({ min: 0, max: 60_000, noNaN: true }),
    },
    { requiredKeys: ["ageMs", "bounds", "leftMs", "random"] },
  );

  it("the next look lies in the future, within the bounds and not past the deadline", () => {
    fc.assert(
      fc.property(anySituation, (seen) => {
        const { delayMs } = planNextLook(seen);
        const { minDelayMs, maxDelayMs } = seen.bounds;
        expect(delayMs).toBeGreaterThan(0);
        expect(delayMs).toBeLessThanOrEqual(seen.leftMs);
        expect(delayMs).toBeGreaterThanOrEqual(Math.min(minDelayMs, seen.leftMs));
        expect(delayMs).toBeLessThanOrEqual(Math.max(maxDelayMs, seen.retryAfterMs ?? 0));
      }),
      { numRuns },
    );
  });

  it("no history makes a look later than the guard against early failures", () => {
    fc.assert(
      fc.property(anySituation, duration, (seen, ageMs) => {
        const { delayMs } = planNextLook({ ...seen, ageMs, retryAfterMs: 0 });
        const guardMs = 4 * Math.max(ageMs, 250) - ageMs;
        expect(delayMs).toBeLessThanOrEqual(Math.max(guardMs, seen.bounds.minDelayMs) * (1 + 1e-9));
      }),
      { numRuns },
    );
  });

  it("history that makes no sense changes nothing", () => {
    const nonsense = fc.oneof(fc.constantFrom(NaN, 0, -0, Infinity, -Infinity, 1e300), fc.double({ max: 0 }));
    fc.assert(
      fc.property(anySituation, fc.array(duration), fc.array(nonsense), (seen, sane, mad) => {
        expect(planNextLook({ ...seen, pastDurationsMs: [...mad, ...sane] })).toEqual(
          planNextLook({ ...seen, pastDurationsMs: sane }),
        );
      }),
      { numRuns },
    );
  });

  it("the same has the same answer", () => {
    fc.assert(
      fc.property(anySituation, (seen) => {
        const before = structuredClone(seen);
        expect(planNextLook(seen)).toEqual(planNextLook(before));
        expect(seen).toEqual(before);
      }),
      { numRuns },
    );
  });
});
