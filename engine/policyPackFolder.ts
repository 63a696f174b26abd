import { chmod, cp, mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { linkPackage, writeFiles } from "./programFolder";

/** A policy pack: a folder to copy, its files by name, or a folder that runs where it is. */
export type PolicyPackSource = { dir: string } | { files: Record<string, string> } | { inPlace: string };

/**
 * Puts a policy pack where it can run, and resolves with that folder. A copy finds this package, and everything else
 * in the repository's node_modules, as a program's does (see writeProgram).
 */
export async function writePolicyPack(source: PolicyPackSource, folder: string): Promise<string> {
  if ("inPlace" in source) return path.resolve(source.inPlace);
  await mkdir(path.join(folder, "node_modules"), { recursive: true });
  if ("dir" in source) {
    await cp(source.dir, folder, { recursive: true, filter: (file) => path.basename(file) !== "node_modules" });
  } else {
    const manifest = { name: "pack", version: "1.0.0", main: "index.js" };
    const described = { "PulumiPolicy.yaml": "runtime: nodejs\n", "package.json": JSON.stringify(manifest) };
    await writeFiles({ ...described, ...source.files }, folder);
  }
  await linkPackage(folder);
  return folder;
}

// No language has this name. The engine asks the language host of a name to start a pack; if there is none, it looks for
// an executable named after the runtime.
const ownRuntime = "nodejs-pack";

/**
 * Lets a pack be started by an executable of ours, for an engine whose language host is too old to start packs. It is
 * put among the plugins of `home` because the CLI warns about one on PATH.
 */
export async function startByExecutable(packFolder: string, home: string): Promise<void> {
  const file = path.join(packFolder, "PulumiPolicy.yaml");
  const description = await readFile(file, "utf8");
  await writeFile(file, description.replace(/^runtime:.*$/m, `runtime: ${ownRuntime}`));
  const pluginFolder = path.join(home, "plugins", `analyzer-policy-${ownRuntime}-v1.0.0`);
  await mkdir(pluginFolder, { recursive: true });
  const executable = path.join(pluginFolder, `pulumi-analyzer-policy-${ownRuntime}`);
  const launcher = path.join(__dirname, "policyPackLauncher.mjs");
  if (process.platform === "win32") {
    await writeFile(`${executable}.cmd`, `@node "${launcher}" %*\r\n`);
  } else {
    await writeFile(executable, `#!/bin/sh\nexec node "${launcher}" "$@"\n`);
    await chmod(executable, 0o755);
  }
}
