import { Random } from "../trials/random";
import type { Kind, Size, StartedKind } from "../trials/trial";
import { nameTrial } from "./nameTrials";
import { signatureTrial } from "./signatureTrials";

/** The clock of the machine or of the service is set, by 1 s to 2 h, while waits depend on both. */
export const clocks: Kind = {
  name: "clocks",
  concurrency: 6,
  atMostSeconds: 90,
  start: async ({ seed, quick }: Size): Promise<StartedKind> => {
    const [searches, signatures] = quick ? [8, 6] : [48, 30];
    const some = <T>(count: number, make: (random: Random, i: number) => T, from: number) =>
      Array.from({ length: count }, (_, i) => make(new Random(seed, from + i), i));
    return {
      trials: [...some(searches, nameTrial, 0), ...some(signatures, signatureTrial, searches)],
      close: async () => undefined,
    };
  },
};
