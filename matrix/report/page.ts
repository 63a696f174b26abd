import type { Axis, CellResult } from "../runs/cell";
import { verdictOf, versionsOf } from "./table";

/** docs/matrix.md: for each axis a grid or a list of its cells. */
export function pageOf(results: CellResult[], engineVersion: string): string {
  const axes = [...new Set(results.map(({ cell }) => cell.axis))];
  return [
    "<!-- Written by `npm run test:matrix -- --write`. -->",
    "# The matrix",
    [
      "The package as it is published, installed in fresh folders and run in a real engine by `npm run test:matrix`. Where nothing else",
      "is said, each program waits for a task by its id, for one by its name, and with the function: an update, a second one that changes",
      "nothing, and a destroy. ✓ means that the outcome was exactly the promised one, and that the recorded provider texts were the",
      `same as everywhere. The engine is Pulumi ${engineVersion}.`,
    ].join("\n"),
    ...axes.map((axis) =>
      sectionOf(
        axis,
        results.filter(({ cell }) => cell.axis === axis),
      ),
    ),
    "",
  ].join("\n\n");
}

function sectionOf(axis: Axis, results: CellResult[]): string {
  const isGrid = results.every(({ cell }) => cell.column !== undefined);
  return `## ${axis}\n\n${isGrid ? gridOf(results) : listOf(results)}`;
}

function gridOf(results: CellResult[]): string {
  const columns = [...new Set(results.map(({ cell }) => cell.column!))];
  const rows = new Map<string, Map<string, CellResult>>();
  for (const result of results) {
    const { node, sdk } = result.versions ?? { node: String(result.cell.installation.node), sdk: "" };
    const key = `${node} | ${sdk}`;
    rows.set(key, (rows.get(key) ?? new Map<string, CellResult>()).set(result.cell.column!, result));
  }
  return tableOfRows(
    ["Node.js", "SDK", ...columns],
    [...rows].map(([key, byColumn]) => [
      key,
      ...columns.map((column) => (byColumn.has(column) ? markOf(byColumn.get(column)!) : "")),
    ]),
  );
}

function listOf(results: CellResult[]): string {
  return tableOfRows(
    ["", "result", "with"],
    results.map((result) => [result.cell.title, markOf(result), versionsOf(result)]),
  );
}

function markOf(result: CellResult): string {
  return result.outcome.kind === "held" ? "✓" : verdictOf(result).replaceAll("|", "\\|").replaceAll(/\s+/g, " ");
}

function tableOfRows(head: string[], rows: string[][]): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
