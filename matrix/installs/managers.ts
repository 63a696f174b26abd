import path from "node:path";
import { run } from "./commands";
import type { Installation } from "./installation";
import type { Machine, Tool } from "./machine";
import { userEnvironment } from "./userEnvironment";
import { managerPackages } from "./versions";

export interface StartedManager {
  /** Such as `pnpm 10.1.0`; npm is not worth a word. */
  version?: string;
  env: Record<string, string>;
  run(cwd: string, args: string[]): Promise<string>;
}

/** The package manager of an installation, run by its Node.js, with the user's registry and a cache that ends with the run. */
export async function startManager(
  { manager = "npm", linker = "node-modules" }: Installation,
  machine: Machine,
  node: Tool,
): Promise<StartedManager> {
  if (manager === "npm") {
    const env = userEnvironment(node.bin);
    return { env, run: (cwd, args) => machine.npm(cwd, args, env) };
  }
  const tool = await machine.manager(manager);
  const { command } = managerPackages[manager];
  const env = {
    ...userEnvironment(node.bin, tool.bin),
    ...settings(machine, linker)[manager],
    // Else a manager hangs on a question, or refuses to write its lock file.
    CI: "",
  };
  return {
    version: `${manager.replace(/ .*/, "")} ${tool.version}`,
    env,
    run: (cwd, args) => run(path.join(tool.bin, command), args, { cwd, env }),
  };
}

function settings({ registry, folder }: Machine, linker: string) {
  const kept = (name: string) => path.join(folder, `${name}-cache`);
  return {
    pnpm: {
      npm_config_registry: registry,
      pnpm_config_registry: registry,
      npm_config_store_dir: kept("pnpm"),
      pnpm_config_store_dir: kept("pnpm"),
    },
    "yarn classic": { YARN_REGISTRY: registry, npm_config_registry: registry, YARN_CACHE_FOLDER: kept("yarn") },
    "yarn berry": {
      YARN_NPM_REGISTRY_SERVER: registry,
      YARN_NODE_LINKER: linker,
      YARN_GLOBAL_FOLDER: kept("berry"),
      YARN_ENABLE_IMMUTABLE_INSTALLS: "false",
      YARN_ENABLE_TELEMETRY: "false",
    },
  };
}
