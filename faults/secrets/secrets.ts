import { keepPrinted } from "../observed/printed";
import { Random } from "../trials/random";
import type { Kind } from "../trials/trial";
import { echoTrials, prefixTrials } from "./echoTrials";
import { engineTrials } from "./engineTrials";

/** Secrets that a service or a proxy echoes: none comes out anywhere. */
export const secrets: Kind = {
  name: "secrets",
  // The settings are this process's variables.
  concurrency: 1,
  atMostSeconds: 120,
  async start({ seed, quick }) {
    const stopKeeping = keepPrinted();
    const random = new Random(seed, 0);
    const echoes = [...echoTrials(), ...prefixTrials()];
    return {
      trials: [...(quick ? echoes.filter(() => random.chance(8)) : echoes), ...engineTrials(quick)],
      close: async () => stopKeeping(),
    };
  },
};
