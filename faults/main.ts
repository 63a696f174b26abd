// `npm run faults`: what is promised, tried against services, networks, clocks and users that do not behave. Ends with
// one line of JSON: for each kind of trial `[held, tried]`, and figures of the load. Exits with 1 unless all held.
//   --quick       a sample, in at most three minutes: part of `npm test`
//   --seed N      draws other random trials (default: 1)
//   --only KIND   tries one kind alone; with --trial NAME one trial of it
import { parseArgs } from "node:util";
import { kinds } from "./kinds";
import { type Outcome, runTrials } from "./trials/runTrials";

const say = (line: string) => console.error(`${process.uptime().toFixed(0).padStart(4)} s  ${line}`);

async function main(): Promise<boolean> {
  const { values } = parseArgs({
    options: {
      quick: { type: "boolean", default: false },
      seed: { type: "string", default: "1" },
      only: { type: "string" },
      trial: { type: "string" },
    },
  });
  const seed = Number(values.seed);
  if (!Number.isSafeInteger(seed)) throw new Error(`--seed must be a whole number, but is ${values.seed}`);
  const selected = kinds.filter(({ name }) => values.only === undefined || name === values.only);
  if (selected.length === 0) {
    const names = kinds.map(({ name }) => name).join(", ");
    throw new Error(`--only must be one of ${names}, but is ${values.only}`);
  }

  const size = { seed, quick: values.quick };
  const outcomes: Outcome[] = [];
  for (const kind of selected) outcomes.push(await runTrials(kind, size, values.trial, say));
  if (outcomes.every(({ tried }) => tried === 0)) throw new Error(`no trial has the name ${values.trial}`);

  const brief = (key: string, value: unknown) =>
    typeof value === "number" && key !== "" ? Number(value.toPrecision(4)) : value;
  const pairs = outcomes.map(({ kind, held, tried, figures }) => [kind, kind === "load" ? figures : [held, tried]]);
  console.log(JSON.stringify(Object.fromEntries(pairs), brief));
  return outcomes.every(({ held, tried }) => held === tried);
}

// A rejection that nobody handles would end a user's program: it is a fault of ours, whichever trial caused it.
process.on("unhandledRejection", (reason) => {
  say(`A rejection was handled by nobody: ${reason instanceof Error ? reason.stack : String(reason)}`);
  process.exit(1);
});

main().then(
  (held) => process.exit(held ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
