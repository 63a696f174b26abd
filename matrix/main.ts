// `npm run test:matrix`: the packed package as users have it, with each Node.js, SDK, language, package manager and test
// runner that is supported, in a real engine. Prints a table of cells, and at the end `N passed, N failed`.
//   --quick      one cell of each axis, in at most four minutes
//   --only NAME  one cell, or all whose names start so
//   --jobs N     installations side by side (default: 2)
//   --write      writes docs/matrix.md, after a whole run
// The variable PACKED_FILE names the file to try. Default: what is in the repository is packed.
import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import * as prettier from "prettier";
import { repositoryRoot } from "../engine/repositoryRoot";
import { allCells } from "./cells/allCells";
import { Machine } from "./installs/machine";
import { pageOf } from "./report/page";
import { tableOf } from "./report/table";
import type { Cell, CellResult } from "./runs/cell";
import { runCells } from "./runs/runCells";

const say = (line: string) => console.error(`${process.uptime().toFixed(0).padStart(4)} s  ${line}`);

const { values } = parseArgs({
  options: {
    quick: { type: "boolean", default: false },
    only: { type: "string" },
    jobs: { type: "string", default: "2" },
    write: { type: "boolean", default: false },
  },
});

async function main(): Promise<boolean> {
  const jobs = Number(values.jobs);
  if (!Number.isSafeInteger(jobs) || jobs < 1) throw new Error(`--jobs must be a number from 1, but is ${values.jobs}`);
  const cells = selected();
  if (values.write && cells.length < allCells.length)
    throw new Error("--write needs a whole run: no --quick, no --only");
  const machine = await Machine.start();
  process.once("SIGINT", () => {
    rmSync(machine.folder, { recursive: true, force: true });
    process.exit(130);
  });
  try {
    say(`${cells.length} cells. ${machine.engine.route}`);
    const results = await runCells(cells, machine, { jobs, say });
    console.log(`\n${tableOf(results)}\n`);
    if (values.write) await write(results, machine);
    const failed = results.filter(({ outcome }) => outcome.kind === "failed").length;
    console.log(`${results.length - failed} passed, ${failed} failed`);
    return failed === 0;
  } finally {
    await machine.remove();
  }
}

function selected(): Cell[] {
  const { only, quick } = values;
  const cells = quick ? allCells.filter(({ isQuick }) => isQuick) : allCells;
  if (only === undefined) return cells;
  const exact = cells.filter(({ name }) => name === only);
  const found = exact.length > 0 ? exact : cells.filter(({ name }) => name.startsWith(only));
  if (found.length > 0) return found;
  throw new Error(`--only must be the start of one of ${cells.map(({ name }) => name).join(", ")}, but is ${only}`);
}

async function write(results: CellResult[], machine: Machine): Promise<void> {
  const page = await prettier.format(pageOf(results, machine.engine.version), { parser: "markdown" });
  writeFileSync(path.join(repositoryRoot, "docs", "matrix.md"), page);
  say("Wrote docs/matrix.md.");
}

main().then(
  (held) => process.exit(held ? 0 : 1),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
