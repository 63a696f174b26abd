import { randomUUID } from "node:crypto";
import { chmod, cp, mkdir, mkdtemp, readdir, realpath, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Emulator, startEmulator } from "../../../emulator";
import { type Engine, findOrInstallEngine } from "../../../engine/finding/findOrInstallEngine";
import { hermeticEnvironment } from "../../../engine/machine/hermeticEnvironment";
import { startByExecutable } from "../../../engine/policyPackFolder";
import { linkPackage, writeFiles } from "../../../engine/programFolder";
import { repositoryRoot } from "../../../engine/repositoryRoot";
import { startCommand } from "../../../engine/runningCommand";

/** What a reader of the documentation has: a clone, a program with a stack, an instance in the cloud, and a shell. */
export class CommandSandbox {
  private constructor(
    private readonly folder: string,
    private readonly env: Record<string, string>,
    readonly emulator: Emulator,
  ) {}

  static async create(): Promise<CommandSandbox> {
    const engine = await findOrInstallEngine();
    const folder = await realpath(await mkdtemp(path.join(tmpdir(), "commands-")));
    const [home, backend, shims] = ["home", "backend", "shims"].map((name) => path.join(folder, name)) as [
      string,
      string,
      string,
    ];
    await Promise.all([home, backend, shims].map((each) => mkdir(each)));
    await Promise.all([
      writeClone(path.join(folder, "clone"), engine, home),
      writeShims(shims, engine),
      // A refusal of the emulator's is a failure.
      writeFile(path.join(home, ".curlrc"), "fail\n"),
    ]);
    const emulator = await startEmulator();
    emulator.addTask({ name: "bindInstancePublicIp", progress: [{ status: "SUCCESS" }] });
    await writeReadersProgram(path.join(folder, "program"), emulator);
    const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));
    const env = {
      ...hermeticEnvironment({ engineBin: shims, home, backend, passphrase: randomUUID() }, own),
      ...emulator.env,
      CURL_HOME: home,
    };
    return new CommandSandbox(folder, env, emulator);
  }

  /** Runs a script of bash in the clone or in the program; resolves with its exit code and what it printed. */
  async run(script: string, where: "clone" | "program"): Promise<{ exitCode: number; printed: string }> {
    const file = path.join(this.folder, "script.sh");
    // Nothing that a script writes may be where another script, or somebody else, has it.
    const own = await mkdtemp(path.join(this.folder, "tmp-"));
    await writeFile(file, `${prelude}\n${script.replaceAll("/tmp/", `${own}/`)}`);
    const cwd = path.join(this.folder, where);
    const shell = startCommand("bash", [file], { cwd, env: this.env, inherit: false, timeoutMs: 240_000 });
    // What it started in the background would keep its output open.
    await shell.printed(/^== exit \d+$/m).catch(() => undefined);
    shell.killAll();
    await shell.finished;
    const printed = shell.output();
    return { exitCode: Number(/^== exit (\d+)$/m.exec(printed)?.[1] ?? 1), printed };
  }

  async remove(): Promise<void> {
    await this.emulator.close();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

const prelude = `
set -eo pipefail
trap 'printf "\\n== exit %s\\n" $?' EXIT
# A file that something in the background still has to write.
written() { until [ -s "$1" ]; do sleep 0.1; done; }
source() { written "$1"; builtin source "$1"; }
.() { source "$1"; }
`;

/** The repository, with copies of the examples: the CLI writes stack files beside the programs. */
async function writeClone(clone: string, engine: Engine, home: string): Promise<void> {
  await mkdir(clone);
  const names = (await readdir(repositoryRoot)).filter(
    (name) => !["examples", ".git", "site", "coverage"].includes(name),
  );
  await Promise.all(names.map((name) => symlink(path.join(repositoryRoot, name), path.join(clone, name), "junction")));
  await cp(path.join(repositoryRoot, "examples"), path.join(clone, "examples"), {
    recursive: true,
    filter: (file) => !/^(node_modules|Pulumi\..+\.yaml)$/.test(path.basename(file)),
  });
  if (!engine.startsPolicyPacks) await startByExecutable(path.join(clone, "examples", "policy-pack", "pack"), home);
}

/** A program of the reader's, which has the package installed. */
async function writeReadersProgram(program: string, emulator: Emulator): Promise<void> {
  const exported = Object.entries(emulator.env).map(([name, value]) => `export ${name}='${value}'\n`);
  await writeFiles(
    {
      "Pulumi.yaml": "name: shop\nruntime: nodejs\n",
      "package.json": '{ "name": "shop", "main": "index.js" }\n',
      "index.js": "exports.shop = 1;\n",
      "openrc.sh": exported.join(""),
    },
    program,
  );
  const bin = path.join(program, "node_modules", ".bin");
  await mkdir(bin, { recursive: true });
  await linkPackage(program);
  await symlink(
    path.join(repositoryRoot, "node_modules", "@pulumi"),
    path.join(program, "node_modules", "@pulumi"),
    "junction",
  );
  await writeCommand(path.join(bin, "pulumi-otc-background-task"), `exec node ${repositoryRoot}/bin/cli/main.js "$@"`);
}

/** The CLI, which asks nobody; the rest of the engine is beside it. */
async function writeShims(shims: string, engine: Engine): Promise<void> {
  for (const name of await readdir(engine.bin)) {
    const file = path.join(engine.bin, name);
    if (file !== engine.pulumi) await symlink(file, path.join(shims, name));
  }
  await writeCommand(
    path.join(shims, "pulumi"),
    `
    case "$1" in
      up | destroy | refresh) exec "${engine.pulumi}" "$@" --yes --skip-preview --non-interactive ;;
      *) exec "${engine.pulumi}" "$@" ;;
    esac`,
  );
}

async function writeCommand(file: string, text: string): Promise<void> {
  await writeFile(file, `#!/bin/sh\n${text}\n`);
  await chmod(file, 0o755);
}
