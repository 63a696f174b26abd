import { install } from "../installs/install";
import { keyOf } from "../installs/installation";
import type { Machine } from "../installs/machine";
import type { Cell, CellResult } from "./cell";

const atMostSeconds = 240;

/** Runs cells, those of one installation one after the other; a failed one is shown with the command that repeats it. */
export async function runCells(
  cells: Cell[],
  machine: Machine,
  { jobs, say }: { jobs: number; say: (line: string) => void },
): Promise<CellResult[]> {
  const groups = new Map<string, Cell[]>();
  for (const cell of cells) {
    const key = keyOf(cell.installation);
    groups.set(key, [...(groups.get(key) ?? []), cell]);
  }
  const results = new Map<Cell, CellResult>();
  const ended = (result: CellResult) => {
    results.set(result.cell, result);
    const count = `${String(results.size).padStart(3)} of ${cells.length}`;
    say(`${count}  ${result.cell.name}: ${inWords(result)} (${result.seconds.toFixed(0)} s)`);
  };
  const waiting = groups.values();
  const runNext = async () => {
    for (const group of waiting) await runGroup(group, machine, ended);
  };
  await Promise.all(Array.from({ length: jobs }, runNext));
  return cells.map((cell) => results.get(cell)!);
}

async function runGroup(cells: Cell[], machine: Machine, ended: (result: CellResult) => void): Promise<void> {
  let startedMs = performance.now();
  const secondsSince = () => (performance.now() - startedMs) / 1000;
  let installed: Awaited<ReturnType<typeof install>>;
  try {
    installed = await install(cells[0]!.installation, machine);
  } catch (error) {
    const outcome = { kind: "failed", fault: `the installation failed: ${textOf(error)}` } as const;
    for (const cell of cells) ended({ cell, outcome, seconds: secondsSince() });
    return;
  }
  try {
    for (const cell of cells) {
      const outcome = await outcomeOf(() => cell.run(installed, machine));
      ended({ cell, outcome, versions: installed.versions, seconds: secondsSince() });
      startedMs = performance.now();
    }
  } finally {
    await installed.remove();
  }
}

async function outcomeOf(run: () => ReturnType<Cell["run"]>): Promise<CellResult["outcome"]> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it had not ended after ${atMostSeconds} s`)), atMostSeconds * 1000);
  });
  try {
    const note = await Promise.race([run(), tooLong]);
    return note ? { kind: "cannot", why: note.cannot } : { kind: "held" };
  } catch (error) {
    return { kind: "failed", fault: textOf(error) };
  } finally {
    clearTimeout(timer);
  }
}

function inWords({ cell, outcome }: CellResult): string {
  switch (outcome.kind) {
    case "held":
      return "held";
    case "cannot":
      return `as said, it can't be: ${outcome.why}`;
    case "failed":
      return `FAILED: ${outcome.fault}\n  Again: npm run test:matrix -- --only ${cell.name}\n `;
  }
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
