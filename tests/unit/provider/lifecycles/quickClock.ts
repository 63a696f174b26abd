import { systemClock } from "../../../../provider/clock/clock";

/** Makes the sleeps of waits in this test take no time; the clock advances by them. */
export function makeSleepsQuick(): void {
  const nowMs = systemClock.nowMs.bind(systemClock);
  let sleptMs = 0;
  jest.spyOn(systemClock, "nowMs").mockImplementation(() => nowMs() + sleptMs);
  jest.spyOn(systemClock, "sleep").mockImplementation(async (ms) => {
    sleptMs += ms;
    await new Promise((resolve) => setImmediate(resolve));
  });
}
