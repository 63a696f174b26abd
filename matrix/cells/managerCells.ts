import type { Installation, Layout, Manager } from "../installs/installation";
import { packages } from "../installs/versions";
import { forms } from "../programs/forms";
import type { Cell } from "../runs/cell";
import { updateCycle } from "../stacks/updateCycle";

/** A repository of two packages: npm puts what both need into the folder above them. */
const workspaces: Layout = {
  name: "workspaces",
  program: "program",
  files: (dependencies) => ({
    "package.json": JSON.stringify({ name: "root", private: true, workspaces: ["program", "other"] }),
    "other/package.json": JSON.stringify({ name: "other", version: "1.0.0" }),
    "program/package.json": JSON.stringify({ name: "program", version: "1.0.0", dependencies }),
  }),
};

const managed: [name: string, title: string, manager: Manager, rest?: Partial<Installation>][] = [
  ["pnpm", "pnpm, isolated", "pnpm"],
  ["yarn-classic", "Yarn classic", "yarn classic"],
  ["yarn-berry", "Yarn berry, `nodeLinker: node-modules`", "yarn berry"],
  ["npm-workspaces", "npm, workspaces", "npm", { layout: workspaces }],
];

export const managerCells: Cell[] = managed.map(([name, title, manager, rest]) => ({
  name,
  axis: "Package managers",
  title,
  isQuick: name === "pnpm",
  installation: { node: 24, sdk: "newest", manager, packages: packages.typings, ...rest },
  run: (installed, machine) => updateCycle(forms["ts-own"], installed, machine),
}));
