import type { Side } from "../real/sharing";
import { productFigures } from "../virtual/seedFigures";
import { summarize, type Summary } from "../waits/waits";
import { bounds, figuresOf, type Measured } from "./figures";

/** docs/benchmark.md. */
export function pageOf(measured: Measured): string {
  const { waits, seeds, byLength, waiters, real, sharing, signing, imports, engine } = measured;
  const figures = figuresOf(measured);
  const { bind3, shared50, signed20, up200, load, statePerResource } = figures;
  const { size, finishedSeconds, usage, requests } = engine.load;
  const ofWaiters = waiters
    .toSorted((one, other) => one.summary.productSeconds - other.summary.productSeconds)
    .map(({ name, source, summary, isOurs }) => [
      isOurs ? `**${name}**` : name,
      source,
      seconds(summary.meanLatencySeconds),
      summary.meanRequests.toFixed(1),
      summary.productSeconds.toFixed(0),
    ]);
  const late = ({ meanLatencySeconds, meanRequests }: Summary) =>
    `${meanLatencySeconds.toPrecision(2)} s late, ${meanRequests.toFixed(0)} requests`;
  const ofLengths = byLength.map(({ medianSeconds, withPastRuns, withNothing }) => [
    medianSeconds < 60 ? `${medianSeconds} s` : `${medianSeconds / 60} min`,
    late(withPastRuns),
    late(withNothing),
  ]);
  const ofSeeds = [
    ...productFigures.map((figure) => [
      `\`${figure}\``,
      ...seeds.map(({ products }) => products[figure].productSeconds.toFixed(1)),
      bounds[figure],
    ]),
    [
      "`tooLong`",
      ...seeds.map(({ tooLong }) => joined(tooLong.map((value) => value.toFixed(2)))),
      joined(bounds.tooLong),
    ],
  ];
  const inRealTime = real.byWaiter.map(({ name, waited }) => {
    const summary = summarize(waited);
    return [name, seconds(summary.medianLatencySeconds), summary.meanRequests.toFixed(1)];
  });
  const row = ([name, side]: [string, Side]) => [
    name,
    ...[side.meanLatencySeconds, side.lastSeconds].map(seconds),
    side.requests.toFixed(0),
  ];
  const tableOf = (what: string, sides: Record<string, Side>) =>
    table([what, "mean latency", "last verdict after the last end", "requests"], Object.entries(sides).map(row));
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  const ofImport = [
    ["share of the SDK's time", percent(figures.import[0]), percent(bounds.import[0])],
    ["share of the SDK's memory", percent(figures.import[1]), percent(bounds.import[1])],
    ["modules", figures.import[2], bounds.import[2]],
  ];
  const inTheEngine = [
    [
      "`up200`",
      `200 finished tasks / 200 dynamic resources that do nothing and have no outputs of their own, \`--parallel 64\`: median of ${engine.finished.length} paired runs`,
      up200.toFixed(2),
      bounds.up200,
    ],
    [
      "`load`",
      `${size.waits} waits on ${size.instances} instances, \`--parallel 600\`: ${engine.load.seconds.toFixed(0)} s / (the slowest task's ${size.slowestTaskSeconds} s + ${finishedSeconds.toFixed(0)} s of the same update whose tasks end at once)`,
      load.toFixed(2),
      bounds.load,
    ],
    ["", "requests for that", requests, ""],
    ["", "memory of the provider's process", `${usage.megabytes.toFixed(0)} MB`, ""],
    ["", "its CPU time, start included", `${usage.cpuSeconds.toFixed(1)} s`, ""],
    ["`statePerResource`", "bytes of a BackgroundTask in the state", statePerResource, bounds.statePerResource],
  ];
  return `# Benchmark

Written by \`npm run bench\`: don't edit. [How it polls](polling.md) explains what is measured.

## Waiters

The mixture of tasks, ${count(waits)} waits for each waiter on a virtual clock: its own code, with timers that take no time. Latency is
from the task's end to the waiter's return; the product is mean latency times mean requests, in seconds.

${table(["waiter", "what runs", "mean latency", "mean requests", "product"], ofWaiters)}

## By length

Means of ours for tasks of about one length, which scatter by 20 %; ${count(byLength[0]!.withNothing.waits)} waits each:

${table(["task", "with 3 past runs", "nothing known"], ofLengths)}

## Seeds

The products of ours in seconds, and \`tooLong\` (age when a failure is seen / age at the failure: worst, mean), for ${seeds.length}
seeds of ${count(waits)} waits for each figure. Other seeds: \`npm run bench -- --seed 5\`.

${table(["figure", ...seeds.map(({ seed }) => `seed ${seed}`), "at most"], ofSeeds)}

## In real time

Against the emulator over HTTP. ${real.bind.length} binds of about 3 s with 3 past runs: median latency ${seconds(bind3[0])}, ${bind3[1].toFixed(1)} requests.
The same number of requests as on the virtual clock: ${(100 * real.agreement).toFixed(1)} % of the waits (without smithy's, whose intervals
are left to chance). Each waiter on the same tasks, of 1 s and more:

${table(["waiter", "median latency", "mean requests"], inRealTime)}

## Sharing

50 tasks of one instance, of 1 to 30 s, started together, nothing known of any, in real time:

${tableOf("looks", { "by id": sharing.byId, shared: sharing.shared })}

That is a factor of ${shared50[0].toFixed(1)} in requests (at least ${bounds.shared50[0]} is promised) and of ${shared50[1].toFixed(2)} in latency (at most ${bounds.shared50[1]}).

## With an access key

20 tasks of as many instances, of 2 to 12 s, started together, nothing known of any, and a service whose replies take 0.2 s. A
process has at most three signed requests of an access key on their way:

${tableOf("credentials", signing)}

The key's mean latency is ${signed20[0].toFixed(2)} of the password's (at most ${bounds.signed20[0]} is promised), and its last verdict comes at most ${bounds.signed20[1]} s after the last end.

## Loading

What \`import\` of this package adds to a process that has loaded \`@pulumi/pulumi\`: median of ${imports.length} processes, each of which loads
both. What only a call needs is loaded by the first call.

${table(["what", "measured", "at most"], ofImport)}

## In the engine

Real updates, \`pulumi up\` of a new stack each time, on a machine that runs the engine, the program, the provider and the
emulator.

${table(["figure", "what", "measured", "at most"], inTheEngine)}
`;
}

function table(head: string[], rows: (string | number)[][]): string {
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function seconds(value: number): string {
  return `${value.toPrecision(3)} s`;
}

function count(value: number): string {
  return value.toLocaleString("en");
}

function joined(values: readonly (string | number)[]): string {
  return values.join(", ");
}
