import { Random } from "../trials/random";
import type { Kind, Trial } from "../trials/trial";
import type { Blow } from "./blows";
import { deleteTrial } from "./deleteTrials";
import { serviceTrial } from "./serviceTrials";
import { type Moment, waitTrial } from "./waitTrials";

/** How often each blow falls at each moment, in full. */
const waits: [Blow, Moment, times: number][] = [
  ["SIGINT", "amid waits", 3],
  ["SIGKILL of the engine", "amid waits", 3],
  ["SIGINT twice", "amid waits", 3],
  ["SIGTERM", "amid waits", 2],
  ["SIGKILL of the provider", "amid waits", 3],
  ["SIGKILL of the program", "amid waits", 2],
  ["SIGINT", "between a search and its wait", 2],
  ["SIGTERM", "between a search and its wait", 1],
  ["SIGKILL of the provider", "between a search and its wait", 2],
];

const deletes: Blow[] = ["SIGINT", "SIGTERM", "SIGKILL of the engine", "SIGKILL of the provider"];

/** Updates of a real engine in which somebody dies: the next `up` has lost nothing, and left nothing behind. */
export const kills: Kind = {
  name: "kills",
  concurrency: 2,
  atMostSeconds: 180,
  start: async ({ seed, quick }) => {
    let made = 0;
    const random = () => new Random(seed, made++);
    const trials: Trial[] = [
      ...waits.flatMap(([blow, moment, times]) =>
        Array.from({ length: times }, (_, i) => waitTrial(blow, moment, random(), i + 1)),
      ),
      ...deletes.map((blow) => deleteTrial(blow, random())),
      ...[false, false, true].map((isCancelled, i) => serviceTrial(isCancelled, random(), i + 1)),
    ];
    const sample = trials.filter(({ name }) => /^SIGINT, amid waits \(1\)|^SIGKILL of the engine, between/.test(name));
    return { trials: quick ? sample : trials, close: async () => undefined };
  },
};
