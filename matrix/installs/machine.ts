import { access, mkdir, mkdtemp, readFile, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Engine, findOrInstallEngine } from "../../engine/finding/findOrInstallEngine";
import { writeFiles } from "../../engine/programFolder";
import { repositoryRoot } from "../../engine/repositoryRoot";
import { run } from "./commands";
import type { Manager, NodeVersion } from "./installation";
import { userEnvironment } from "./userEnvironment";
import { managerPackages } from "./versions";

export interface Tool {
  /** Its folder of executables. */
  bin: string;
  version: string;
}

const npmInstall = ["install", "--prefer-offline", "--no-audit", "--no-fund", "--loglevel", "error"];

/** What all cells share, in a temporary folder outside the repository: the engine, the packed package, and tools that npm brings. */
export class Machine {
  private readonly tools = new Map<string, Promise<Tool>>();
  private folders = 0;

  private constructor(
    readonly folder: string,
    readonly engine: Engine,
    /** The packed package, as a dependency's version. */
    readonly packed: string,
    readonly registry: string,
  ) {}

  static async start(): Promise<Machine> {
    const engine = await findOrInstallEngine();
    // The real path: Node.js resolves modules from where a link leads.
    const folder = await realpath(await mkdtemp(path.join(tmpdir(), "matrix-")));
    const env = userEnvironment();
    const file = process.env["PACKED_FILE"] ?? (await pack(folder, env));
    const registry = (await run("npm", ["config", "get", "registry"], { cwd: folder, env })).trim();
    return new Machine(folder, engine, `file:${path.resolve(file).replaceAll("\\", "/")}`, registry);
  }

  /** A new folder of its own. */
  async newFolder(): Promise<string> {
    const folder = path.join(this.folder, `user-${++this.folders}`);
    await mkdir(folder);
    return folder;
  }

  node(version: NodeVersion): Promise<Tool> {
    return this.tool("node", String(version), async (bin) => {
      const file = path.join(bin, executable("node"));
      return (await run(file, ["--version"], { cwd: this.folder, env: userEnvironment() })).trim().slice(1);
    });
  }

  manager(name: Exclude<Manager, "npm">): Promise<Tool> {
    const { name: packageName, version } = managerPackages[name];
    return this.tool(packageName, version, async (bin) => {
      const manifest = path.join(bin, "..", packageName, "package.json");
      return (JSON.parse(await readFile(manifest, "utf8")) as { version: string }).version;
    });
  }

  /** npm in a folder. */
  npm(cwd: string, args: string[], env: Record<string, string>): Promise<string> {
    const [command = "", ...rest] = args;
    return run("npm", command === "install" ? [...npmInstall, ...rest] : args, { cwd, env });
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  private tool(name: string, version: string, versionIn: (bin: string) => Promise<string>): Promise<Tool> {
    const key = `${name}@${version}`;
    let tool = this.tools.get(key);
    if (tool === undefined) {
      tool = this.install(key, versionIn);
      this.tools.set(key, tool);
    }
    return tool;
  }

  private async install(key: string, versionIn: (bin: string) => Promise<string>): Promise<Tool> {
    const folder = await this.newFolder();
    await writeFiles({ "package.json": JSON.stringify({ name: "tool", private: true }) }, folder);
    await this.npm(folder, ["install", key], userEnvironment());
    const bin = path.join(folder, "node_modules", ".bin");
    await access(bin);
    return { bin, version: await versionIn(bin) };
  }
}

function executable(name: string): string {
  return process.platform === "win32" ? `${name}.cmd` : name;
}

/** Makes the file that is published, and resolves with its path. */
async function pack(folder: string, env: Record<string, string>): Promise<string> {
  const script = path.join(repositoryRoot, "scripts", "package", "main.mjs");
  const printed = await run(process.execPath, [script, folder], { cwd: repositoryRoot, env });
  const file = printed
    .trim()
    .split("\n")
    .find((line) => line.endsWith(".tgz"));
  if (file === undefined) throw new Error(`nothing was packed:\n${printed}`);
  return file;
}
