import { uniformInt } from "pure-rand/distribution/uniformInt";
import { mersenne } from "pure-rand/generator/mersenne";

/** Chance for one trial: the same for a seed and a trial's number in each run, whatever runs beside it. */
export class Random {
  private readonly generator;

  constructor(seed: number, trial: number) {
    // Spread, so that neighbouring trials and seeds share no stretch of numbers.
    this.generator = mersenne(Math.imul(seed, 0x9e3779b1) ^ Math.imul(trial + 1, 0x85ebca6b));
  }

  /** A whole number from `least` to `most`, both included. */
  between(least: number, most: number): number {
    return uniformInt(this.generator, least, most);
  }

  oneOf<T>(choices: readonly T[]): T {
    return choices[this.between(0, choices.length - 1)]!;
  }

  /** True in about `percent` of a hundred calls. */
  chance(percent: number): boolean {
    return this.between(1, 100) <= percent;
  }
}
