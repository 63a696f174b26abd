import type { NodeVersion, Sdk } from "../installs/installation";
import { packages } from "../installs/versions";
import type { Cell } from "../runs/cell";
import { inlineUpdates, updatesOfFolder } from "../stacks/inlineUpdates";

const axis = "Automation API";
const installations: [NodeVersion, Sdk][] = [
  [20, "oldest"],
  [26, "newest"],
];

export const automationCells: Cell[] = installations.flatMap(([node, sdk]) => [
  {
    name: `automation-inline-node${node}`,
    axis,
    title: "Inline program, two updates in one process",
    isQuick: node === 26,
    installation: { node, sdk, packages: packages.typings },
    run: inlineUpdates,
  },
  {
    name: `automation-local-node${node}`,
    axis,
    title: "Local program, two updates in one process",
    isQuick: false,
    installation: { node, sdk, packages: packages.typings },
    run: updatesOfFolder,
  },
]);
