import type { Cell } from "../runs/cell";
import { automationCells } from "./automationCells";
import { cancelCells } from "./cancelCells";
import { gridCells, lowestNodeCells } from "./gridCells";
import { managerCells } from "./managerCells";
import { otherRuntimeCells } from "./otherRuntimeCells";
import { outsideCells } from "./outsideCells";
import { policyCells } from "./policyCells";
import { sharedLibraryCells } from "./sharedLibraryCells";

/** In the order of the table. */
export const allCells: Cell[] = [
  ...gridCells,
  ...lowestNodeCells,
  ...cancelCells,
  ...managerCells,
  ...sharedLibraryCells,
  ...automationCells,
  ...outsideCells,
  ...policyCells,
  ...otherRuntimeCells,
];
