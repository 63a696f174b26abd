import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { writeFiles } from "../../engine/programFolder";

/** Puts a program into a folder where its packages are installed; what it returns takes it out again. */
export async function putProgram(
  folder: string,
  files: Record<string, string>,
  manifest: Record<string, string>,
): Promise<() => Promise<void>> {
  const manifestFile = path.join(folder, "package.json");
  const before = await readFile(manifestFile, "utf8");
  await writeFile(manifestFile, JSON.stringify({ ...(JSON.parse(before) as object), ...manifest }));
  await writeFiles(files, folder);
  return async () => {
    for (const name of [...Object.keys(files), "bin"])
      await rm(path.join(folder, name), { recursive: true, force: true });
    await writeFile(manifestFile, before);
  };
}
