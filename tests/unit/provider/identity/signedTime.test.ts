import type { ServiceReply } from "../../../../provider/http/exchange";
import { SignedTime } from "../../../../provider/identity/signedTime";

const ownMs = Date.UTC(2026, 0, 1);
const minuteMs = 60_000;
const replyAt = (aheadMs: number | undefined): ServiceReply => ({
  httpStatus: 200,
  body: {},
  header: () => undefined,
  serviceTimeMs: aheadMs === undefined ? undefined : ownMs + aheadMs,
});

function listening() {
  const warnings: string[] = [];
  const time = new SignedTime({ epochMs: () => ownMs, warn: (_key, message) => void warnings.push(message) });
  return { time, warnings };
}

describe("the time that is signed, with a service that is ahead by", () => {
  it.each([
    [0, 0],
    [minuteMs, 0],
    [5 * minuteMs, 0],
    [-5 * minuteMs, 0],
    [5 * minuteMs + 1, 5 * minuteMs + 1],
    [-5 * minuteMs - 1, -5 * minuteMs - 1],
    [60 * minuteMs, 60 * minuteMs],
  ])("%i ms, differs from this machine's by %i ms, and the user is told only if it does", (aheadMs, correctionMs) => {
    const { time, warnings } = listening();
    time.hear(replyAt(aheadMs));
    expect(time.correctionMs).toBe(correctionMs);
    expect(time.nowMs()).toBe(ownMs + correctionMs);
    expect(warnings).toHaveLength(correctionMs === 0 ? 0 : 1);
  });
});

it("a reply without a time changes nothing about the time that is signed", () => {
  const { time, warnings } = listening();
  time.hear(replyAt(60 * minuteMs));
  time.hear(replyAt(undefined));
  expect(time.correctionMs).toBe(60 * minuteMs);
  expect(warnings).toHaveLength(1);
});

describe("a signature was misdated", () => {
  it.each([
    ["that was this machine's time, an hour off", 60, 0, true],
    ["that was five minutes off", 5, 0, false],
    ["that was corrected by the hour that it was off", 60, 60, false],
    ["that was corrected back by the hour that it was off", -60, -60, false],
    ["that was corrected by an hour while the clocks agreed", 0, 60, true],
    ["whose reply has no time", undefined, 0, false],
  ])("%s: service ahead by %p min, corrected by %i min: %p", (_what, ahead, corrected, misdated) => {
    const reply = replyAt(ahead === undefined ? undefined : ahead * minuteMs);
    expect(listening().time.isMisdated(reply, corrected * minuteMs)).toBe(misdated);
  });
});
