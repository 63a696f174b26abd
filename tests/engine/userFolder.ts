import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { repositoryRoot } from "../../engine/repositoryRoot";

/** How a TypeScript program finds modules, by the compilers that users have. */
export type Resolution = "nodenext" | "node10" | "vendored";

export const resolutions: [title: string, Resolution][] = [
  ["5.9 reads with module resolution nodenext", "nodenext"],
  ["5.9 reads with module resolution node10", "node10"],
  ["3.8 reads, which the SDK carries", "vendored"],
];

/** What users get: the packed file, installed in a folder outside the repository, with nothing of the repository's. */
export class UserFolder {
  readonly path = mkdtempSync(path.join(tmpdir(), "packed-"));

  /** Packs the package and installs it, and `others` in the versions that the repository has. */
  install(manifest: object, others: string[]): void {
    this.run(process.execPath, ["scripts/package/main.mjs", this.path], repositoryRoot);
    const tarball = readdirSync(this.path).find((name) => name.endsWith(".tgz"))!;
    this.write("package.json", JSON.stringify(manifest));
    this.add(others, [`./${tarball}`]);
  }

  /** Installs packages in the versions that the repository has, and `files` of packed ones. */
  add(names: string[], files: string[] = []): void {
    const needed = names.map((name) => `${name}@${ownVersion(name)}`);
    this.run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", ...files, ...needed]);
  }

  run(command: string, args: string[], cwd = this.path): string {
    // Jest's own variables would tell the user's Jest, and npm, that they are part of this run.
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(npm_|JEST_|NODE_ENV$|OS_)/.test(name)),
    );
    try {
      return execFileSync(command, args, { cwd, env, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
    } catch (error) {
      const { stdout, stderr } = error as { stdout: string; stderr: string };
      throw new Error(`${command} ${args.join(" ")} failed:\n${stdout}\n${stderr}`);
    }
  }

  write(name: string, text: string): void {
    mkdirSync(path.dirname(path.join(this.path, name)), { recursive: true });
    writeFileSync(path.join(this.path, name), text);
  }

  /** Checks a TypeScript file as a strict program's, and all declarations that it leads to, but for those in `others`. */
  checkTypes(file: string, resolution: Resolution, others?: RegExp): void {
    if (resolution === "vendored") {
      this.checkSyntaxWithVendoredCompiler(file);
      return;
    }
    const compiler = createRequire(path.join(this.path, "package.json")).resolve("typescript/lib/tsc.js");
    const module = resolution === "nodenext" ? "nodenext" : "commonjs";
    const options = ["--strict", "--noEmit", "--target", "es2022", "--types", "node", "--skipLibCheck", "false"];
    const modules = ["--module", module, "--moduleResolution", resolution];
    try {
      this.run(process.execPath, [compiler, ...options, ...modules, file]);
    } catch (error) {
      const faults = (error as Error).message.split("\n").filter((line) => /error TS\d+:/.test(line));
      if (faults.length === 0 || !faults.every((fault) => others?.test(fault))) throw error;
    }
  }

  // The SDK carries the compiler's library without its command. What it says of the SDK's own files is not ours.
  private checkSyntaxWithVendoredCompiler(file: string): void {
    const vendored = path.join(this.path, "node_modules/@pulumi/pulumi/vendor/typescript@3.8.3/typescript.js");
    this.write(
      "check-syntax.js",
      `
      const ts = require(${JSON.stringify(vendored)});
      const options = { strict: true, moduleResolution: ts.ModuleResolutionKind.NodeJs, target: ts.ScriptTarget.ES2019, types: [], skipLibCheck: true, noEmit: true, noLib: true };
      const program = ts.createProgram([${JSON.stringify(path.join(this.path, file))}], options);
      const own = program.getSourceFiles().filter(({ fileName }) => fileName.includes("pulumi-otc-background-task"));
      const faults = own.flatMap((file) => program.getSyntacticDiagnostics(file).map(({ messageText }) => [file.fileName, messageText]));
      if (own.length < 5 || faults.length > 0) throw new Error(JSON.stringify([own.length, faults]));
      `,
    );
    this.run(process.execPath, ["check-syntax.js"]);
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true });
  }
}

function ownVersion(name: string): string {
  const manifest = readFileSync(path.join(repositoryRoot, "node_modules", name, "package.json"), "utf8");
  return (JSON.parse(manifest) as { version: string }).version;
}
