import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeProgram } from "../../engine/programFolder";
import { repositoryRoot } from "../../engine/repositoryRoot";
import { startCommand } from "../../engine/runningCommand";

// Users' compilers, oldest to newest, read the built declarations of every entry: as a strict program does, and with all
// declarations checked. What they say of other packages' declarations is not ours.

jest.setTimeout(180_000);

const older: [version: string, installedIn: string, modules: object][] = [
  ["3.8", "tests/compilers/typescript-3.8", { module: "commonjs", moduleResolution: "node" }],
  ["4.9", "tests/compilers/typescript-4.9", { module: "commonjs", moduleResolution: "node" }],
  ["4.9", "tests/compilers/typescript-4.9", { module: "nodenext", moduleResolution: "nodenext" }],
  ["5.9", ".", { module: "commonjs", moduleResolution: "node10" }],
  ["5.9", ".", { module: "nodenext", moduleResolution: "nodenext" }],
  ["5.9", ".", { module: "esnext", moduleResolution: "bundler" }],
];
const options = { strict: true, noEmit: true, skipLibCheck: false, target: "es2019", lib: ["es2020"], types: ["node"] };

const program = `
import { BackgroundTask, BackgroundTaskArgs, getBackgroundTask, getBackgroundTasks, getBackgroundTaskOutput, getQuietInstance, isInstanceBusy, QuietInstance, quietInstanceHooks, retryWhileBusy, TaskFailedError } from "pulumi-otc-background-task";
import { startEmulator } from "pulumi-otc-background-task/emulator";
import "pulumi-otc-background-task/lifecycle";
import { backgroundTaskSucceeded, BackgroundTaskPolicyPack, BackgroundTaskPolicyPackArgs } from "pulumi-otc-background-task/policy";

const args: BackgroundTaskArgs = { instanceId: "i", taskId: "t", triggers: [1, { a: "b" }] };
const task = new BackgroundTask("task", args);
const quiet = new QuietInstance("quiet", { instanceId: "i" }, { dependsOn: task });
export const outputs = [getBackgroundTaskOutput({ instanceId: "i", taskId: task.taskId }).status, quiet.tasks];
export const hooks = [quietInstanceHooks("a", { instanceId: "i" }), retryWhileBusy("a", { instanceId: "i" })];
export async function look(): Promise<string> {
  const found = await getBackgroundTask({ instanceId: "i", taskId: "t" });
  const all = await getBackgroundTasks({ instanceId: "i" });
  await getQuietInstance({ instanceId: "i" });
  return found.status + all.map(({ name }) => name).join();
}
export const isOurs = (error: unknown) => error instanceof TaskFailedError || isInstanceBusy(error);
export const url: Promise<string> = startEmulator({ port: 0 }).then((emulator) => emulator.url);
const packArgs: BackgroundTaskPolicyPackArgs = { all: "mandatory" };
export const packs = [() => new BackgroundTaskPolicyPack("name", packArgs), () => backgroundTaskSucceeded.name];
`;

let folder: string;
let programDir: string;
beforeAll(async () => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), "compilers-")));
  programDir = await writeProgram({ files: { "index.ts": program } }, folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const own = path.join(realpathSync(repositoryRoot), "bin");

function run(args: string[]) {
  const env = { PATH: process.env["PATH"] ?? "" };
  return startCommand(process.execPath, args, { cwd: programDir, env, inherit: false }).finished;
}

function compilerIn(folder: string) {
  return path.join(repositoryRoot, folder, "node_modules", "typescript");
}

describe("the declarations", () => {
  it.each(older)("are read by TypeScript %s (%s %j)", async (version, installedIn, modules) => {
    const library = path.join(compilerIn(installedIn), "lib", "typescript.js");
    const script = path.join(__dirname, "declarationFaults.cjs");
    const { stdout, stderr } = await run([script, library, JSON.stringify({ ...options, ...modules }), own]);
    expect(stderr).toBe("");
    const found = JSON.parse(stdout) as { version: string; read: number; faults: string[] };
    expect(found.version).toMatch(new RegExp(`^${version.replace(".", "\\.")}\\.`));
    expect(found.faults).toEqual([]);
    // The program, and what its four entries lead to.
    expect(found.read).toBeGreaterThan(20);
  });

  // It has no library that Node.js could load. Its command reads all syntax there is, so it tells all faults.
  it.each([["nodenext"], ["bundler"]])("are read by TypeScript 7.0 with module resolution %s", async (resolution) => {
    const compiler = compilerIn("tests/compilers/typescript-7.0");
    const { version } = JSON.parse(readFileSync(path.join(compiler, "package.json"), "utf8")) as { version: string };
    expect(version).toMatch(/^7\.0\./);
    const flags = ["--strict", "--noEmit", "--skipLibCheck", "false", "--pretty", "false", "--types", "node"];
    const module = resolution === "bundler" ? "esnext" : resolution;
    const modules = ["--module", module, "--moduleResolution", resolution, "--target", "es2019", "--lib", "es2020"];
    const { stdout, stderr } = await run([path.join(compiler, "bin", "tsc"), ...flags, ...modules, "index.ts"]);
    expect(stderr).toBe("");
    const faults = stdout.split("\n").filter((line) => /error TS\d+:/.test(line));
    // The policy SDK's index names two things that its own declarations leave out.
    expect(faults.filter((line) => !/@pulumi\/policy\/index\.d\.ts\(/.test(line))).toEqual([]);
  });
});
