import { type EngineFigures, loadRatio, ratioToNothing } from "../real/engineFigures";
import { importCost, type Loading } from "../real/importCost";
import type { RealSample } from "../real/realTime";
import { type Sharing, sharingRatios } from "../real/sharing";
import type { Signing } from "../real/signing";
import { type CostOfLength, productFigures, type SeedFigures } from "../virtual/seedFigures";
import { summarize, type Summary } from "../waits/waits";

/** A waiter, at what it costs on a virtual clock. */
export interface Waiter {
  name: string;
  source: string;
  summary: Summary;
  isOurs: boolean;
}

export interface Measured {
  waits: number;
  seeds: SeedFigures[];
  byLength: CostOfLength[];
  waiters: Waiter[];
  real: RealSample;
  sharing: Sharing;
  signing: Signing;
  imports: Loading[];
  engine: EngineFigures;
}

/**
 * What each figure may be at most; of `shared50`, how many times fewer requests at least, and the latency at most; of `import`,
 * the shares of the SDK's time and memory, and modules.
 */
export const bounds = {
  mixture3: 40,
  mixture3Wide: 80,
  blind: 115,
  cold: 70,
  bind3: [0.2, 7.5],
  tenMinutes3: 170,
  tooLong: [4.2, 2.5],
  shared50: [15, 1.2],
  signed20: [1.5, 4],
  import: [0.12, 0.2, 120],
  up200: 1.5,
  load: 1.3,
  statePerResource: 4096,
} as const;

/** The share of waits that must send as many requests in real time as on a virtual clock. */
export const leastAgreement = 0.99;

/** The figures of the first seed. */
export function figuresOf({ seeds, waiters, real, sharing, signing, imports, engine }: Measured) {
  const { products, tooLong } = seeds[0]!;
  const bind = summarize(real.bind);
  const { key, password } = signing;
  const loaded = importCost(imports);
  const ofPeers = waiters.filter(({ isOurs }) => !isOurs).map(({ summary }) => summary.productSeconds);
  return {
    ...Object.fromEntries(productFigures.map((figure) => [figure, products[figure].productSeconds])),
    bestPeer: Math.min(...ofPeers),
    bind3: [bind.medianLatencySeconds, bind.meanRequests] as const,
    tooLong,
    shared50: sharingRatios(sharing),
    signed20: [key.meanLatencySeconds / password.meanLatencySeconds, key.lastSeconds] as const,
    import: [loaded.timeShare, loaded.memoryShare, loaded.modules] as const,
    up200: ratioToNothing(engine),
    load: loadRatio(engine),
    loadProvider: engine.load.usage,
    statePerResource: engine.statePerResource,
    virtualAgreesWithReal: real.agreement,
  };
}

/** What is over its bound, as sentences. */
export function faultsOf(measured: Measured): string[] {
  const figures = figuresOf(measured);
  const { bind3, shared50, signed20, up200, load, statePerResource, virtualAgreesWithReal } = figures;
  const bounded: [what: string, value: number, atMost: number][] = [
    ["bind3, latency", bind3[0], bounds.bind3[0]],
    ["bind3, requests", bind3[1], bounds.bind3[1]],
    ["shared50, requests shared / by id", 1 / shared50[0], 1 / bounds.shared50[0]],
    ["shared50, latency shared / by id", shared50[1], bounds.shared50[1]],
    ["signed20, latency by key / by password", signed20[0], bounds.signed20[0]],
    ["signed20, last verdict by key", signed20[1], bounds.signed20[1]],
    ["import, time", figures.import[0], bounds.import[0]],
    ["import, memory", figures.import[1], bounds.import[1]],
    ["import, modules", figures.import[2], bounds.import[2]],
    ["up200", up200, bounds.up200],
    ["load", load, bounds.load],
    ["statePerResource", statePerResource, bounds.statePerResource],
    ["waits whose requests differ on a virtual clock", 1 - virtualAgreesWithReal, 1 - leastAgreement],
  ];
  for (const { seed, products, tooLong } of measured.seeds) {
    for (const figure of productFigures) {
      bounded.push([`${figure}, seed ${seed}`, products[figure].productSeconds, bounds[figure]]);
    }
    bounded.push([`tooLong, worst, seed ${seed}`, tooLong[0], bounds.tooLong[0]]);
    bounded.push([`tooLong, mean, seed ${seed}`, tooLong[1], bounds.tooLong[1]]);
  }
  return bounded
    .filter(([, value, atMost]) => !(value <= atMost))
    .map(([what, value, atMost]) => `${what}: ${rounded(value)}, but at most ${rounded(atMost)} was promised`);
}

export function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
