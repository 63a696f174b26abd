import { drawEarlyFailure, type DrawnTask, drawTask, type Knowledge } from "../waits/mixture";
import { Randomness } from "../waits/randomness";
import { costOf, mean, summarize, type Summary, type Waited } from "../waits/waits";
import { waitVirtually } from "./ourVirtualWait";

const knowledge = {
  mixture3: { pastRuns: 3 },
  mixture3Wide: { pastRuns: 3, scatter: 0.5 },
  blind: {},
  // One past run stands for the name's typical duration: the forecast from either is that, give or take 50 %.
  cold: { pastRuns: 1, pastScatter: 0.3 },
  tenMinutes3: { pastRuns: 3, medianSeconds: 600 },
} as const satisfies { [figure: string]: Knowledge };

type ProductFigure = keyof typeof knowledge;

export const productFigures = Object.keys(knowledge) as ProductFigure[];

/** Our figures on a virtual clock, from one seed. */
export interface SeedFigures {
  seed: number;
  products: { [figure in ProductFigure]: Summary };
  /** Worst and mean of age when seen / age at failure. */
  tooLong: [number, number];
}

export async function figuresOf(seed: number, waits: number, say: (line: string) => void): Promise<SeedFigures> {
  const products: Partial<SeedFigures["products"]> = {};
  for (const figure of productFigures) {
    const summary = await costWith(seed, waits, knowledge[figure]);
    products[figure] = summary;
    say(`seed ${seed}, ${figure}: ${costOf(summary)}`);
  }
  const failures = await waitForAll(seed, waits, drawEarlyFailure);
  const ratios = failures.map(({ latencySeconds, seconds }) => (seconds + latencySeconds) / seconds);
  const [worst, usual] = [ratios.reduce((one, other) => Math.max(one, other)), mean(ratios)];
  say(`seed ${seed}, tooLong: ${worst.toFixed(2)}, ${usual.toFixed(2)}`);
  return { seed, products: products as SeedFigures["products"], tooLong: [worst, usual] };
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
    const withPastRuns = await costWith(seed, waits, { pastRuns: 3, medianSeconds });
    costs.push({ medianSeconds, withPastRuns, withNothing: await costWith(seed, waits, { medianSeconds }) });
  }
  return costs;
}

/** What `mixture3` waits for, for the peers to wait for as well. */
export function tasksOfMixture(seed: number, waits: number): DrawnTask[] {
  const random = new Randomness(seed);
  return Array.from({ length: waits }, () => drawTask(random, knowledge.mixture3));
}

async function costWith(seed: number, waits: number, known: Knowledge): Promise<Summary> {
  return summarize(await waitForAll(seed, waits, (random) => drawTask(random, known)));
}

async function waitForAll(seed: number, waits: number, draw: (random: Randomness) => DrawnTask): Promise<Waited[]> {
  const random = new Randomness(seed);
  const tasks = Array.from({ length: waits }, () => draw(random));
  const waited: Waited[] = [];
  for (const task of tasks) {
    // Any moment at which the seconds of our clock and the service's fall together as they may.
    const startMs = 1_800_000_000_000 + Math.floor(1000 * random.uniform());
    waited.push(await waitVirtually(task, random.uniform, startMs));
  }
  return waited;
}
