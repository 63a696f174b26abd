import type { Randomness } from "./randomness";

/** A task to wait for, and the durations of finished runs of the same name. */
export interface DrawnTask {
  seconds: number;
  pastSeconds: number[];
}

export interface Knowledge {
  pastRuns?: number;
  /** By what factor the runs of one name differ: the standard deviation of its logarithm. Default 0.2. */
  scatter?: number;
  /** The same of past runs alone. */
  pastScatter?: number;
  /** All tasks are of names with this median, instead of the mixture. */
  medianSeconds?: number;
}

// Nobody publishes what tasks there are, so this is assumed: 40 % binds of about 3 s, 20 % config changes of 20 to 60 s,
// 20 % restarts and resizes of 2 to 10 min, 20 % creates and extensions of 5 to 40 min.
function medianOfSomeName(random: Randomness): number {
  const kind = random.uniform();
  if (kind < 0.4) {
    return 3;
  }
  const [from, to] = kind < 0.6 ? [20, 60] : kind < 0.8 ? [120, 600] : [300, 2400];
  return random.logUniform(from, to);
}

export function drawTask(random: Randomness, knowledge: Knowledge): DrawnTask {
  const { pastRuns = 0, scatter = 0.2, pastScatter = scatter } = knowledge;
  const median = knowledge.medianSeconds ?? medianOfSomeName(random);
  return {
    seconds: median * random.logNormal(scatter),
    pastSeconds: Array.from({ length: pastRuns }, () => median * random.logNormal(pastScatter)),
  };
}

/** A task that fails early, of a name that usually takes ten minutes. */
export function drawEarlyFailure(random: Randomness): DrawnTask {
  const usual = drawTask(random, { pastRuns: 3, medianSeconds: 600 });
  return { ...usual, seconds: random.logUniform(1, 300) };
}

/** When runs of these durations started and ended, each a minute before the next one and the last a minute before now. */
export function pastRunTimes(
  pastSeconds: readonly number[],
  nowMs: number,
): { createdAt: string; updatedAt: string }[] {
  const text = (ms: number) => new Date(ms).toISOString();
  return pastSeconds.map((seconds, i) => {
    const beganMs = Math.floor(nowMs - (i + 1) * 60_000 - seconds * 1000);
    return { createdAt: text(beganMs), updatedAt: text(beganMs + seconds * 1000) };
  });
}
