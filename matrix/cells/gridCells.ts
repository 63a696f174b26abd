import { lowestNodeVersions, nodeVersions, type NodeVersion, type Sdk } from "../installs/installation";
import { byTypescript6, type FormName, forms } from "../programs/forms";
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

/** TypeScript 6, which refuses the module resolution of CommonJS that `pulumi new` sets. */
export const typescript6Cells: Cell[] = (["ts-installed", "ts-cjs", "ts-esm"] as const).map((formName) => {
  const form = byTypescript6(forms[formName]);
  return {
    name: `typescript6-${formName}`,
    axis: "TypeScript 6",
    title: `${form.title.replace("TypeScript 5", "TypeScript 6")}, module \`nodenext\``,
    isQuick: false,
    installation: { node: 24, sdk: "newest", packages: form.packages },
    run: (installed, machine) => updateCycle(form, installed, machine),
  };
});

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
