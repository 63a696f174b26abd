import { parseDuration, secondsOfOption } from "../../../cli/surroundings/duration";
import { startMsOf, startOf } from "../../../cli/surroundings/since";
import { systemClock } from "../../../provider/clock/clock";

const clock = { ...systemClock, epochMs: () => 10_000_000 };

it.each([
  ["90s", 90],
  ["1.5m", 90],
  ["2h", 7200],
  ["1d", 86_400],
  ["90", undefined],
  ["2 h", undefined],
  ["-2h", undefined],
  ["2h30m", undefined],
  ["", undefined],
])("the duration %j is %p seconds", (text, seconds) => {
  expect(parseDuration(text)).toBe(seconds);
});

it("names the option whose duration is malformed", () => {
  expect(() => secondsOfOption("--timeout", "soon")).toThrow(
    '--timeout must be a duration such as 90s, 30m or 2h, but is "soon".',
  );
});

describe("--since", () => {
  it("is so long ago by this machine's clock", () => {
    expect(startOf("2h", clock)).toEqual({ localMs: 10_000_000 - 7_200_000 });
    expect(startMsOf("2h", clock)).toBe(10_000_000 - 7_200_000);
  });

  it("is a time of the service", () => {
    const ms = Date.parse("2026-01-31T07:00:00Z");
    expect(startOf("2026-01-31T08:00:00+01:00", clock)).toEqual({ at: { leastMs: ms, greatestMs: ms } });
    expect(startMsOf("2026-01-31T08:00:00+01:00", clock)).toBe(ms);
  });

  it.each(["yesterday", "2026-01-31T08:00:00", "2026-01-31"])("must not be %j", (text) => {
    expect(() => startOf(text, clock)).toThrow(
      /^--since must be a duration such as 2h, or a time with a zone .* but is /,
    );
  });
});
