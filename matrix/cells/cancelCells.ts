import { nodeVersions, type NodeVersion, type Sdk } from "../installs/installation";
import { packages } from "../installs/versions";
import type { Cell } from "../runs/cell";
import { cancelledWait } from "../stacks/cancelledWait";
import { hookedUpdates } from "../stacks/inlineUpdates";

const axis = "Cancelling and hooks";

// Both hang on what is inside the provider process or the SDK.
export const cancelCells: Cell[] = nodeVersions.flatMap((node) => [
  cancelCell(node, "oldest"),
  cancelCell(node, "newest"),
  {
    name: `hooks-node${node}`,
    axis,
    title: "Hooks",
    column: "hooks wait",
    isQuick: false,
    // The oldest SDK has no error hooks.
    installation: { node, sdk: "newest", packages: packages.typings },
    run: hookedUpdates,
  },
]);

function cancelCell(node: NodeVersion, sdk: Sdk): Cell {
  const name = `cancel-node${node}-${sdk}`;
  return {
    name,
    axis,
    title: "Ctrl-C",
    column: "Ctrl-C ends a wait, the next update resumes it",
    isQuick: name === "cancel-node26-newest",
    installation: { node, sdk, packages: packages.typings },
    run: cancelledWait,
  };
}
