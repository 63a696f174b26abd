/**
 * How far the service's clock is ahead of this machine's, in milliseconds: somewhere between the two, neither included.
 */
export interface ClockOffset {
  leastMs: number;
  greatestMs: number;
}

/** What one reply tells: its Date header has whole seconds, and was written between sending and receiving. */
export function offsetFrom(serviceTimeMs: number, sentMs: number, receivedMs: number): ClockOffset {
  return { leastMs: serviceTimeMs - receivedMs, greatestMs: serviceTimeMs + 1000 - sentMs };
}

/** What two replies tell together; the later alone where they contradict each other, since a clock was set. */
export function narrowed(known: ClockOffset | undefined, later: ClockOffset | undefined): ClockOffset | undefined {
  if (!known || !later) {
    return known ?? later;
  }
  const both = {
    leastMs: Math.max(known.leastMs, later.leastMs),
    greatestMs: Math.min(known.greatestMs, later.greatestMs),
  };
  return both.leastMs < both.greatestMs ? both : later;
}

/**
 * How long to wait, at least `delayMs`, so that the next reply halves what is not known yet: it asks whether the service's
 * second has changed at the middle of the interval. `epochMs` is this machine's time now.
 */
export function delayThatHalves({ leastMs, greatestMs }: ClockOffset, epochMs: number, delayMs: number): number {
  const middleMs = (leastMs + greatestMs) / 2;
  const phaseMs = (((epochMs + delayMs + middleMs) % 1000) + 1000) % 1000;
  return delayMs + ((1000 - phaseMs) % 1000);
}
