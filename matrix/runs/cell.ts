import type { Installation, Installed } from "../installs/installation";
import type { Machine } from "../installs/machine";

export type Axis =
  | "Node.js, SDK and language"
  | "TypeScript 6"
  | "Cancelling and hooks"
  | "Package managers"
  | "Automation API"
  | "Outside Pulumi and in tests"
  | "Policy packs"
  | "Other runtimes";

/** One combination of what users have, and what they do with it. */
export interface Cell {
  /** Unique: `--only` finds it by this. */
  name: string;
  axis: Axis;
  /** What the table says of it. */
  title: string;
  /** Where it stands in the axis's grid, if that has one. */
  column?: string;
  /** Whether it is among the sample of `--quick`. */
  isQuick: boolean;
  installation: Installation;
  /**
   * Resolves when everything was exactly as promised, with why it can't be if that was expected; rejects with what
   * differed.
   */
  run(installed: Installed, machine: Machine): Promise<{ cannot: string } | void>;
}

export interface CellResult {
  cell: Cell;
  outcome: { kind: "held" } | { kind: "cannot"; why: string } | { kind: "failed"; fault: string };
  /** Undefined if the installation failed. */
  versions?: Installed["versions"] | undefined;
  seconds: number;
}
