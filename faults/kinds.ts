import { clocks } from "./clocks/clocks";
import { faults } from "./faultyServices/faults";
import { hostileInputs } from "./hostileInputs/hostileInputs";
import { kills } from "./kills/kills";
import { load } from "./load/load";
import { mixtures } from "./mixtures/mixtures";
import { secrets } from "./secrets/secrets";
import type { Kind } from "./trials/trial";

/** In the order of the last line, which is also that in which they run. */
export const kinds: Kind[] = [faults, mixtures, kills, hostileInputs, secrets, clocks, load];
