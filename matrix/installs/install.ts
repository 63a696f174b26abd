import { rm } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { writeFiles } from "../../engine/programFolder";
import { run } from "./commands";
import type { Installation, Installed } from "./installation";
import type { Machine } from "./machine";
import { startManager } from "./managers";
import { pnpmWorkspace, sdkVersion } from "./versions";

/** Puts a user's folder in place, as the user's package manager does. */
export async function install(
  installation: Installation,
  machine: Machine,
): Promise<Installed & { remove(): Promise<void> }> {
  const { layout, packages = {} } = installation;
  const node = await machine.node(installation.node);
  const root = await machine.newFolder();
  const folder = path.join(root, layout?.program ?? "");
  const dependencies = {
    "@pulumi/pulumi": sdkVersion(installation.node, installation.sdk),
    "pulumi-otc-background-task": machine.packed,
    ...packages,
  };
  const manifest = { name: "program", version: "1.0.0", private: true, dependencies };
  const single = {
    "package.json": JSON.stringify(manifest),
    ...(installation.manager === "pnpm" && { "pnpm-workspace.yaml": pnpmWorkspace(["."]) }),
  };
  await writeFiles(layout ? layout.files(dependencies) : single, root);
  const manager = await startManager(installation, machine, node);
  await manager.run(root, ["install"]);
  const nodeFile = path.join(node.bin, process.platform === "win32" ? "node.cmd" : "node");
  const found = (name: string) => versionOf(name, folder);
  const sdk = installation.linker === "pnp" ? await pluggedSdk(nodeFile, folder, manager.env) : found("@pulumi/pulumi");
  const others = Object.keys(packages).map((name) => `${name} ${found(name).replace(/^v/, "")}`);
  return {
    folder,
    env: manager.env,
    nodeFile,
    versions: {
      node: node.version,
      sdk,
      others: manager.version === undefined ? others : [manager.version, ...others],
    },
    packed: machine.packed,
    manage: (args) => manager.run(folder, args),
    remove: () => rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 }),
  };
}

/** "" where no node_modules holds it. */
function versionOf(name: string, folder: string): string {
  for (const at of createRequire(path.join(folder, "package.json")).resolve.paths(name) ?? []) {
    try {
      return (createRequire(__filename)(path.join(at, name, "package.json")) as { version: string }).version;
    } catch {
      // Not in this node_modules: in one above.
    }
  }
  return "";
}

async function pluggedSdk(nodeFile: string, cwd: string, env: Record<string, string>): Promise<string> {
  const ask = "require('@pulumi/pulumi/package.json').version";
  return (await run(nodeFile, ["--require", "./.pnp.cjs", "--print", ask], { cwd, env })).trim();
}
