import { type ClockOffset, narrow } from "./serviceClock";

/**
 * The moment from which on a task counts, on the service's clock: somewhere from `leastMs` to `greatestMs`, milliseconds
 * since 1970. Where the two are equal it is known exactly.
 */
export interface ServiceMoment {
  leastMs: number;
  greatestMs: number;
}

/** What is known of it beforehand. */
export type StartOfWait =
  /** It was given by the service's clock, or an earlier wait had found out. */
  | { at: ServiceMoment }
  /** It was taken from this machine's clock, in milliseconds since 1970. */
  | { localMs: number };

/** At the start is after it; undecided: too close to it for what is known of the clocks, or at an unknown time. */
export type SideOfStart = "after" | "before" | "undecided";

// What writes the Date header and what writes a task's times are two machines of one service, and a server may keep the
// header's text a moment too long.
const slackMs = 25;

/** A start that replies of the service make known ever better. */
export class KnownStart {
  private offset?: ClockOffset;

  constructor(private readonly start: StartOfWait) {}

  /** Undefined until the service has told its time. */
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

  /** What is known of the clocks, where knowing more would help. */
  get clocks(): ClockOffset | undefined {
    return "at" in this.start ? undefined : this.offset;
  }

  learn(offset: ClockOffset | undefined): void {
    this.offset = narrow(this.offset, offset);
  }

  /** On which side of the start something began at that time of the service's. */
  sideOf(beganMs: number | undefined): SideOfStart {
    const { moment } = this;
    if (beganMs === undefined || !moment) {
      return "undecided";
    }
    return beganMs >= moment.greatestMs ? "after" : beganMs < moment.leastMs ? "before" : "undecided";
  }
}
