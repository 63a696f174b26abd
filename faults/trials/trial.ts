/** What is tried: each has a folder of its own, and a pair `[held, tried]` in the last line. */
export type KindName = "faults" | "mixtures" | "kills" | "clocks" | "hostileInputs" | "secrets" | "load";

/** One case. */
export interface Trial {
  /** Unique within its kind, and the same for a seed in each run: `npm run faults` finds it again by this. */
  name: string;
  /**
   * Resolves when the outcome was exactly the promised one; rejects with what differed.
   *
   * @param signal Aborted when the trial takes longer than its kind's `atMostSeconds`.
   */
  run(signal: AbortSignal): Promise<void>;
}

/** How much of it is asked for. */
export interface Size {
  /** What random trials are drawn from. */
  seed: number;
  /** As part of `npm test`: a sample in seconds instead of everything in minutes. */
  quick: boolean;
}

/** Trials of one kind, and what they share. */
export interface Kind {
  name: KindName;
  /** How many of its trials run at a time. */
  concurrency: number;
  /** A trial that takes longer has failed. */
  atMostSeconds: number;
  start(size: Size): Promise<StartedKind>;
}

export interface StartedKind {
  trials: Trial[];
  /** Figures for the last line, once its trials have run. */
  figures?(): Record<string, number>;
  close(): Promise<void>;
}
