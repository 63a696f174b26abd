import type { Layout, Manager } from "../installs/installation";
import { pnpmWorkspace } from "../installs/versions";
import type { Cell } from "../runs/cell";
import { sharedLibrary, sharedLibraryNotFound } from "../stacks/sharedLibrary";

/** A repository of a program and of a library, which alone depends on this package. */
const library = (version: string): Layout => ({
  name: `library ${version}`,
  program: "program",
  files: ({ "@pulumi/pulumi": sdk = "", ...own }) => ({
    "package.json": JSON.stringify({ name: "root", private: true, workspaces: ["program", "library"] }),
    "pnpm-workspace.yaml": pnpmWorkspace(["program", "library"]),
    "library/package.json": JSON.stringify({
      name: "shared-library",
      version: "1.0.0",
      main: "index.js",
      dependencies: own,
      peerDependencies: { "@pulumi/pulumi": "^3.0.0" },
    }),
    "library/index.js": `
const { BackgroundTask } = require("pulumi-otc-background-task");
exports.waitFor = (instanceId, taskId) => new BackgroundTask("by-id", { instanceId, taskId });
`,
    "program/package.json": JSON.stringify({
      name: "program",
      version: "1.0.0",
      dependencies: { "@pulumi/pulumi": sdk, "shared-library": version },
    }),
  }),
});

const cell = (name: string, title: string, manager: Manager, version: string, run: Cell["run"]): Cell => ({
  name,
  axis: "Package managers",
  title,
  isQuick: false,
  installation: { node: 24, sdk: "newest", manager, layout: library(version) },
  run,
});

export const sharedLibraryCells: Cell[] = [
  cell("npm-shared-library", "npm, a shared library alone depends on this package", "npm", "1.0.0", sharedLibrary),
  cell(
    "pnpm-shared-library",
    "pnpm, a shared library alone depends on this package: the error says to add it to the program, which helps",
    "pnpm",
    "workspace:*",
    sharedLibraryNotFound,
  ),
];
