import { machineUptimeMs, systemClock } from "../../../../provider/clock/clock";
import { withFixedStart } from "../../../../provider/lifecycles/checkedInputs";
import { check } from "../../../../provider/lifecycles/searchLifecycle";

const trueMs = Date.UTC(2030, 0, 1);
const startUptimeMs = 5000;
// Three seconds after the update began, by a clock that has been set right.
const nowInProvider = { epochMs: () => trueMs + 3000, uptimeMs: () => startUptimeMs + 3000 };

afterEach(() => jest.restoreAllMocks());

describe("the start of an update whose clock is set", () => {
  it.each([
    ["ten minutes slow", -600_000],
    ["right", 0],
    ["ten minutes fast", 600_000],
  ])("is the same by the provider process's clock, where the program's was %s", (_what, offMs) => {
    const news = { startedAtMs: trueMs + offMs, startedAtUptimeMs: startUptimeMs };
    expect(withFixedStart({}, news, nowInProvider)).toEqual({ startedAtMs: trueMs });
  });

  it("is the program's where its monotonic clock is not given, or is another machine's", () => {
    expect(withFixedStart({}, { startedAtMs: 7 }, nowInProvider)).toEqual({ startedAtMs: 7 });
    const news = { startedAtMs: 7, startedAtUptimeMs: startUptimeMs + 9000 };
    expect(withFixedStart({}, news, nowInProvider)).toEqual({ startedAtMs: 7 });
  });

  it("is the machine's as it is now where the program has only just started", () => {
    const news = { startedAtMs: 7, startedAtUptimeMs: startUptimeMs + 3000 };
    expect(withFixedStart({}, news, nowInProvider)).toEqual({ startedAtMs: trueMs + 3000 });
  });

  it("stays unknown where only the hint is given", () => {
    expect(withFixedStart({}, { startedAtUptimeMs: startUptimeMs }, nowInProvider)).toEqual({});
  });

  it("stays what was recorded, and the hint is not recorded", async () => {
    const news = { instanceId: "i", name: "restart", startedAtMs: 9, startedAtUptimeMs: machineUptimeMs() - 1000 };
    await expect(check({ startedAtMs: 5 }, news)).resolves.toEqual({
      inputs: { instanceId: "i", name: "restart", startedAtMs: 5 },
      failures: [],
    });
    const first = (await check({}, news)).inputs as { startedAtMs: number };
    expect(Math.abs(systemClock.epochMs() - 1000 - first.startedAtMs)).toBeLessThan(500);
    expect(first).not.toHaveProperty("startedAtUptimeMs");
  });
});

it("the process's clock goes on when the machine's is set", () => {
  const beforeMs = systemClock.epochMs();
  jest.spyOn(Date, "now").mockReturnValue(beforeMs + 600_000);
  expect(systemClock.epochMs() - beforeMs).toBeLessThan(10_000);
});
