import fc from "fast-check";
import type { Size, Trial } from "../trials/trial";

/** A property counts as one trial, however many samples it is tried with. */
export function propertyTrial<T>(
  name: string,
  { seed, quick }: Size,
  samples: { full: number; quick: number },
  arbitrary: fc.Arbitrary<T>,
  holds: (sample: T) => Promise<void>,
): Trial {
  return {
    name,
    run: async (signal) => {
      const property = fc.asyncProperty(arbitrary, async (sample) => {
        if (!signal.aborted) await holds(sample);
      });
      const { failed, counterexample, errorInstance } = await fc.check(property, {
        seed: seedOf(seed, name),
        numRuns: quick ? samples.quick : samples.full,
      });
      if (failed) throw new Error(`for ${stringified(counterexample)}: ${faultIn(errorInstance)}`);
    },
  };
}

/** A number of each trial's own: the same for a seed and a name in each run. */
function seedOf(seed: number, name: string): number {
  return [...name].reduce((hash, c) => Math.imul(hash ^ c.codePointAt(0)!, 0x01000193), 0x811c9dc5 ^ seed);
}

function stringified(counterexample: unknown): string {
  const text = fc.stringify(counterexample);
  return text.length > 2000 ? `${text.slice(0, 2000)}… (${text.length} characters)` : text;
}

function faultIn(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message} (${error.cause.message})` : error.message;
}
