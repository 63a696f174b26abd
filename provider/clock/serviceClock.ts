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
export function narrow(known: ClockOffset | undefined, later: ClockOffset | undefined): ClockOffset | undefined {
  if (!known || !later) {
    return known ?? later;
  }
  const both = {
    leastMs: Math.max(known.leastMs, later.leastMs),
    greatestMs: Math.min(known.greatestMs, later.greatestMs),
  };
  return both.leastMs < both.greatestMs ? both : later;
}

// Once the clocks are known as well as this, knowing them better is not worth choosing the moment of a look for.
const wellKnownMs = 120;

/**
 * How long to wait, at least `soonestMs`, so that the next reply halves what is not known of the clocks yet: it asks
 * whether the service's second has changed at the middle of the interval. Where nothing is known of them, or enough,
 * `delayMs` as it is. `epochMs` is this machine's time now.
 */
export function delayThatHalves(
  clocks: ClockOffset | undefined,
  epochMs: number,
  delayMs: number,
  soonestMs = delayMs,
): number {
  if (!clocks || clocks.greatestMs - clocks.leastMs <= wellKnownMs) {
    return delayMs;
  }
  const middleMs = (clocks.leastMs + clocks.greatestMs) / 2;
  const phaseMs = (((epochMs + soonestMs + middleMs) % 1000) + 1000) % 1000;
  return soonestMs + ((1000 - phaseMs) % 1000);
}

/** A reply as a clock sees it; times of ours by the caller's clock, times of the service in milliseconds since 1970. */
interface TimedReply {
  sentMs: number;
  receivedMs: number;
  /** The Date header: the service's time when it answered, without its fraction of a second. */
  serviceTimeMs?: number;
  /** A moment that the service has named as past, such as the creation of a task in the reply. */
  pastMs?: number;
}

/**
 * The service's time, by ours. A Date header leaves a second of doubt, which is a third of a short task's life; but each
 * reply falls on another part of its second, and what they say together soon leaves a few hundredths. Until then the
 * earliest time that can be is the best guess: whoever waits has mostly just seen the task begin.
 */
export class ServiceClock {
  private offset?: ClockOffset;

  observe({ sentMs, receivedMs, serviceTimeMs, pastMs = -Infinity }: TimedReply): void {
    if (serviceTimeMs === undefined) {
      return;
    }
    const { leastMs, greatestMs } = offsetFrom(serviceTimeMs, sentMs, receivedMs);
    // A moment that had not come yet was named by another host's clock.
    const isPast = pastMs - receivedMs < greatestMs;
    this.offset = narrow(this.offset, {
      leastMs: isPast ? Math.max(leastMs, pastMs - receivedMs) : leastMs,
      greatestMs,
    });
  }

  /** The earliest that the service's time can be at a moment of ours; undefined as long as no reply has told. */
  earliestAt(ourMs: number): number | undefined {
    return this.offset && ourMs + this.offset.leastMs;
  }
}
