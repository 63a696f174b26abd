import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** Everything that is in the files of a folder, links apart. */
export async function textOf(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = entries
    .filter((entry) => entry.isFile())
    .map((entry) => readFile(path.join(entry.parentPath, entry.name)));
  return (await Promise.all(texts)).map(String).join("\n");
}
