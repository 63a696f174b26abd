import type { Randomness } from "./randomness";

/** A task that somebody waits for, and what is known of its name before. Times in seconds. */
export interface DrawnTask {
  seconds: number;
  /** Durations of finished runs of the same name. */
  pastSeconds: number[];
  /** How long the name usually takes, as a table would have it. */
  typicalSeconds?: number;
}

export interface Knowledge {
  pastRuns?: number;
  /** By what factor the runs of one name differ: the standard deviation of its logarithm. Default 0.2. */
  scatter?: number;
  /** A table has the name, wrong by a factor with this standard deviation of its logarithm. */
  tableIsWrongBy?: number;
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
  return kind < 0.6
    ? random.logUniform(20, 60)
    : kind < 0.8
      ? random.logUniform(120, 600)
      : random.logUniform(300, 2400);
}

export function drawTask(random: Randomness, knowledge: Knowledge): DrawnTask {
  const { pastRuns = 0, scatter = 0.2, tableIsWrongBy } = knowledge;
  const median = knowledge.medianSeconds ?? medianOfSomeName(random);
  const run = () => median * random.logNormal(scatter);
  return {
    seconds: run(),
    pastSeconds: Array.from({ length: pastRuns }, run),
    typicalSeconds: tableIsWrongBy === undefined ? undefined : median * random.logNormal(tableIsWrongBy),
  };
}

/** A task that fails early, of a name that usually takes ten minutes. */
export function drawEarlyFailure(random: Randomness): DrawnTask {
  const usual = drawTask(random, { pastRuns: 3, medianSeconds: 600 });
  return { ...usual, seconds: random.logUniform(1, 300) };
}
