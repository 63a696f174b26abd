import type { NodeVersion, Sdk } from "../installs/installation";
import { packages } from "../installs/versions";
import type { Cell } from "../runs/cell";
import { policyInPreview, policyInUpdate, policyOverState } from "../stacks/policies";

const installations: [NodeVersion, Sdk][] = [
  [20, "oldest"],
  [26, "newest"],
];

const uses = [
  { name: "preview", title: "`pulumi preview --policy-pack`", run: policyInPreview },
  { name: "up", title: "`pulumi up --policy-pack`", run: policyInUpdate },
  { name: "analyze", title: "`pulumi policy analyze`", run: policyOverState },
];

export const policyCells: Cell[] = installations.flatMap(([node, sdk]) =>
  uses.map(({ name, title, run }) => ({
    name: `policy-${name}-node${node}`,
    axis: "Policy packs",
    title,
    isQuick: name === "preview" && node === 26,
    installation: { node, sdk, packages: packages.policy },
    run,
  })),
);
