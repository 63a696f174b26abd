import { cp, mkdir, stat, symlink, writeFile } from "node:fs/promises";
import path from "node:path";
import { repositoryRoot } from "./repositoryRoot";

/** A Pulumi program: a folder to copy, or its files by name (`Pulumi.yaml` is added where it is missing). */
export type ProgramSource = { dir: string } | { files: Record<string, string> };

/**
 * Puts a program into a folder of its own. It runs as a copy, because the CLI writes the stack's configuration beside
 * Pulumi.yaml, and `pulumi stack init` offers no other place.
 *
 * The copy finds this package under the name a user imports, and everything else in the repository's node_modules.
 */
export async function writeProgram(source: ProgramSource, folder: string): Promise<string> {
  const programDir = path.join(folder, "program");
  await mkdir(path.join(programDir, "node_modules"), { recursive: true });
  if ("dir" in source) await copyProgram(source.dir, programDir);
  else await writeProgramFiles(source.files, programDir);
  await link(path.join(repositoryRoot, "node_modules"), path.join(folder, "node_modules"));
  await linkPackage(programDir);
  return programDir;
}

/** Lets a folder that has a node_modules find this package under the name a user imports. */
export function linkPackage(folder: string): Promise<void> {
  return link(repositoryRoot, path.join(folder, "node_modules", "pulumi-otc-background-task"));
}

async function copyProgram(from: string, to: string): Promise<void> {
  if (!(await stat(path.join(from, "Pulumi.yaml"))).isFile()) throw new Error(`${from} contains no Pulumi.yaml.`);
  await cp(from, to, {
    recursive: true,
    // A stack file holds the salt of another run's passphrase.
    filter: (file) => path.basename(file) !== "node_modules" && !/^Pulumi\..+\.yaml$/.test(path.basename(file)),
  });
}

async function writeProgramFiles(files: Record<string, string>, to: string): Promise<void> {
  const main = Object.keys(files).find((name) => /^index\.(ts|js|mjs|cjs)$/.test(name)) ?? "index.js";
  const described = {
    "Pulumi.yaml": "name: program\nruntime: nodejs\n",
    "package.json": `${JSON.stringify({ name: "program", main })}\n`,
  };
  await writeFiles({ ...described, ...files }, to);
}

/** Writes files by name into a folder; a name may be a path below it. */
export async function writeFiles(files: Record<string, string>, to: string): Promise<void> {
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(to, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

// A junction needs no special right on Windows; elsewhere the type is ignored.
function link(target: string, at: string): Promise<void> {
  return symlink(target, at, "junction");
}
