// `npm run test:coverage`: how many of the branches of provider/ the unit and the process tests take together. Both run on
// a copy whose sources count their branches, so that a branch is the same to a unit test and to a provider process. Fails
// below the promised percentage.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import libCoverage from "istanbul-lib-coverage";
import { createInstrumenter } from "istanbul-lib-instrument";
import libReport from "istanbul-lib-report";
import reports from "istanbul-reports";
import { bin } from "../../scripts/steps.mjs";
import { repositoryRoot } from "../../scripts/stamps.mjs";

const leastPercent = 95;

/** Its functions go into state files as text, which must not count anything. */
const serialized = "resources/serializedProviders.ts";

/** These compare such texts, the types of the build and the files of the package with what is published. */
const leftOut = [
  "providerText",
  "argumentTypes",
  "codeBlocks",
  "declarationCompilers",
  "packedPackage",
  "releaseCommand",
];

const folder = path.join(repositoryRoot, ".cache", "coverage");
const copy = path.join(folder, "copy");
const counts = path.join(folder, "counts");
const root = (...names) => path.join(repositoryRoot, ...names);

rmSync(folder, { recursive: true, force: true });
mkdirSync(counts, { recursive: true });
makeCopy();
instrument();
if (!runs([path.join("scripts", "build.mjs")])) {
  console.error("The copy in .cache/coverage could not be built.");
  process.exit(1);
}
const isPassed = runs([
  bin("jest"),
  ...["--config", root("tests", "coverage", "jest.config.mjs"), "--rootDir", copy],
  ...["--selectProjects", "unit", "process", "--testPathPatterns", "tests/(unit/provider|process)/"],
  ...["--testPathIgnorePatterns", `/(${leftOut.join("|")})\\.test\\.ts$`, ...process.argv.slice(2)],
]);
process.exit(report() >= leastPercent && isPassed ? 0 : 1);

function makeCopy() {
  const left = /^(\.git|\.cache|node_modules|bin|coverage)$/;
  for (const name of readdirSync(repositoryRoot)) {
    if (!left.test(name)) cpSync(root(name), path.join(copy, name), { recursive: true });
  }
  symlinkSync(root("node_modules"), path.join(copy, "node_modules"), "junction");
}

function instrument() {
  const instrumenter = createInstrumenter({ esModules: true, compact: false, parserPlugins: ["typescript"] });
  for (const name of readdirSync(root("provider"), { recursive: true })) {
    if (!name.endsWith(".ts") || name.replaceAll("\\", "/") === serialized) continue;
    const counting = instrumenter.instrumentSync(readFileSync(root("provider", name), "utf8"), root("provider", name));
    writeFileSync(path.join(copy, "provider", name), `// @ts-nocheck\n${counting}`);
  }
}

/** Runs a script on the copy; returns whether it succeeded. */
function runs(args) {
  const writer = root("tests", "coverage", "writeCounts.cjs");
  const env = { ...process.env, NODE_OPTIONS: `--require ${JSON.stringify(writer)}`, COUNTS_FOLDER: counts };
  return spawnSync(process.execPath, args, { cwd: copy, stdio: "inherit", env }).status === 0;
}

/** Prints the files with branches that no test takes; returns the percentage of those taken. */
function report() {
  const all = libCoverage.createCoverageMap();
  const whole = readdirSync(counts).filter((name) => name.endsWith(".json"));
  for (const name of whole) all.merge(JSON.parse(readFileSync(path.join(counts, name), "utf8")));
  const context = libReport.createContext({ dir: folder, coverageMap: all });
  for (const kind of ["html", "text-summary"]) reports.create(kind).execute(context);
  const { branches } = all.getCoverageSummary();
  for (const file of all.files().sort()) sayUntaken(all.fileCoverageFor(file));
  console.error(`${branches.covered} of ${branches.total} branches: ${branches.pct} % (at least ${leastPercent} %)`);
  return branches.pct;
}

function sayUntaken(file) {
  const lines = Object.entries(file.branchMap).flatMap(([id, { locations, loc }]) =>
    locations.filter((_, i) => file.b[id][i] === 0).map((at) => at.start.line ?? loc.start.line),
  );
  if (lines.length > 0) console.error(`${path.relative(repositoryRoot, file.path)}: ${[...new Set(lines)].join(", ")}`);
}
