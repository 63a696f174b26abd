// `npm run bench`: our waiter and its peers, by what they cost in latency and in requests. Ends with one line of JSON;
// writes docs/benchmark.md and docs/polling.svg, unless it was a `--quick` run. Exits with 1 when a figure is worse than
// promised.
import { writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import * as prettier from "prettier";
import { repositoryRoot } from "../engine/repositoryRoot";
import { chartOf, type Mark } from "./report/chart";
import { costsByLength, durationsOfMixture, figuresOf as seedFigures, type SeedFigures } from "./virtual/seedFigures";
import { figuresInAProcess } from "./virtual/seedProcess";
import { type EngineSize, measureInTheEngine } from "./real/engineFigures";
import { peers } from "./peers/peers";
import { sampleInRealTime } from "./real/realTime";
import { faultsOf, figuresOf, leastAgreement, type Measured, pageOf } from "./report/page";
import { measureSharing, sharingRatios } from "./real/sharing";
import {
  reasonWithoutGo,
  type StateChangePeer,
  stateChangePeers,
  waitVirtuallyWithStateChange,
} from "./peers/stateChange";
import { waitVirtuallyWith } from "./virtual/virtualPeer";
import { summarize, type Waited } from "./waits/waits";

// Not performance.now(), which stands still while a peer waits on its virtual clock.
const say = (line: string) => console.error(`${process.uptime().toFixed(0).padStart(4)} s  ${line}`);

const ours = [
  { name: "ours, 3 past runs", figure: "mixture3", source: "runs of one name scatter by 20 %" },
  { name: "ours, 3 scattered runs", figure: "mixture3Wide", source: "runs of one name scatter by 50 %" },
  { name: "ours, typical duration", figure: "cold", source: "a table whose entries are wrong by 30 %" },
  { name: "ours, nothing known", figure: "blind", source: "neither the name nor any run" },
] as const;

const wholeEngine: EngineSize = { pairs: 5, load: { waits: 500, instances: 50, slowestTaskSeconds: 30 } };
const quickEngine: EngineSize = { pairs: 1, load: { waits: 100, instances: 10, slowestTaskSeconds: 5 } };

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: { quick: { type: "boolean", default: false }, seed: { type: "string", default: "1" } },
  });
  const { quick } = values;
  const firstSeed = Number(values.seed);
  if (!Number.isSafeInteger(firstSeed)) {
    throw new Error(`--seed must be a whole number, but is ${values.seed}`);
  }
  const waits = quick ? 1500 : 20_000;
  const drawn = quick ? [firstSeed] : [firstSeed, firstSeed + 1, firstSeed + 2];
  say(`${quick ? "A quick run" : "A run"} of ${waits} waits for each figure, seed ${drawn.join(", ")}.`);

  const durations = durationsOfMixture(firstSeed, waits);
  const withoutGo = await reasonWithoutGo();
  if (withoutGo) {
    say(`Without terraform-plugin-sdk, since Go can't run it here: ${withoutGo}`);
  }
  // In processes of their own, beside what this one does.
  const goPeers = waitInGo(withoutGo ? [] : stateChangePeers, durations);
  const others = ofOtherSeeds(drawn.slice(1), waits);

  const figures = await seedFigures(firstSeed, waits, say);
  const byLength = await costsByLength(firstSeed, waits / 10);
  const marks = ourMarks(figures);
  const sources = new Map<string, string>(ours.map(({ name, source }) => [name, source]));
  const add = (name: string, source: string, waited: readonly Waited[]) => {
    const summary = summarize(waited);
    marks.push({ name, summary, isOurs: false });
    sources.set(name, source);
    const { meanLatencySeconds, meanRequests, productSeconds } = summary;
    say(
      `${name}: ${meanLatencySeconds.toFixed(2)} s x ${meanRequests.toFixed(1)} requests = ${productSeconds.toFixed(0)}`,
    );
  };
  for (const peer of peers) {
    add(peer.name, peer.source, await waitVirtuallyWith(peer, durations));
  }
  for (const [peer, waited] of await goPeers) {
    add(peer.name, peer.source, waited);
  }
  const seeds: Measured["seeds"] = [{ seed: firstSeed, figures }, ...(await others)];

  say("In real time, against the emulator ...");
  const size = quick ? { perWaiter: 20, longestSeconds: 10 } : { perWaiter: 60, longestSeconds: 30 };
  let real = await sampleInRealTime(firstSeed, size, !withoutGo);
  if (real.agreement < leastAgreement) {
    const share = `${(100 * real.agreement).toFixed(1)} %`;
    say(`Only ${share} of them as on the virtual clock: this machine has other things to do. Once more ...`);
    real = await sampleInRealTime(firstSeed, size, !withoutGo);
  }

  say("50 waits on one instance, by id and shared ...");
  const sharing = await measureSharing(firstSeed, quick ? 1 : 2);
  const [timesFewer, latencyRatio] = sharingRatios(sharing);
  say(
    `Shared, that takes ${timesFewer.toFixed(1)} times fewer requests, with ${latencyRatio.toFixed(2)} of the latency.`,
  );

  say("In the engine ...");
  const engine = await measureInTheEngine(firstSeed, quick ? quickEngine : wholeEngine, say);

  const measured: Measured = { seeds, byLength, marks, sources, real, sharing, engine, waits };
  if (!quick) {
    await write("docs/benchmark.md", await prettier.format(pageOf(measured), { parser: "markdown" }));
    await write("docs/polling.svg", chartOf(marks, "What waiting costs: latency and requests"));
  }
  const faults = faultsOf(measured);
  faults.forEach(say);
  say(faults.length === 0 ? "All figures are within their bounds." : "Not all figures are within their bounds.");
  console.log(JSON.stringify({ seed: firstSeed, waits, figures: figuresOf(measured) }));
  return faults.length === 0;
}

async function waitInGo(
  peers: readonly StateChangePeer[],
  durations: readonly number[],
): Promise<[StateChangePeer, Waited[]][]> {
  const done: [StateChangePeer, Waited[]][] = [];
  for (const peer of peers) {
    done.push([peer, await waitVirtuallyWithStateChange(peer, durations)]);
  }
  return done;
}

async function ofOtherSeeds(drawn: readonly number[], waits: number): Promise<Measured["seeds"]> {
  const seeds: Measured["seeds"] = [];
  for (const seed of drawn) {
    seeds.push({ seed, figures: await figuresInAProcess(seed, waits, say) });
  }
  return seeds;
}

function ourMarks(figures: SeedFigures): Mark[] {
  return ours.map(({ name, figure }) => ({ name, summary: figures[figure], isOurs: true }));
}

async function write(file: string, text: string): Promise<void> {
  writeFileSync(path.join(repositoryRoot, file), text);
  say(`Wrote ${file}.`);
}

main().then(
  (isWithinBounds) => process.exit(isWithinBounds ? 0 : 1),
  (error) => {
    console.error(error);
    process.exit(1);
  },
);
