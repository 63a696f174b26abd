import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";

const packageRequire = createRequire(__filename);

/** Folder of the Go modules `cli` and `language-host`. */
export const goModules = path.resolve(__dirname, "..");

/** What an engine is made of: everything that a kept one depends on. */
export interface PinnedEngine {
  cliVersion: string;
  languageHostVersion: string;
  /** Of @pulumi/pulumi, whose package also holds the launcher of dynamic providers. */
  sdkVersion: string;
  /** Oldest Go that can build the CLI. */
  goVersion: string;
  /** Name of the folder in the cache: another engine has another. */
  key: string;
}

/** Folder of @pulumi/pulumi, as this repository has it. */
export function sdkFolder(): string {
  return path.dirname(packageRequire.resolve("@pulumi/pulumi/package.json"));
}

export async function readPinnedEngine(engineDir: string = goModules): Promise<PinnedEngine> {
  const read = (...names: string[]): Promise<string> => readFile(path.join(engineDir, ...names), "utf8");
  const cliModule = await read("cli", "go.mod");
  const languageHostModule = await read("language-host", "go.mod");
  const sdkPackage = JSON.parse(await readFile(path.join(sdkFolder(), "package.json"), "utf8")) as { version: string };

  const cliVersion = find(cliModule, /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/);
  const languageHostVersion = find(languageHostModule, /github\.com\/pulumi\/pulumi\/sdk\/v3 v(\S+)/);
  const sums = [await read("cli", "go.sum"), await read("language-host", "go.sum")];
  const hash = createHash("sha256");
  const parts = [cliModule, languageHostModule, ...sums, sdkPackage.version, process.platform, process.arch];
  for (const part of parts) hash.update(part).update("\0");

  return {
    cliVersion,
    languageHostVersion,
    sdkVersion: sdkPackage.version,
    goVersion: find(cliModule, /^go (\S+)$/m),
    key: `${cliVersion}-${languageHostVersion}-${sdkPackage.version}-${hash.digest("hex").slice(0, 12)}`,
  };
}

function find(text: string, pattern: RegExp): string {
  const found = pattern.exec(text)?.[1];
  if (found === undefined) throw new Error(`A go.mod of the engine does not match ${pattern}.`);
  return found;
}
