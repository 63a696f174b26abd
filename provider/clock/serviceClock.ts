/**
 * How far the service's clock is ahead of this machine's, in milliseconds: somewhere between the two, neither included.
 */
export interface ClockOffset {
  leastMs: number;
  greatestMs: number;
}

/** What one reply shows: its Date header has whole seconds, and was written between sending and receiving. */
export function offsetFrom(serviceTimeMs: number, sentMs: number, receivedMs: number): ClockOffset {
  return { leastMs: serviceTimeMs - receivedMs, greatestMs: serviceTimeMs + 1000 - sentMs };
}

/** What two replies show together. If they contradict each other, a clock was set, and only the later counts. */
export function narrow(known: ClockOffset | undefined, later: ClockOffset | undefined): ClockOffset | undefined {
  if (!known || !later) {
    return known ?? later;
  }
  return contradict(known, later)
    ? later
    : {
        leastMs: Math.max(known.leastMs, later.leastMs),
        greatestMs: Math.min(known.greatestMs, later.greatestMs),
      };
}

/** Whether a clock was set between two replies. */
export function contradict(known: ClockOffset | undefined, later: ClockOffset | undefined): boolean {
  return !!known && !!later && Math.max(known.leastMs, later.leastMs) >= Math.min(known.greatestMs, later.greatestMs);
}

// If the clocks are known this well, choosing the moment of a look to know them better is not worth it.
const wellKnownMs = 120;

/**
 * How long to wait, at least `soonestMs`, for a reply that halves what is not known of the clocks yet: it shows whether
 * the service's second has changed at the middle of the interval. If nothing is known of the clocks, or enough, the
 * result is `delayMs`. `epochMs` is this machine's time now.
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
  const phaseMs = (epochMs + soonestMs + middleMs) % 1000;
  return soonestMs + ((1000 - phaseMs) % 1000);
}

/** The times of a reply: ours by the caller's clock, the service's in milliseconds since 1970. */
interface TimedReply {
  sentMs: number;
  receivedMs: number;
  /** The Date header: the service's time when it answered, in whole seconds. */
  serviceTimeMs?: number;
  /** A moment that is past according to the service, such as the creation of a task in the reply. */
  pastMs?: number;
}

/**
 * The service's time, by ours. A Date header leaves a second of doubt, which is a third of a short task's duration. But
 * each reply falls on another part of its second, and several together soon leave a few hundredths. Until then the
 * earliest possible time is the best guess, because most tasks have just started when the wait starts.
 */
export class ServiceClock {
  private offset?: ClockOffset;

  observe({ sentMs, receivedMs, serviceTimeMs, pastMs = -Infinity }: TimedReply): void {
    if (serviceTimeMs === undefined) {
      return;
    }
    const { leastMs, greatestMs } = offsetFrom(serviceTimeMs, sentMs, receivedMs);
    // If the moment had not come yet, it is from another host's clock.
    const isPast = pastMs - receivedMs < greatestMs;
    this.offset = narrow(this.offset, {
      leastMs: isPast ? Math.max(leastMs, pastMs - receivedMs) : leastMs,
      greatestMs,
    });
  }

  /** The earliest that the service's time can be at a moment of ours; undefined until a reply has shown it. */
  earliestAt(ourMs: number): number | undefined {
    return this.offset && ourMs + this.offset.leastMs;
  }
}
