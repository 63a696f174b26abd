import { pageOf } from "../../../matrix/report/page";
import { tableOf } from "../../../matrix/report/table";
import type { Cell, CellResult } from "../../../matrix/runs/cell";

function result(name: string, given: Partial<Cell>, outcome: CellResult["outcome"], sdk = "3.190.0"): CellResult {
  const installation = { node: 22, sdk: "oldest" } as const;
  const cell: Cell = {
    name,
    axis: "Policy packs",
    title: name,
    isQuick: false,
    installation,
    run: async () => {},
    ...given,
  };
  return { cell, outcome, versions: { node: "22.1.0", sdk, others: ["pnpm 10.1.0"] }, seconds: 1 };
}

const results = [
  result("a", { axis: "Node.js, SDK and language", column: "JavaScript" }, { kind: "held" }),
  result("b", { axis: "Node.js, SDK and language", column: "TypeScript" }, { kind: "held" }),
  result("c", { axis: "Node.js, SDK and language", column: "JavaScript" }, { kind: "failed", fault: "x" }, "3.276.0"),
  result("d", {}, { kind: "cannot", why: "no host | for it" }),
];

describe("what the matrix reports", () => {
  it("is a grid where cells have columns, a row for each Node.js with each SDK, and else a list", () => {
    const lines = pageOf(results, "3.259.0").split("\n");
    expect(lines).toEqual(
      expect.arrayContaining([
        "| Node.js | SDK | JavaScript | TypeScript |",
        "| 22.1.0 | 3.190.0 | ✓ | ✓ |",
        "| 22.1.0 | 3.276.0 | FAILED |  |",
        "| d | can't be: no host \\| for it | Node.js 22.1.0, SDK 3.190.0, pnpm 10.1.0 |",
      ]),
    );
  });

  it("names each cell with its versions and what came of it", () => {
    expect(tableOf(results).split("\n")[3]).toBe(
      "d  Node.js 22.1.0, SDK 3.190.0, pnpm 10.1.0  can't be: no host | for it",
    );
  });
});
