import { randomUUID } from "node:crypto";
import { mkdir, mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Engine, findOrInstallEngine } from "./finding/findOrInstallEngine";
import { hermeticEnvironment } from "./machine/hermeticEnvironment";
import { type PolicyPackSource, startByExecutable, writePolicyPack } from "./policyPackFolder";
import { writeProgram, type ProgramSource } from "./programFolder";
import { startCommand, type CommandResult, type RunningCommand } from "./runningCommand";
import { StackFiles, type StackExport } from "./stackFiles";

// Searched once per process, because the search may run the `pulumi` on PATH.
let foundEngine: Promise<Engine> | undefined;

export interface HermeticStackOptions {
  /** Folder of the program. It is copied (see writeProgram), unless `inPlace` is set. */
  programDir?: string;
  /** Instead of `programDir`: the program's files by name; Pulumi.yaml and package.json are added where missing. */
  files?: Record<string, string>;
  /** Run `programDir` where it is. The CLI leaves a stack file there, so never a folder of the repository. */
  inPlace?: boolean;
  /** Variables that the program and its providers see besides the hermetic ones. */
  env?: Record<string, string>;
  /** Configuration values, in clear. Secrets are set by `setConfig`. */
  config?: Record<string, string>;
  stackName?: string;
}

interface RunOptions {
  /** Further arguments for the CLI, such as `["--parallel", "16"]`. */
  args?: string[];
  /** Show the CLI's own rows on this process's terminal; the result's `stdout` and `stderr` are then empty. */
  inherit?: boolean;
  /** Variables for this command alone. */
  env?: Record<string, string>;
  /** Kills the command and its child processes after this time; the result is then `timedOut`. */
  timeoutMs?: number;
}

/**
 * A stack of the real CLI in a temporary folder of its own: own home, backend and passphrase. Commands run as child
 * processes and resolve with their exit code; a failed one does not throw, because most tests are about failures.
 */
export class HermeticStack {
  private readonly running = new Set<RunningCommand>();
  private policyPacks = 0;

  private constructor(
    readonly name: string,
    readonly programDir: string,
    /** Environment of every command: what a test needs to start something beside the CLI. */
    readonly env: Record<string, string>,
    private readonly engine: Engine,
    private readonly folder: string,
    private readonly files: StackFiles,
  ) {}

  static async create(options: HermeticStackOptions): Promise<HermeticStack> {
    const engine = await (foundEngine ??= findOrInstallEngine());
    // The real path: on macOS the temporary folder is a link, and Node would resolve modules from its target.
    const folder = await realpath(await mkdtemp(path.join(tmpdir(), "pulumi-otc-")));
    const home = path.join(folder, "home");
    const backend = path.join(folder, "backend");
    await Promise.all([mkdir(home), mkdir(backend)]);
    const programDir =
      options.inPlace && options.programDir
        ? path.resolve(options.programDir)
        : await writeProgram(programSource(options), folder);
    const env = {
      ...hermeticEnvironment({ engineBin: engine.bin, home, backend, passphrase: randomUUID() }, process.env),
      ...options.env,
    };
    const name = options.stackName ?? "dev";
    const stack = new HermeticStack(name, programDir, env, engine, folder, new StackFiles(name, programDir, backend));
    try {
      await stack.mustSucceed(["stack", "init", stack.name]);
      if (options.config) await stack.files.setConfig(options.config);
    } catch (error) {
      await stack.dispose();
      throw error;
    }
    return stack;
  }

  up(options?: RunOptions): Promise<CommandResult> {
    return this.spawnUp(options).finished;
  }

  preview(options?: RunOptions): Promise<CommandResult> {
    return this.start("preview", [], options).finished;
  }

  refresh(options?: RunOptions): Promise<CommandResult> {
    return this.start("refresh", ["--yes", "--skip-preview"], options).finished;
  }

  destroy(options?: RunOptions): Promise<CommandResult> {
    return this.spawnDestroy(options).finished;
  }

  /** Starts `pulumi up` in a process group of its own, for tests that interrupt or kill the engine. */
  spawnUp(options?: RunOptions): RunningCommand {
    return this.start("up", ["--yes", "--skip-preview"], options);
  }

  /** The same for `pulumi destroy`. */
  spawnDestroy(options?: RunOptions): RunningCommand {
    return this.start("destroy", ["--yes", "--skip-preview"], options);
  }

  /** Releases the lock that a killed engine left behind. */
  cancel(): Promise<CommandResult> {
    return this.start("cancel", ["--yes"]).finished;
  }

  /** Any other command of the CLI, such as `["state", "delete", urn]`. `--stack` is added. */
  run(command: string[], options?: RunOptions): Promise<CommandResult> {
    const [first = "", ...rest] = command;
    return this.start(first, rest, options).finished;
  }

  /** The stack's outputs, secrets in clear. */
  async outputs(): Promise<Record<string, unknown>> {
    const inClear = await this.files.outputs();
    if (inClear) return inClear;
    const command = ["stack", "output", "--json", "--show-secrets", "--stack", this.name];
    return JSON.parse((await this.mustSucceed(command)).stdout) as Record<string, unknown>;
  }

  /** The state file as `pulumi stack export` prints it: secrets stay encrypted. */
  exportState(): Promise<StackExport> {
    return this.files.state();
  }

  /** Rewrites the state file, as it would be after another release or an accident. Secrets stay encrypted. */
  async editState(edit: (state: StackExport) => StackExport): Promise<void> {
    const file = path.join(this.folder, "edited-state.json");
    await writeFile(file, JSON.stringify(edit(await this.exportState())));
    await this.mustSucceed(["stack", "import", "--stack", this.name, "--file", file]);
  }

  /**
   * Puts a policy pack beside the program, and resolves with the arguments that make a preview or an update run it.
   *
   * @param config What a file for `--policy-pack-config` holds: by rule, a level or settings.
   */
  async policyPack(source: PolicyPackSource, config?: object): Promise<string[]> {
    const at = path.join(this.folder, `pack-${++this.policyPacks}`);
    const pack = await writePolicyPack(source, at);
    if (!this.engine.startsPolicyPacks) await startByExecutable(pack, path.join(this.folder, "home"));
    if (config === undefined) return ["--policy-pack", pack];
    // Not the pack's name with ".json": Node.js would take that file for the pack.
    const configFile = `${at}-config.json`;
    await writeFile(configFile, JSON.stringify(config));
    return ["--policy-pack", pack, "--policy-pack-config", configFile];
  }

  async setConfig(key: string, value: string, options: { secret?: boolean } = {}): Promise<void> {
    if (!options.secret) return this.files.setConfig({ [key]: value });
    await this.mustSucceed(["config", "set-all", "--stack", this.name, "--secret", `${key}=${value}`]);
  }

  removeConfig(key: string): Promise<void> {
    return this.files.setConfig({ [key]: undefined });
  }

  /** Stops what is still running and removes the folder, whatever the state of the stack. */
  async dispose(): Promise<void> {
    for (const command of this.running) command.killAll();
    await Promise.all([...this.running].map((command) => command.finished));
    // Providers of an engine that was killed write for a moment longer.
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  private start(command: string, args: string[], options: RunOptions = {}): RunningCommand {
    return this.spawn([command, "--stack", this.name, ...args, ...(options.args ?? [])], options);
  }

  private spawn(args: string[], options: RunOptions = {}): RunningCommand {
    // Shown on a terminal, the CLI may redraw its rows; with --yes it asks nothing.
    const display = options.inherit ? [] : ["--non-interactive"];
    const command = startCommand(this.engine.pulumi, [...args, ...display], {
      cwd: this.programDir,
      env: { ...this.env, ...options.env },
      inherit: options.inherit ?? false,
      timeoutMs: options.timeoutMs,
    });
    this.running.add(command);
    void command.finished.then(() => this.running.delete(command));
    return command;
  }

  private async mustSucceed(args: string[]): Promise<CommandResult> {
    const result = await this.spawn(args).finished;
    if (result.exitCode !== 0) throw new Error(`pulumi ${args.slice(0, 2).join(" ")} failed: ${result.stderr}`);
    return result;
  }
}

function programSource(options: HermeticStackOptions): ProgramSource {
  if (options.files) return { files: options.files };
  if (options.programDir) return { dir: path.resolve(options.programDir) };
  throw new Error("A stack needs a program: set programDir or files.");
}
