import { packages } from "../installs/versions";

/** A way to write a program: its files, what its package.json has besides the dependencies, what must be installed. */
export interface Form {
  title: string;
  files: Record<string, string>;
  manifest: Record<string, string>;
  packages: Record<string, string>;
  /** Whether the user's own compiler makes JavaScript of it before. */
  isCompiled?: true;
}

const names = `"pulumi-otc-background-task"`;
const body = (exported: (name: string) => string, looked: string) => `
const task = new BackgroundTask("by-id", { instanceId: process.env.OTC_INSTANCE_ID, taskId: process.env.TASK_ID });
const namedTask = new BackgroundTask("by-name", {
  instanceId: process.env.NAMED_INSTANCE_ID,
  name: "rebuildIndex",
  createdAfter: process.env.CREATED_AFTER,
});
const found = getBackgroundTask({ instanceId: process.env.LOOKED_UP_INSTANCE_ID, taskId: process.env.LOOKED_UP_TASK_ID });
${exported("byId")} = task.status;
${exported("byName")} = namedTask.status;
${exported("looked")} = ${looked};
${exported("node")} = process.version;
${exported("sdk")} = version;
`;

/** For a program in CommonJS that has what it exports in `outputs`. */
export const bodyOfProgram = `
const { BackgroundTask, getBackgroundTask } = require("pulumi-otc-background-task");
const { version } = require("@pulumi/pulumi/version");
const outputs = {};
${body((name) => `outputs.${name}`, "found.then(({ status }) => status)")}`;

const typed = (text: string) => text.replaceAll(/process\.env\.(\w+)/g, "process.env.$1!");
const constants = (name: string) => `export const ${name}`;
const statusOf = "found.then(({ status }) => status)";

const commonJs = `
const { version } = require("@pulumi/pulumi/version");
const { BackgroundTask, getBackgroundTask } = require(${names});
${body((name) => `exports.${name}`, statusOf)}`;

const esm = `
import { version } from "@pulumi/pulumi/version.js";
import { BackgroundTask, getBackgroundTask } from ${names};
${body(constants, "(await found).status")}`;

const typescript = `
import { version } from "@pulumi/pulumi/version";
import { BackgroundTask, getBackgroundTask } from ${names};
${typed(body(constants, statusOf))}`;

// As `pulumi new typescript` writes it.
const compilerOptions = {
  strict: true,
  outDir: "bin",
  target: "es2020",
  module: "commonjs",
  moduleResolution: "node",
  sourceMap: true,
  experimentalDecorators: true,
  pretty: true,
  noFallthroughCasesInSwitch: true,
  noImplicitReturns: true,
  forceConsistentCasingInFileNames: true,
};
const nodenextOptions = { ...compilerOptions, target: "es2022", module: "nodenext", moduleResolution: "nodenext" };
const tsconfig = (options: object) => JSON.stringify({ compilerOptions: options, files: ["index.ts"] });
const project = "name: program\nruntime: nodejs\n";
const javascriptProject = "name: program\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n";

export const forms = {
  "ts-own": {
    title: "TypeScript, by the compiler in the SDK",
    files: { "Pulumi.yaml": project, "index.ts": typescript, "tsconfig.json": tsconfig(compilerOptions) },
    manifest: { main: "index.ts" },
    packages: packages.typings,
  },
  "ts-installed": {
    title: "TypeScript 5, run by Pulumi",
    files: { "Pulumi.yaml": project, "index.ts": typescript, "tsconfig.json": tsconfig(compilerOptions) },
    manifest: { main: "index.ts" },
    packages: packages.typescript,
  },
  js: {
    title: "JavaScript",
    files: { "Pulumi.yaml": project, "index.js": commonJs },
    manifest: { main: "index.js" },
    packages: packages.typings,
  },
  "js-esm": {
    title: "JavaScript, ES module",
    files: { "Pulumi.yaml": project, "index.js": esm },
    manifest: { main: "index.js", type: "module" },
    packages: packages.typings,
  },
  "ts-cjs": {
    title: "TypeScript 5, compiled to CommonJS",
    files: { "Pulumi.yaml": javascriptProject, "index.ts": typescript, "tsconfig.json": tsconfig(compilerOptions) },
    manifest: { main: "bin/index.js" },
    packages: packages.typescript,
    isCompiled: true,
  },
  "ts-esm": {
    title: "TypeScript 5, ES module",
    files: { "Pulumi.yaml": project, "index.ts": typed(esm), "tsconfig.json": tsconfig(nodenextOptions) },
    manifest: { main: "index.ts", type: "module" },
    packages: packages.typescriptEsm,
  },
} satisfies Record<string, Form>;

export type FormName = keyof typeof forms;

/** The same by another compiler, which wants `nodenext`. */
export function byTypescript6(form: Form): Form {
  const files = { ...form.files, "tsconfig.json": tsconfig(nodenextOptions) };
  return { ...form, files, packages: { ...form.packages, typescript: "6" } };
}
