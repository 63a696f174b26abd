import { defaultDelayBounds, type LookSituation, planNextLook } from "../../../../provider/schedule/schedule";
import { typicalDurationOf } from "../../../../provider/schedule/typicalDurations";

const situation: LookSituation = { ageMs: 0, bounds: defaultDelayBounds, leftMs: Infinity, random: 0 };

/** The ages in milliseconds at which a task is looked at, without jitter. */
function agesOfLooks(untilMs: number, known: Partial<LookSituation>): number[] {
  const ages = [0];
  while (ages.at(-1)! < untilMs) {
    ages.push(ages.at(-1)! + planNextLook({ ...situation, ...known, ageMs: ages.at(-1)! }).delayMs);
  }
  return ages.map(Math.round);
}

describe("the looks at a task, by its age in milliseconds,", () => {
  // What they must be like, schedule.test.ts says; whoever changes these on purpose runs the bench, too.
  it.each<[string, number, Partial<LookSituation>, number[]]>([
    ["if nothing is known", 10_000, {}, [0, 1000, 2000, 3125, 4500, 6125, 8000, 10_125]],
    [
      "with three runs of about three seconds",
      4500,
      { pastDurationsMs: [2800, 3000, 3300] },
      [0, 1000, 2133, 2598, 2950, 3259, 3550, 3834, 4119, 4409, 4710],
    ],
    [
      "with one run of three seconds",
      4000,
      { pastDurationsMs: [3000] },
      [0, 1000, 1811, 2339, 2784, 3194, 3588, 3978, 4371],
    ],
    [
      "with a typical duration of three seconds",
      4000,
      { typicalMs: 3000 },
      [0, 1000, 1806, 2336, 2782, 3194, 3591, 3983, 4378],
    ],
    [
      "with four runs of twenty seconds",
      20_000,
      { pastDurationsMs: [20_000, 20_000, 20_000, 20_000] },
      [0, 1000, 4000, 11_360, 13_679, 15_211, 16_410, 17_424, 18_324, 19_147, 19_917, 20_649],
    ],
  ])("%s", (_what, untilMs, known, ages) => {
    expect(agesOfLooks(untilMs, known)).toEqual(ages);
  });
});

describe("the reason for the next look", () => {
  const reasonOf = (more: Partial<LookSituation>) => planNextLook({ ...situation, ...more }).reason;
  const unknown = "nothing known of its duration";

  it.each<[string, Partial<LookSituation>, string]>([
    [
      "a name's typical duration",
      { ageMs: 1000, typicalMs: 3000 },
      "the name's typical duration, 3 s give or take 50 %",
    ],
    ["a typical duration that makes no sense", { ageMs: 1000, typicalMs: NaN }, unknown],
    [
      "a run of a week",
      { ageMs: 600_000, pastDurationsMs: [604_800_000] },
      "1 past run, 600000 s give or take 49 %; the longest delay",
    ],
    ["a run of more than a week", { ageMs: 1000, pastDurationsMs: [604_800_001] }, unknown],
    ["the longest delay", { ageMs: 600_000 }, `${unknown}; the longest delay`],
    ["a shortest delay that changes nothing", { ageMs: 1000, bounds: { minDelayMs: 1000, maxDelayMs: 9000 } }, unknown],
    ["a deadline that changes nothing", { ageMs: 1000, leftMs: 1000 }, unknown],
    ["a deadline that is over", { ageMs: 1000, leftMs: -1 }, `${unknown}; the deadline`],
  ])("names %s", (_what, more, reason) => {
    expect(reasonOf(more)).toBe(reason);
  });

  it.each([-5, NaN, Infinity])("is that of a task that has just started if its age is %d", (ageMs) => {
    expect(planNextLook({ ...situation, ageMs })).toEqual(planNextLook(situation));
  });
});

describe("the typical duration of a name", () => {
  it.each([
    ["bindInstancePublicIp", 3000],
    ["unbindInstancePublicIp", 3000],
    ["changeRetentionPolicy", 5000],
    ["restart", undefined],
    [undefined, undefined],
  ])("%s is %p ms", (name, ms) => {
    expect(typicalDurationOf(name)).toBe(ms);
  });
});
