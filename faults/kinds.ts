import { faults } from "./faultyServices/faults";
import { clocks } from "./clocks/clocks";
import type { Kind } from "./trials/trial";

/** In the order of the last line, which is also that in which they run. */
export const kinds: Kind[] = [faults, clocks];
