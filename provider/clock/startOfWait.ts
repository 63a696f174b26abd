import { type ClockOffset, contradict, narrow } from "./serviceClock";

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
  /** How often a clock was set. */
  private settings = 0;
  /** The service's time at the latest, when it last answered. */
  private serviceNowMs = Infinity;
  /** By task: the side, and what it was judged by. Times from before a clock was set cannot be judged by it later. */
  private readonly judged = new Map<string, { side: SideOfStart; settings: number }>();

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

  /** Learns from a reply how far the clocks are apart, and what time it is for the service. */
  learn(offset: ClockOffset | undefined, serviceTimeMs?: number): void {
    this.settings += contradict(this.offset, offset) ? 1 : 0;
    this.offset = narrow(this.offset, offset);
    this.serviceNowMs = serviceTimeMs === undefined ? Infinity : serviceTimeMs + 1000 + slackMs;
  }

  /**
   * On which side of the start that time of the service is. Of a task, what was known when it was first seen counts if a
   * clock has been set since; and a task that started in the future was seen after the service's clock was set back.
   */
  sideOf(beganMs: number | undefined, taskId?: string): SideOfStart {
    const known = taskId === undefined ? undefined : this.judged.get(taskId);
    if (known && known.settings !== this.settings) {
      return known.side;
    }
    const isOfFuture = "localMs" in this.start && beganMs !== undefined && beganMs > this.serviceNowMs;
    const side = isOfFuture ? "undecided" : this.sideOfTime(beganMs);
    if (taskId !== undefined) {
      this.judged.set(taskId, { side, settings: isOfFuture ? -1 : this.settings });
    }
    return side;
  }

  private sideOfTime(beganMs: number | undefined): SideOfStart {
    const { moment } = this;
    if (beganMs === undefined || !moment) {
      return "undecided";
    }
    return beganMs >= moment.greatestMs ? "after" : beganMs < moment.leastMs ? "before" : "undecided";
  }
}
