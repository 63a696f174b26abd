import { type Forecast, forecastFrom } from "./forecast";

/** Bounds of the time between two looks, in milliseconds. */
export interface DelayBounds {
  minDelayMs: number;
  maxDelayMs: number;
}

export const defaultDelayBounds: DelayBounds = { minDelayMs: 200, maxDelayMs: 120_000 };

/** All that the time of the next look depends on. */
export interface LookSituation {
  /** The task's age; a value that is not an age counts as zero. */
  ageMs: number;
  bounds: DelayBounds;
  /** Time to the deadline, at which the last look comes. */
  leftMs: number;
  /** From 0 to 1. */
  random: number;
  /** Durations of finished runs of the same name on the same instance. */
  pastDurationsMs?: readonly number[];
  /** How long tasks of this name usually take; used only without past runs. */
  typicalMs?: number;
  /** How long to wait before the next request, if the service said so. */
  retryAfterMs?: number;
}

export interface NextLook {
  delayMs: number;
  /** The reason for the delay, for a line of the log. */
  reason: string;
}

// What a request is worth, in seconds of latency. It trades latency for requests: with 50 ms, a 3 s task with past runs
// takes about 6 requests and is seen 0.17 s late, a task of 10 min about 64 requests and 2.5 s.
const requestWorthMs = 50;

// However long success usually takes, a failure may come early.
const largestGrowthOfAge = 4;
const ageAtFirstGrowthMs = 250;

// If nothing is known, closer looks are mostly in vain, and longer gaps annoy a user who watches the terminal.
const shortestUninformedDelayMs = 1000;
const longestUninformedDelayMs = 7000;

// Stacks that started together must not poll together. Jitter only shortens a gap, so no limit needs a margin.
const jitter = 0.1;

/**
 * When to look at a task again: a pure function of what has been seen. docs/polling.md explains the rule.
 *
 * The limits take precedence in this order: the deadline, `Retry-After`, the shortest delay, the longest one and the
 * guard against early failures.
 */
export function planNextLook(situation: LookSituation): NextLook {
  const { bounds, leftMs, random, pastDurationsMs = [], typicalMs, retryAfterMs = 0 } = situation;
  const ageMs = situation.ageMs > 0 && Number.isFinite(situation.ageMs) ? situation.ageMs : 0;
  const forecast = forecastFrom(pastDurationsMs, typicalMs);

  const guardMs = largestGrowthOfAge * Math.max(ageMs, ageAtFirstGrowthMs) - ageMs;
  const longestMs = forecast.isInformed
    ? bounds.maxDelayMs
    : Math.min(bounds.maxDelayMs, Math.max(longestUninformedDelayMs, bounds.minDelayMs));
  const latestMs = Math.min(guardMs, longestMs);
  const shortestMs = forecast.isInformed ? 0 : shortestUninformedDelayMs;
  const worthwhileMs = Math.min(Math.max(worthwhileDelay(ageMs, latestMs, forecast), shortestMs), latestMs);
  let limit = worthwhileMs < latestMs ? "" : guardMs < longestMs ? "in case it fails early" : "the longest delay";
  let delayMs = worthwhileMs * (1 - jitter * random);

  const lowest: [number, string][] = [
    [bounds.minDelayMs, "the shortest delay"],
    [retryAfterMs, "as the service asked"],
  ];
  for (const [lowestMs, name] of lowest) {
    if (delayMs < lowestMs) {
      [delayMs, limit] = [lowestMs, name];
    }
  }
  if (delayMs > leftMs) {
    [delayMs, limit] = [Math.max(leftMs, 0), "the deadline"];
  }
  return { delayMs, reason: limit ? `${forecast.basis}; ${limit}` : forecast.basis };
}

const steps = 128;

/**
 * The optimal inspection schedule (J. B. Keller, "Optimum checking schedules for systems subject to random failure",
 * 1974): if a task ends at the rate h and a request is worth w, the best number of looks is sqrt(h / 2w) a unit of time.
 * The next look comes when these have added up to one. Counted in the root of the age, h = hazard / age makes that
 * sqrt(2 hazard / w), which is bounded everywhere.
 */
function worthwhileDelay(ageMs: number, latestMs: number, forecast: Forecast): number {
  const from = Math.sqrt(ageMs);
  const step = latestMs / (Math.sqrt(ageMs + latestMs) + from) / steps;
  let looks = 0;
  for (let i = 0; i < steps; i++) {
    const more = step * Math.sqrt((2 * forecast.hazard((from + (i + 0.5) * step) ** 2)) / requestWorthMs);
    if (looks + more >= 1) {
      const grown = (i + (1 - looks) / more) * step;
      return Math.min(grown * (2 * from + grown), latestMs);
    }
    looks += more;
  }
  return latestMs;
}
