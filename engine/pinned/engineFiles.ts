import { chmod, copyFile, mkdir, stat } from "node:fs/promises";
import path from "node:path";
import { sdkFolder } from "./pinnedEngine";

const windows = process.platform === "win32";

/** Names of an engine's three executables. */
export const executables = {
  cli: windows ? "pulumi.exe" : "pulumi",
  languageHost: windows ? "pulumi-language-nodejs.exe" : "pulumi-language-nodejs",
  // A script of the npm package, which looks for @pulumi/pulumi from the program's folder.
  dynamicProvider: windows ? "pulumi-resource-pulumi-nodejs.cmd" : "pulumi-resource-pulumi-nodejs",
};

/** Which of an engine's executables a folder lacks. */
export async function missingExecutables(bin: string): Promise<string[]> {
  const missing: string[] = [];
  for (const name of Object.values(executables)) {
    const found = await stat(path.join(bin, name)).catch(() => undefined);
    const runs = found?.isFile() && (windows || (found.mode & 0o111) !== 0);
    if (!runs) missing.push(name);
  }
  return missing;
}

/** Puts the launcher of dynamic providers, which the CLI looks for on PATH, beside the CLI. */
export async function copyDynamicProvider(bin: string): Promise<void> {
  const to = path.join(bin, executables.dynamicProvider);
  await mkdir(bin, { recursive: true });
  await copyFile(path.join(sdkFolder(), executables.dynamicProvider), to);
  await chmod(to, 0o755);
}
