import { faults } from "./faultyServices/faults";
import { clocks } from "./clocks/clocks";
import { mixtures } from "./mixtures/mixtures";
import type { Kind } from "./trials/trial";

/** In the order of the last line, which is also that in which they run. */
export const kinds: Kind[] = [faults, mixtures, clocks];
