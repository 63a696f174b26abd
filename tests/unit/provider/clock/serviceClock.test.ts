import { ServiceClock } from "../../../../provider/clock/serviceClock";

const serviceStartMs = Date.parse("2026-01-01T00:00:00.000Z");

/** A reply of a service whose clock shows `serviceStartMs` at our zero, with a Date header as HTTP has it. */
function reply(sentMs: number, { tripMs = 10, skewMs = 0, pastMs }: { [name: string]: number } = {}) {
  const serviceTimeMs = Math.floor((serviceStartMs + skewMs + sentMs + tripMs / 2) / 1000) * 1000;
  return { sentMs, receivedMs: sentMs + tripMs, serviceTimeMs, pastMs };
}

/** How far behind the service's time is believed to be. */
function doubtAfter(...replies: ReturnType<typeof reply>[]): number {
  const clock = new ServiceClock();
  replies.forEach((one) => clock.observe(one));
  return serviceStartMs + 10_000 - clock.earliestAt(10_000)!;
}

describe("the service's time", () => {
  it("is unknown before a reply has told", () => {
    const clock = new ServiceClock();
    clock.observe({ sentMs: 0, receivedMs: 10 });
    expect(clock.earliestAt(0)).toBeUndefined();
  });

  it("is never believed later than it is, and known to a second and a trip after one reply", () => {
    for (let sentMs = 0; sentMs < 1000; sentMs += 50) {
      expect(doubtAfter(reply(sentMs))).toBeGreaterThanOrEqual(0);
      expect(doubtAfter(reply(sentMs))).toBeLessThanOrEqual(1010);
    }
  });

  it("is known better with each reply that falls on another part of its second", () => {
    expect(doubtAfter(reply(900), reply(1950))).toBeGreaterThan(500);
    expect(doubtAfter(reply(900), reply(1950), reply(3300))).toBeLessThanOrEqual(310);
    expect(doubtAfter(reply(900), reply(1950), reply(3300), reply(4010))).toBeLessThanOrEqual(20);
  });

  it("lies after whatever the service has named as past", () => {
    expect(doubtAfter(reply(900, { pastMs: serviceStartMs + 880 }))).toBe(30);
  });

  // The service's second ends 1000 ms after its Date header, at the earliest when the reply was sent.
  it.each([1010, 60_000])("does not believe in a past that lies in the future: in %d ms", (ms) => {
    const past = reply(0, { pastMs: serviceStartMs + ms });
    expect(doubtAfter(past)).toEqual(doubtAfter(reply(0)));
  });

  it("is learned anew when a clock was set", () => {
    const clock = new ServiceClock();
    [reply(0), reply(1500), reply(3000, { skewMs: 3_600_000 })].forEach((one) => clock.observe(one));
    expect(clock.earliestAt(3010)).toBe(serviceStartMs + 3_603_000);
  });

  it("is learned anew when a clock was set back", () => {
    const clock = new ServiceClock();
    [reply(0), reply(1500), reply(3000, { skewMs: -3_600_000 })].forEach((one) => clock.observe(one));
    expect(clock.earliestAt(3010)).toBe(serviceStartMs - 3_597_000);
  });
});
