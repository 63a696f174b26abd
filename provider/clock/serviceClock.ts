import { type ClockOffset, narrowed, offsetFrom } from "./clockOffset";

/** A reply as a clock sees it; times of ours by the caller's clock, times of the service in milliseconds since 1970. */
export interface TimedReply {
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
    this.offset = narrowed(this.offset, {
      leastMs: isPast ? Math.max(leastMs, pastMs - receivedMs) : leastMs,
      greatestMs,
    });
  }

  /** The earliest that the service's time can be at a moment of ours; undefined as long as no reply has told. */
  earliestAt(ourMs: number): number | undefined {
    return this.offset && ourMs + this.offset.leastMs;
  }
}
