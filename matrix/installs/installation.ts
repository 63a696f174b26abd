export const nodeVersions = [20, 22, 24, 26] as const;
/** The lowest of each that package.json allows. */
export const lowestNodeVersions = ["20.19.0", "22.12.0"] as const;
export type NodeVersion = (typeof nodeVersions)[number] | (typeof lowestNodeVersions)[number];

export type Sdk = "oldest" | "newest";
export type Manager = "npm" | "pnpm" | "yarn classic" | "yarn berry";

/** What a user has installed: cells with the same run in the same folder, one after the other. */
export interface Installation {
  node: NodeVersion;
  sdk: Sdk;
  /** Default: npm. */
  manager?: Manager;
  /** Besides the SDK and this package: versions by name. */
  packages?: Record<string, string>;
  /** Of several packages: the files of each, and in which folder the program is. Default: the program alone. */
  layout?: Layout;
  /** Berry's way to install. Default: node-modules. */
  linker?: "node-modules" | "pnp";
}

export interface Layout {
  name: string;
  /** The package.json files and what else is there before the installation; `dependencies` has the SDK and this package. */
  files(dependencies: Record<string, string>): Record<string, string>;
  /** Where the program is. */
  program: string;
}

/** The folder of an installation, once it stands. */
export interface Installed {
  /** The program's folder. */
  folder: string;
  /** With the installation's Node.js first on PATH. */
  env: Record<string, string>;
  /** What was installed, such as `Node.js 22.23.3`. */
  versions: { node: string; sdk: string; others: string[] };
  /** The executable of the installation's Node.js. */
  nodeFile: string;
  /** Runs the package manager in the program's folder. */
  manage(args: string[]): Promise<string>;
  /** The packed package, as a dependency's version. */
  packed: string;
}

/** The same for the same installation. */
export function keyOf(installation: Installation): string {
  const { node, sdk, manager = "npm", packages = {}, layout, linker } = installation;
  return JSON.stringify([node, sdk, manager, packages, layout?.name, linker]);
}
