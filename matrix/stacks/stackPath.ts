import path from "node:path";
import type { Installed } from "../installs/installation";
import type { Machine } from "../installs/machine";

/** The PATH of a stack's commands: the installation's Node.js before the one that runs this, and the engine. */
export function stackPath({ nodeFile, env }: Installed, machine: Machine): { PATH: string } {
  return { PATH: [path.dirname(nodeFile), machine.engine.bin, env["PATH"]].filter(Boolean).join(path.delimiter) };
}
