import type { Cell } from "../runs/cell";
import { automationCells } from "./automationCells";
import { cancelCells } from "./cancelCells";
import { gridCells, lowestNodeCells, typescript6Cells } from "./gridCells";
import { managerCells } from "./managerCells";
import { otherRuntimeCells } from "./otherRuntimeCells";
import { outsideCells } from "./outsideCells";
import { policyCells } from "./policyCells";
import { sharedLibraryCells } from "./sharedLibraryCells";

/** In the order of the table. */
export const allCells: Cell[] = [
  ...gridCells,
  ...lowestNodeCells,
  ...typescript6Cells,
  ...cancelCells,
  ...managerCells,
  ...sharedLibraryCells,
  ...automationCells,
  ...outsideCells,
  ...policyCells,
  ...otherRuntimeCells,
];
