import type { Mark } from "./chart";
import { type EngineFigures, loadRatio, ratioToNothing } from "../real/engineFigures";
import { bounds, type CostOfLength, type SeedFigures } from "../virtual/seedFigures";
import type { RealSample } from "../real/realTime";
import { type Sharing, sharingRatios } from "../real/sharing";
import { summarize } from "../waits/waits";

export interface Measured {
  seeds: { seed: number; figures: SeedFigures }[];
  byLength: CostOfLength[];
  marks: Mark[];
  sources: Map<string, string>;
  real: RealSample;
  sharing: Sharing;
  engine: EngineFigures;
  waits: number;
}

/** The share of waits that must send as many requests in real time as on a virtual clock. */
export const leastAgreement = 0.99;

const productFigures = ["mixture3", "mixture3Wide", "blind", "cold", "tenMinutes3"] as const;

/** The line of JSON: the figures of the first seed. */
export function figuresOf({ seeds, marks, real, sharing, engine }: Measured) {
  const { figures } = seeds[0]!;
  const bind = summarize(real.bind);
  const peers = marks.filter(({ isOurs }) => !isOurs).map(({ summary }) => summary.productSeconds);
  return {
    ...Object.fromEntries(productFigures.map((figure) => [figure, rounded(figures[figure].productSeconds)])),
    bestPeer: rounded(Math.min(...peers)),
    bind3: [rounded(bind.medianLatencySeconds), rounded(bind.meanRequests)],
    tooLong: figures.tooLong.map(rounded),
    shared50: sharingRatios(sharing).map(rounded),
    up200: rounded(ratioToNothing(engine.finished)),
    load: rounded(loadRatio(engine.load)),
    loadProvider: {
      megabytes: rounded(engine.load.usage.megabytes),
      cpuSeconds: rounded(engine.load.usage.cpuSeconds),
    },
    statePerResource: engine.statePerResource,
    virtualAgreesWithReal: rounded(real.agreement),
  };
}

/** What is over its bound, as sentences. */
export function faultsOf({ seeds, real, sharing, engine }: Measured): string[] {
  const bind = summarize(real.bind);
  const [timesFewer, latencyRatio] = sharingRatios(sharing);
  const measured: [string, number, number][] = [
    ...seeds.flatMap(({ seed, figures }): [string, number, number][] => [
      ...productFigures.map((figure): [string, number, number] => [
        `${figure}, seed ${seed}`,
        figures[figure].productSeconds,
        bounds[figure],
      ]),
      [`tooLong, worst, seed ${seed}`, figures.tooLong[0], bounds.tooLong[0]],
      [`tooLong, mean, seed ${seed}`, figures.tooLong[1], bounds.tooLong[1]],
    ]),
    ["bind3, latency", bind.medianLatencySeconds, bounds.bind3[0]],
    ["bind3, requests", bind.meanRequests, bounds.bind3[1]],
    ["shared50, requests shared / by id", 1 / timesFewer, 1 / bounds.shared50[0]],
    ["shared50, latency shared / by id", latencyRatio, bounds.shared50[1]],
    ["up200", ratioToNothing(engine.finished), bounds.up200],
    ["load", loadRatio(engine.load), bounds.load],
    ["statePerResource", engine.statePerResource, bounds.statePerResource],
    ["waits whose requests differ on a virtual clock", 1 - real.agreement, 1 - leastAgreement],
  ];
  return measured
    .filter(([, value, atMost]) => !(value <= atMost))
    .map(([what, value, atMost]) => `${what}: ${rounded(value)}, but at most ${rounded(atMost)} was promised`);
}

/** docs/benchmark.md. */
export function pageOf(measured: Measured): string {
  const { seeds, byLength, marks, sources, real, sharing, engine, waits } = measured;
  const bind = summarize(real.bind);
  const seconds = (value: number) => `${value.toPrecision(3)} s`;
  const waiters = marks
    .toSorted((one, other) => one.summary.productSeconds - other.summary.productSeconds)
    .map(({ name, summary, isOurs }) => [
      isOurs ? `**${name}**` : name,
      sources.get(name) ?? "",
      seconds(summary.meanLatencySeconds),
      summary.meanRequests.toFixed(1),
      summary.productSeconds.toFixed(0),
    ]);
  const costs = byLength.map(({ medianSeconds, withPastRuns, withNothing }) => [
    medianSeconds < 60 ? `${medianSeconds} s` : `${medianSeconds / 60} min`,
    ...[withPastRuns, withNothing].map(
      ({ meanLatencySeconds, meanRequests }) =>
        `${meanLatencySeconds.toPrecision(2)} s late, ${meanRequests.toFixed(0)} requests`,
    ),
  ]);
  const bySeed = [
    ...productFigures.map((figure) => [
      `\`${figure}\``,
      ...seeds.map(({ figures }) => figures[figure].productSeconds.toFixed(1)),
      String(bounds[figure]),
    ]),
    ["`tooLong`", ...seeds.map(({ figures }) => figures.tooLong.map((value) => value.toFixed(2)).join(", ")), bounds.tooLong.join(", ")], // prettier-ignore
  ];
  const inRealTime = [...real.byWaiter].map(([name, waited]) => {
    const summary = summarize(waited);
    return [name, seconds(summary.medianLatencySeconds), summary.meanRequests.toFixed(1)];
  });
  const [timesFewer, latencyRatio] = sharingRatios(sharing);
  const bySide = Object.entries({ "by id": sharing.byId, shared: sharing.shared }).map(([name, side]) => [
    name,
    seconds(side.meanLatencySeconds),
    side.requests.toFixed(0),
  ]);
  const { load, finished } = engine;
  const inTheEngine = [
    [
      "`up200`",
      `200 finished tasks / 200 dynamic resources that do nothing and have no outputs of their own, \`--parallel 64\`: median of ${finished.length} paired runs`,
      ratioToNothing(finished).toFixed(2),
      String(bounds.up200),
    ],
    [
      "`load`",
      `${load.waits} waits on ${load.instances} instances, \`--parallel 600\`: ${load.seconds.toFixed(0)} s / (the slowest task's ${load.slowestTaskSeconds} s + ${load.finishedSeconds.toFixed(0)} s of the same update whose tasks end at once)`,
      loadRatio(load).toFixed(2),
      String(bounds.load),
    ],
    ["", "requests for that", String(load.requests), ""],
    ["", "memory of the provider's process", `${load.usage.megabytes.toFixed(0)} MB`, ""],
    ["", "its CPU time, start included", `${load.usage.cpuSeconds.toFixed(1)} s`, ""],
    ["`statePerResource`", "bytes of a BackgroundTask in the state", String(engine.statePerResource), String(bounds.statePerResource)], // prettier-ignore
  ];
  return `# Benchmark

Written by \`npm run bench\`: don't edit. [How it polls](polling.md) explains what is measured.

## Waiters

The mixture of tasks, ${waits.toLocaleString("en")} waits for each waiter on a virtual clock: its own code, with timers that take no time. Latency is
from the task's end to the waiter's return; the product is mean latency times mean requests, in seconds.

${table(["waiter", "what runs", "mean latency", "mean requests", "product"], waiters)}

## By length

Means of ours for tasks of about one length, which scatter by 20 %; ${byLength[0]!.withNothing.waits.toLocaleString("en")} waits each:

${table(["task", "with 3 past runs", "nothing known"], costs)}

## Seeds

The products of ours in seconds, and \`tooLong\` (age when a failure is seen / age at the failure: worst, mean), for ${seeds.length}
seeds of ${waits.toLocaleString("en")} waits for each figure. Other seeds: \`npm run bench -- --seed 5\`.

${table(["figure", ...seeds.map(({ seed }) => `seed ${seed}`), "at most"], bySeed)}

## In real time

Against the emulator over HTTP. ${bind.waits} binds of about 3 s with 3 past runs: median latency ${seconds(bind.medianLatencySeconds)}, ${bind.meanRequests.toFixed(1)} requests.
The same number of requests as on the virtual clock: ${(100 * real.agreement).toFixed(1)} % of the waits (without smithy's, whose intervals
are left to chance). Each waiter on the same tasks, of 1 s and more:

${table(["waiter", "median latency", "mean requests"], inRealTime)}

## Sharing

50 tasks of one instance, of 1 to 30 s, begun together, nothing known of any, in real time:

${table(["looks", "mean latency", "requests"], bySide)}

That is a factor of ${timesFewer.toFixed(1)} in requests (at least ${bounds.shared50[0]} is promised) and of ${latencyRatio.toFixed(2)} in latency (at most ${bounds.shared50[1]}).

## In the engine

Real updates, \`pulumi up\` of a new stack each time, on a machine that runs the engine, the program, the provider and the
emulator.

${table(["figure", "what", "measured", "at most"], inTheEngine)}
`;
}

function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
