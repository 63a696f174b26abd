/** Bounds of the time between two looks, in milliseconds. */
export interface DelayBounds {
  minDelayMs: number;
  maxDelayMs: number;
}

export const defaultDelayBounds: DelayBounds = { minDelayMs: 500, maxDelayMs: 10_000 };

// A look costs a request and is late by half the gap on average. With nothing known of a task but its age, a gap in
// proportion to the age keeps the lateness in proportion to the wait.
const shareOfAge = 0.1;

// So that many stacks that began together do not ask together.
const jitter = 0.1;

/**
 * Milliseconds until the next look at a task that is `ageMs` old. `random` is a number from 0 to 1 and moves the result
 * by up to a tenth either way; the bounds hold after that.
 */
export function delayUntilNextLook(ageMs: number, bounds: DelayBounds, random: number): number {
  const factor = 1 - jitter + 2 * jitter * random;
  const proportional = shareOfAge * Math.max(0, ageMs) * factor;
  return Math.min(Math.max(proportional, bounds.minDelayMs), bounds.maxDelayMs);
}
