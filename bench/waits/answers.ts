/** The answer to a look at a task. */
export interface Answer {
  /** Since the task started. */
  atMs: number;
  hasEnded: boolean;
}

/** By how much timers and requests may be late on a busy machine; looks that are further apart are not the same look. */
export const toleranceMs = 100;

/** The answer to a look on a virtual clock: that of the real wait's look, if there is one to be repeated; else at once. */
export function answerTo(look: number, nowMs: number, endMs: number, repeated: readonly Answer[]): Answer {
  const real = repeated[look];
  return real && Math.abs(real.atMs - nowMs) <= toleranceMs ? real : { atMs: nowMs, hasEnded: nowMs >= endMs };
}
