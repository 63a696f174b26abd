import { ServiceClock } from "../../../provider/serviceClock";

const serviceStartMs = Date.parse("2026-01-01T00:00:00.000Z");

/** A reply of a service whose clock shows `serviceStartMs` at our zero, with a Date header as HTTP has it. */
function reply(sentMs: number, { tripMs = 10, skewMs = 0, pastMs }: { [name: string]: number } = {}) {
  const serviceTimeMs = Math.floor((serviceStartMs + skewMs + sentMs + tripMs / 2) / 1000) * 1000;
  return { sentMs, receivedMs: sentMs + tripMs, serviceTimeMs, pastMs };
}

function errorAfter(...replies: ReturnType<typeof reply>[]): number {
  const clock = new ServiceClock();
  replies.forEach((one) => clock.observe(one));
  return Math.abs(clock.at(10_000)! - (serviceStartMs + 10_000));
}

describe("the service's time", () => {
  it("is unknown before a reply has told", () => {
    const clock = new ServiceClock();
    clock.observe({ sentMs: 0, receivedMs: 10 });
    expect(clock.at(0)).toBeUndefined();
  });

  it("is known to half a second and half a trip after one reply", () => {
    for (let sentMs = 0; sentMs < 1000; sentMs += 50) {
      expect(errorAfter(reply(sentMs))).toBeLessThanOrEqual(505);
    }
  });

  it("is known better with each reply that falls on another part of its second", () => {
    expect(errorAfter(reply(0), reply(1250), reply(2500), reply(3750))).toBeLessThanOrEqual(130);
    expect(errorAfter(reply(900), reply(1990), reply(3005))).toBeLessThanOrEqual(20);
  });

  it("lies after whatever the service has named as past", () => {
    const clock = new ServiceClock();
    clock.observe(reply(900, { pastMs: serviceStartMs + 880 }));
    expect(clock.at(905)).toBeGreaterThanOrEqual(serviceStartMs + 875);
  });

  it("does not believe in a past that lies in the future", () => {
    const clock = new ServiceClock();
    clock.observe(reply(0, { pastMs: serviceStartMs + 60_000 }));
    expect(Math.abs(clock.at(0)! - serviceStartMs)).toBeLessThanOrEqual(505);
  });

  it("is learned anew when a clock was set", () => {
    const clock = new ServiceClock();
    [reply(0), reply(1500), reply(3000, { skewMs: 3_600_000 })].forEach((one) => clock.observe(one));
    expect(Math.abs(clock.at(3000)! - (serviceStartMs + 3_603_000))).toBeLessThanOrEqual(505);
  });
});
