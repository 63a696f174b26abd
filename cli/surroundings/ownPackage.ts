import { createRequire } from "node:module";

interface OwnPackage {
  version: string;
  engines: { node: string };
  peerDependencies: { [name: string]: string };
}

/** This package's package.json. */
export function ownPackage(): OwnPackage {
  return createRequire(__filename)("pulumi-otc-background-task/package.json") as OwnPackage;
}
