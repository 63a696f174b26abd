import { drawEarlyFailure, drawTask, type DrawnTask, type Knowledge } from "../waits/mixture";
import { Randomness } from "../waits/randomness";
import { waitVirtually } from "./virtualWait";
import { mean, type Summary, summarize, type Waited } from "../waits/waits";

/** Our figures on a virtual clock, from one seed. */
export interface SeedFigures {
  mixture3: Summary;
  mixture3Wide: Summary;
  blind: Summary;
  cold: Summary;
  tenMinutes3: Summary;
  /** Worst and mean of age when seen / age at failure. */
  tooLong: [number, number];
}

/** What each figure may be at most; of `shared50`, how many times fewer requests at least, and the latency at most. */
export const bounds = {
  mixture3: 40,
  mixture3Wide: 80,
  blind: 115,
  cold: 70,
  bind3: [0.2, 7.5],
  tenMinutes3: 170,
  tooLong: [4.2, 2.5],
  shared50: [15, 1.2],
  up200: 1.5,
  load: 1.3,
  statePerResource: 4096,
} as const;

const knowledge = {
  mixture3: { pastRuns: 3 },
  mixture3Wide: { pastRuns: 3, scatter: 0.5 },
  blind: {},
  cold: { tableIsWrongBy: 0.3 },
  tenMinutes3: { pastRuns: 3, medianSeconds: 600 },
} as const satisfies { [figure: string]: Knowledge };

export async function figuresOf(seed: number, waits: number, say: (line: string) => void): Promise<SeedFigures> {
  const figures: Partial<SeedFigures> = {};
  for (const figure of Object.keys(knowledge) as (keyof typeof knowledge)[]) {
    const summary = summarize(await waitForAll(seed, waits, (random) => drawTask(random, knowledge[figure])));
    figures[figure] = summary;
    const { meanLatencySeconds, meanRequests, productSeconds } = summary;
    say(
      `seed ${seed}, ${figure}: ${meanLatencySeconds.toFixed(2)} s x ${meanRequests.toFixed(1)} requests = ${productSeconds.toFixed(1)} (at most ${bounds[figure]})`,
    );
  }
  const failures = await waitForAll(seed, waits, drawEarlyFailure);
  const ratios = failures.map(({ latencySeconds, seconds }) => (seconds + latencySeconds) / seconds);
  figures.tooLong = [ratios.reduce((one, other) => Math.max(one, other)), mean(ratios)];
  const [worst, usual] = figures.tooLong;
  say(`seed ${seed}, tooLong: ${worst.toFixed(2)}, ${usual.toFixed(2)} (at most ${bounds.tooLong.join(", ")})`);
  return figures as SeedFigures;
}

/** What waiting for tasks of about one length costs. */
export interface CostOfLength {
  medianSeconds: number;
  withPastRuns: Summary;
  withNothing: Summary;
}

export async function costsByLength(seed: number, waits: number): Promise<CostOfLength[]> {
  const costs: CostOfLength[] = [];
  for (const medianSeconds of [3, 30, 600]) {
    const costWith = async (known: Knowledge) =>
      summarize(await waitForAll(seed, waits, (random) => drawTask(random, { ...known, medianSeconds })));
    const withPastRuns = await costWith({ pastRuns: 3 });
    costs.push({ medianSeconds, withPastRuns, withNothing: await costWith({}) });
  }
  return costs;
}

/** The durations that `mixture3` waits for, for the peers to wait for as well. */
export function durationsOfMixture(seed: number, waits: number): number[] {
  const random = new Randomness(seed);
  return Array.from({ length: waits }, () => drawTask(random, knowledge.mixture3).seconds);
}

async function waitForAll(seed: number, waits: number, draw: (random: Randomness) => DrawnTask): Promise<Waited[]> {
  const random = new Randomness(seed);
  const tasks = Array.from({ length: waits }, () => draw(random));
  const waited: Waited[] = [];
  for (const task of tasks) {
    // Any moment at which the seconds of our clock and the service's fall together as they may.
    const startMs = 1_800_000_000_000 + Math.floor(1000 * random.uniform());
    waited.push(await waitVirtually(task, random.uniform, { startMs }));
  }
  return waited;
}
