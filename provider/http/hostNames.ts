import dns from "node:dns";
import type { LookupFunction } from "node:net";

// A machine whose network is not up yet is told the same as of a name that is misspelt.
const toleratedMs = 15_000;

// Whoever waits asks again sooner than this: after a longer silence it is another wait, which has its own 15 s.
const longestPauseMs = 30_000;

// While a name is unknown it is looked up this often.
const askAgainAfterMs = 2000;

/** What this process knows of the hosts that it connects to. */
export class HostNames {
  private readonly resolved = new Set<string>();
  private readonly missing = new Map<string, { sinceMs: number; lastMs: number }>();
  private readonly origins = new Map<string, string>();

  constructor(
    private readonly nowMs: () => number = () => performance.now(),
    private readonly resolve: LookupFunction = (...args) => dns.lookup(...args),
  ) {}

  /** Looks a name up, and remembers that there is such a host. */
  readonly lookup: LookupFunction = (host, options, callback) => {
    this.resolve(host, options, (error, ...addresses) => {
      if (!error) {
        this.resolved.add(host);
      }
      callback(error, ...addresses);
    });
  };

  /** Remembers which setting an address was made from, for whoever has to correct it. */
  rememberOrigin(url: string, origin: string): void {
    this.origins.set(new URL(url).hostname, origin);
  }

  /** 'the region "eu-de" (OS_REGION_NAME)', where that was told. */
  originOf(host: string): string | undefined {
    return this.origins.get(host);
  }

  /**
   * Takes note that the name service says there is no such host. To give up: it never resolved in this process, and has
   * been missing for 15 s.
   */
  noteMissing(host: string): { giveUp?: boolean; retryAfterMs?: number } {
    if (this.resolved.has(host)) {
      return { giveUp: false };
    }
    const nowMs = this.nowMs();
    const before = this.missing.get(host);
    const sinceMs = before && nowMs - before.lastMs <= longestPauseMs ? before.sinceMs : nowMs;
    this.missing.set(host, { sinceMs, lastMs: nowMs });
    const leftMs = sinceMs + toleratedMs - nowMs;
    return { giveUp: leftMs <= 0, retryAfterMs: Math.min(askAgainAfterMs, leftMs) };
  }
}

/** Of all connections of this process. */
export const hostNames = new HostNames();
