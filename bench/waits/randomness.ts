import { uniformFloat64 } from "pure-rand/distribution/uniformFloat64";
import { mersenne } from "pure-rand/generator/mersenne";

/** Random numbers that a seed repeats. */
export class Randomness {
  private readonly generator;

  constructor(seed: number) {
    this.generator = mersenne(seed);
  }

  /** From 0 (inclusive) to 1 (exclusive). */
  uniform = (): number => uniformFloat64(this.generator);

  /** As likely between 1 and 2 as between 10 and 20. */
  logUniform(from: number, to: number): number {
    return from * (to / from) ** this.uniform();
  }

  /** A factor about 1, whose logarithm is normal with this standard deviation. */
  logNormal(sigma: number): number {
    return Math.exp(sigma * Math.sqrt(-2 * Math.log(1 - this.uniform())) * Math.cos(2 * Math.PI * this.uniform()));
  }
}
