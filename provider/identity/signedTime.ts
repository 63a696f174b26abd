import type { ServiceReply } from "../http/exchange";
import { type Warn, warnOnce } from "../output/log";

// The gateway refuses a signature whose time differs by more than 15 minutes.
const toleratedSkewMs = 5 * 60_000;

/**
 * The time that requests are signed with: this machine's, or the service's if the two are more than five minutes apart.
 */
export class SignedTime {
  /** Its difference from this machine's time. */
  correctionMs = 0;
  private readonly epochMs: () => number;
  private readonly warn: Warn;

  constructor({ epochMs = Date.now, warn = warnOnce }: { epochMs?: () => number; warn?: Warn } = {}) {
    this.epochMs = epochMs;
    this.warn = warn;
  }

  nowMs(): number {
    return this.epochMs() + this.correctionMs;
  }

  /** Reads the service's time from a reply's Date header. */
  hear({ serviceTimeMs }: ServiceReply): void {
    if (serviceTimeMs === undefined) {
      return;
    }
    const skewMs = serviceTimeMs - this.epochMs();
    this.correctionMs = Math.abs(skewMs) > toleratedSkewMs ? skewMs : 0;
    if (this.correctionMs !== 0) {
      this.warn("clock", describeSkew(skewMs));
    }
  }

  /** Whether the signed time, with that correction, was too far from the service's. */
  isMisdated({ serviceTimeMs }: ServiceReply, correctionMs: number): boolean {
    return serviceTimeMs !== undefined && Math.abs(serviceTimeMs - this.epochMs() - correctionMs) > toleratedSkewMs;
  }
}

function describeSkew(skewMs: number): string {
  const minutes = Math.round(Math.abs(skewMs) / 60_000);
  return (
    `this machine's clock is about ${minutes} minutes ${skewMs > 0 ? "behind" : "ahead of"} the service's. ` +
    `Requests are signed with the service's time. Correct the clock, or requests of other tools will be refused.`
  );
}
