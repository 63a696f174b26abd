/** Lines with columns as wide as their widest cell, two spaces apart; the last is not padded. */
export function tableOf(heads: string[], rows: string[][]): string[] {
  const lines = [heads, ...rows];
  const widths = heads.map((_, column) => Math.max(...lines.map((line) => widthOf(line[column]!))));
  return lines.map((line) =>
    line
      .map((cell, column) => cell + " ".repeat(widths[column]! - widthOf(cell)))
      .join("  ")
      .trimEnd(),
  );
}

function widthOf(cell: string): number {
  return [...cell].length;
}
