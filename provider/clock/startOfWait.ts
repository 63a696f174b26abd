import { type ClockOffset, narrow } from "./serviceClock";

/**
 * The earliest start time that counts, on the service's clock: somewhere from `leastMs` to `greatestMs`, in milliseconds
 * since 1970. If the two are equal, it is known exactly.
 */
export interface ServiceMoment {
  leastMs: number;
  greatestMs: number;
}

/** What is known of it at first. */
export type StartOfWait =
  /** It is a time of the service's clock, or an earlier wait had found it out. */
  | { at: ServiceMoment }
  /** It was taken from this machine's clock, in milliseconds since 1970. */
  | { localMs: number };

/** At the start counts as after; undecided: too close to it for what is known of the clocks, or at an unknown time. */
export type SideOfStart = "after" | "before" | "undecided";

// One machine of the service writes the Date header and another a task's times, and a server may keep the header's text
// a moment too long.
const slackMs = 25;

/** A start that is known better with each reply of the service. */
export class KnownStart {
  private offset?: ClockOffset;

  constructor(private readonly start: StartOfWait) {}

  /** Undefined until the service's time is known. */
  get moment(): ServiceMoment | undefined {
    if ("at" in this.start) {
      return this.start.at;
    }
    const { localMs } = this.start;
    return (
      this.offset && {
        leastMs: localMs + this.offset.leastMs - slackMs,
        greatestMs: localMs + this.offset.greatestMs + slackMs,
      }
    );
  }

  /** What is known of the clocks, if knowing more would help. */
  get clocks(): ClockOffset | undefined {
    return "at" in this.start ? undefined : this.offset;
  }

  learn(offset: ClockOffset | undefined): void {
    this.offset = narrow(this.offset, offset);
  }

  /** On which side of the start that time of the service is. */
  sideOf(beganMs: number | undefined): SideOfStart {
    const { moment } = this;
    if (beganMs === undefined || !moment) {
      return "undecided";
    }
    return beganMs >= moment.greatestMs ? "after" : beganMs < moment.leastMs ? "before" : "undecided";
  }
}
