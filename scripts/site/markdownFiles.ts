import { readdirSync } from "node:fs";
import path from "node:path";

const notOurs = new Set(["node_modules", "bin", "site", "coverage", ".git", ".cache"]);

/** All Markdown files of the repository, by their paths in it. */
export function markdownFiles(root: string, folder = ""): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .flatMap((entry) => {
      const name = path.posix.join(folder, entry.name);
      if (entry.isDirectory()) return notOurs.has(entry.name) ? [] : markdownFiles(root, name);
      return entry.name.endsWith(".md") ? [name] : [];
    })
    .sort();
}
