import { lowestNodeVersions, nodeVersions, type NodeVersion, type Sdk } from "../installs/installation";
import { type FormName, forms } from "../programs/forms";
import type { Cell } from "../runs/cell";
import { updateCycle } from "../stacks/updateCycle";

const sdks: Sdk[] = ["oldest", "newest"];
const formNames = Object.keys(forms) as FormName[];
const quick = ["node20-oldest-ts-own", "node26-newest-ts-esm"];

/** Every Node.js with every language, with the oldest and the newest SDK. */
export const gridCells: Cell[] = nodeVersions.flatMap((node) =>
  sdks.flatMap((sdk) => formNames.map((form) => gridCell(node, sdk, form))),
);

/** The lowest Node.js that package.json allows, with both kinds of modules. */
export const lowestNodeCells: Cell[] = lowestNodeVersions.flatMap((node) =>
  (["js", "js-esm"] as const).map((form) => gridCell(node, "newest", form)),
);

function gridCell(node: NodeVersion, sdk: Sdk, formName: FormName): Cell {
  const form = forms[formName];
  const name = `node${node}-${sdk}-${formName}`;
  return {
    name,
    axis: "Node.js, SDK and language",
    title: form.title,
    column: form.title,
    isQuick: quick.includes(name),
    installation: { node, sdk, packages: form.packages },
    run: (installed, machine) => updateCycle(form, installed, machine),
  };
}
