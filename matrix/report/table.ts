import type { CellResult } from "../runs/cell";

/** The table that is printed at the end: a line a cell. */
export function tableOf(results: CellResult[]): string {
  const name = Math.max(...results.map(({ cell }) => cell.name.length));
  const versions = Math.max(...results.map((result) => versionsOf(result).length));
  return results
    .map((result) => `${result.cell.name.padEnd(name)}  ${versionsOf(result).padEnd(versions)}  ${verdictOf(result)}`)
    .join("\n");
}

/** Such as `Node.js 22.23.3, SDK 3.190.0, pnpm 10.1.0`. */
export function versionsOf({ versions, cell }: CellResult): string {
  if (versions === undefined) return `Node.js ${cell.installation.node}`;
  const sdk = versions.sdk === "" ? [] : [`SDK ${versions.sdk}`];
  return [`Node.js ${versions.node}`, ...sdk, ...versions.others.filter((text) => !/^@types\/| $/.test(text))].join(
    ", ",
  );
}

export function verdictOf({ outcome }: CellResult): string {
  switch (outcome.kind) {
    case "held":
      return "held";
    case "cannot":
      return `can't be: ${outcome.why}`;
    case "failed":
      return "FAILED";
  }
}
