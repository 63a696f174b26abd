import dns from "node:dns";
import type { LookupFunction } from "node:net";

// While the network is not up yet, the lookup fails as for a misspelled name.
const toleratedMs = 15_000;

// A wait asks again sooner than this. After a longer pause it is another wait, which has its own 15 s.
const longestPauseMs = 30_000;

// An unknown name is looked up again after this time.
const askAgainAfterMs = 2000;

/** What this process knows about the hosts that it connects to. */
export class HostNames {
  private readonly resolved = new Set<string>();
  private readonly missing = new Map<string, { sinceMs: number; lastMs: number }>();
  private readonly origins = new Map<string, string>();

  constructor(
    private readonly nowMs: () => number = () => performance.now(),
    private readonly resolve: LookupFunction = (...args) => dns.lookup(...args),
  ) {}

  /** Looks up a name, and remembers that the host exists. */
  readonly lookup: LookupFunction = (host, options, callback) => {
    this.resolve(host, options, (error, ...addresses) => {
      if (!error) {
        this.resolved.add(host);
      }
      callback(error, ...addresses);
    });
  };

  /** Remembers which setting an address comes from, so that errors can name it. */
  rememberOrigin(url: string, origin: string): void {
    this.origins.set(new URL(url).hostname, origin);
  }

  /** 'the region "eu-de" (OS_REGION_NAME)', if it is known. */
  originOf(host: string): string | undefined {
    return this.origins.get(host);
  }

  /**
   * Records that the name server does not know the host. `giveUp`: it never resolved in this process, and has been missing for
   * 15 s.
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
