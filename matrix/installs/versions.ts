import type { NodeVersion, Sdk } from "./installation";

// The lowest that package.json's peer dependency allows, and the last that runs on Node.js 20.
const oldestSdk = "3.190.0";
const newestOnNode20 = "3.248.0";

export function sdkVersion(node: NodeVersion, sdk: Sdk): string {
  if (sdk === "oldest") return oldestSdk;
  return Math.floor(parseFloat(String(node))) === 20 ? newestOnNode20 : "latest";
}

/** The package managers that npm installs: the name of the package, its version, and the file to run. */
export const managerPackages = {
  pnpm: { name: "pnpm", version: "latest", command: "pnpm" },
  "yarn classic": { name: "yarn", version: "1", command: "yarn" },
  "yarn berry": { name: "@yarnpkg/cli-dist", version: "latest", command: "yarn" },
} as const;

/**
 * What newer pnpm asks of every user of the SDK: whether protobufjs, which comes with it, may run its script. It need not.
 */
export const pnpmWorkspace = (folders: string[]) =>
  `packages: ${JSON.stringify(folders)}\nallowBuilds:\n  protobufjs: false\nignoredBuiltDependencies: [protobufjs]\n`;

// The SDK accepts TypeScript below 7; vitest is the last that works with vite 7.
const typescript = { typescript: "5", "@types/node": "20" };

export const packages = {
  none: {},
  typings: { "@types/node": "20" },
  typescript,
  typescriptEsm: { ...typescript, "ts-node": "10" },
  jest: { jest: "30" },
  vitest: { vitest: "3", vite: "7" },
  policy: { "@pulumi/policy": "latest" },
  bun: { bun: "latest" },
} satisfies Record<string, Record<string, string>>;
