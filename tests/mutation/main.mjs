// `npm run test:mutation -- ROOM...`: would the unit tests notice if a room of provider/ did something else? Changes one
// thing at a time and asks them. Without a room: all of them. Keeps what it knows in .cache/mutation; `--force` forgets.
import { readdirSync } from "node:fs";
import path from "node:path";
import { Stryker } from "@stryker-mutator/core";
import { rooms } from "../../.dependency-cruiser.mjs";
import { repositoryRoot } from "../../scripts/stamps.mjs";
import { reportOf } from "./report.mjs";

/** Percent of a room's mutants that unit tests notice at least. The first decide verdicts and credentials. */
const leastKilled = Object.fromEntries(
  rooms.provider.map((room) => [
    room,
    /^(wait|schedule|task|service|clock|identity|lifecycles|output)$/.test(room) ? 90 : 80,
  ]),
);

/** Needs Jest to replace a module or a part of one; takes its time: thousands of random histories, waits in real time. */
const leftOut = /\/(oldSdk|oneLook|randomHistories|signalAndProgress)\.test\.ts$/;

process.chdir(repositoryRoot);
const given = process.argv.slice(2);
const force = given.includes("--force");
const concurrency = Number(given.find((argument) => argument.startsWith("--concurrency="))?.split("=")[1] ?? 2);
const asked = given.filter((argument) => !argument.startsWith("--"));
const unknown = asked.filter((room) => !rooms.provider.includes(room));
if (unknown.length > 0) {
  console.error(`No room of provider/: ${unknown.join(", ")}. Rooms: ${rooms.provider.join(", ")}.`);
  process.exit(1);
}

let isKept = true;
for (const room of asked.length > 0 ? asked : rooms.provider.toReversed()) {
  const startedAt = performance.now();
  const mutants = await new Stryker(optionsFor(room)).runMutationTest();
  const seconds = (performance.now() - startedAt) / 1000;
  const { text, killedPercent } = reportOf(room, mutants, seconds, leastKilled[room]);
  console.error(text);
  isKept &&= killedPercent >= leastKilled[room];
}
process.exit(isKept ? 0 : 1);

function optionsFor(room) {
  return {
    mutate: [`provider/${room}/**/*.ts`],
    // The texts of messages have tests where they matter; each of them twice tells nothing more.
    mutator: { excludedMutations: ["StringLiteral"] },
    testRunner: "inProcess",
    plugins: [path.join(repositoryRoot, "tests/mutation/strykerPlugin.mjs")],
    unitTests: testsThatCover(room),
    coverageAnalysis: "perTest",
    concurrency,
    incremental: true,
    incrementalFile: `.cache/mutation/${room}.json`,
    force,
    tempDirName: ".cache/stryker",
    ignorePatterns: ["bin", "bench", "engine", "examples", "faults", "matrix", "tests/engine"],
    // Only what blocks the process for ever: loops through the mutant end by count, tests that hang by idle time.
    timeoutMS: 60_000,
    timeoutFactor: 4,
    disableTypeChecks: "provider/**/*.ts",
    reporters: [],
    logLevel: "error",
    allowConsoleColors: false,
  };
}

/** The unit tests of this room and of those that may import it, its own first. */
function testsThatCover(room) {
  const above = rooms.provider.slice(0, rooms.provider.indexOf(room));
  return [room, ...above.toReversed()].flatMap((name) => {
    const folder = `tests/unit/provider/${name}`;
    const names = readdirSync(folder).filter((file) => file.endsWith(".test.ts"));
    return names.map((file) => `${folder}/${file}`).filter((file) => !leftOut.test(file));
  });
}
