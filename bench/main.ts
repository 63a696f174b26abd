// `npm run bench`: our waiter and its peers, by what they cost in latency and in requests. Ends with one line of JSON;
// writes docs/benchmark.md and docs/polling.svg, unless it was a `--quick` run. Exits with 1 when a figure is worse than
// promised.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import * as prettier from "prettier";
import { repositoryRoot } from "../engine/repositoryRoot";
import { packagePeers } from "./peers/packagePeers";
import { startStateChangePeers } from "./peers/stateChange";
import { measureInTheEngine } from "./real/engineFigures";
import { measureImports } from "./real/importCost";
import { sampleInRealTime } from "./real/realTime";
import { measureSharing, sharingRatios } from "./real/sharing";
import { measureSigning } from "./real/signing";
import { chartOf } from "./report/chart";
import { faultsOf, figuresOf, leastAgreement, type Measured, rounded, type Waiter } from "./report/figures";
import { pageOf } from "./report/page";
import { virtualWaitsOf } from "./virtual/peersVirtualWait";
import { costsByLength, tasksOfMixture } from "./virtual/seedFigures";
import { figuresInAProcess } from "./virtual/seedProcess";
import { costOf, summarize } from "./waits/waits";

// Not performance.now(), which stands still while a peer waits on its virtual clock.
const say = (line: string) => console.error(`${process.uptime().toFixed(0).padStart(4)} s  ${line}`);

const brief = (_key: string, value: unknown) => (typeof value === "number" ? rounded(value) : value);

const ours = [
  { name: "ours, 3 past runs", figure: "mixture3", source: "runs of one name scatter by 20 %" },
  { name: "ours, 3 scattered runs", figure: "mixture3Wide", source: "runs of one name scatter by 50 %" },
  { name: "ours, typical duration", figure: "cold", source: "a single duration, wrong by 30 % as a table's may be" },
  { name: "ours, nothing known", figure: "blind", source: "neither the name nor any run" },
] as const;

const whole = {
  waits: 20_000,
  seeds: 3,
  real: { perWaiter: 60, longestSeconds: 30 },
  sharingRounds: 2,
  imports: 15,
  engine: { pairs: 5, load: { waits: 500, instances: 50, slowestTaskSeconds: 30 } },
};

const quick: typeof whole = {
  waits: 1500,
  seeds: 1,
  real: { perWaiter: 20, longestSeconds: 10 },
  sharingRounds: 1,
  imports: 5,
  engine: { pairs: 1, load: { waits: 100, instances: 10, slowestTaskSeconds: 5 } },
};

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: { quick: { type: "boolean", default: false }, seed: { type: "string", default: "1" } },
  });
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed)) {
    throw new Error(`--seed must be a whole number, but is ${values.seed}`);
  }
  const measured = await measure(seed, values.quick ? quick : whole);
  if (!values.quick) {
    await write("docs/benchmark.md", await prettier.format(pageOf(measured), { parser: "markdown" }));
    await write("docs/polling.svg", chartOf(measured.waiters, "What waiting costs: latency and requests"));
  }
  const faults = faultsOf(measured);
  faults.forEach(say);
  say(faults.length === 0 ? "All figures are within their bounds." : "Not all figures are within their bounds.");
  const figures = JSON.stringify(figuresOf(measured), brief);
  console.log(`{"seed":${seed},"waits":${measured.waits},"figures":${figures}}`);
  return faults.length === 0;
}

async function measure(seed: number, size: typeof whole): Promise<Measured> {
  const { waits } = size;
  const drawn = Array.from({ length: size.seeds }, (_, i) => seed + i);
  say(`${waits} waits for each figure, seed ${drawn.join(", ")}.`);
  const ofSeeds = Promise.all(drawn.map((each) => figuresInAProcess(each, waits, say)));

  const peers = [...packagePeers, ...(await startStateChangePeers(say))];
  const byLength = await costsByLength(seed, waits / 10);
  const tasks = tasksOfMixture(seed, waits);
  const ofPeers: Waiter[] = [];
  for (const peer of peers) {
    const summary = summarize(await virtualWaitsOf(peer)(tasks));
    ofPeers.push({ ...peer, summary, isOurs: false });
    say(`${peer.name}: ${costOf(summary)}`);
  }
  const seeds = await ofSeeds;
  const ofOurs = ours.map((waiter) => ({ ...waiter, summary: seeds[0]!.products[waiter.figure], isOurs: true }));

  say("In real time, against the emulator ...");
  let real = await sampleInRealTime(seed, size.real, peers);
  if (real.agreement < leastAgreement) {
    const share = `${(100 * real.agreement).toFixed(1)} %`;
    say(`Only ${share} of them as on the virtual clock: this machine is busy. Repeating ...`);
    real = await sampleInRealTime(seed, size.real, peers);
  }

  say("50 waits on one instance, by id and shared ...");
  const sharing = await measureSharing(seed, size.sharingRounds);
  const [timesFewer, latencyRatio] = sharingRatios(sharing);
  say(
    `Shared, that takes ${timesFewer.toFixed(1)} times fewer requests, with ${latencyRatio.toFixed(2)} of the latency.`,
  );

  say("20 waits with 200 ms of round trip, by access key and by password ...");
  const signing = await measureSigning(seed);
  say(`With 200 ms of round trip: ${JSON.stringify(signing, brief)}`);

  say("Loading the package ...");
  const imports = await measureImports(size.imports);

  say("In the engine ...");
  const engine = await measureInTheEngine(seed, size.engine, say);
  return { waits, seeds, byLength, waiters: [...ofOurs, ...ofPeers], real, sharing, signing, imports, engine };
}

async function write(file: string, text: string): Promise<void> {
  writeFileSync(path.join(repositoryRoot, file), text);
  say(`Wrote ${file}.`);
}

void main().then((isWithinBounds) => process.exit(isWithinBounds ? 0 : 1));
