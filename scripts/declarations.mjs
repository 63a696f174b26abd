import { readdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";

const imported = /(?:from|import)\s*\(?\s*["']([^"']+)["']/g;

/**
 * Removes the declarations that no entry leads to. Fails when one of the others needs types of a package that users do not
 * have, because it is bundled.
 *
 * @param packages The names of those that they have.
 */
export function keepReachableDeclarations(folder, entries, packages) {
  const kept = new Set();
  const open = entries.map((entry) => path.resolve(folder, entry));
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (kept.has(file)) continue;
    kept.add(file);
    for (const [, specifier] of readFileSync(file, "utf8").matchAll(imported)) {
      if (specifier.startsWith(".")) open.push(declarationOf(path.resolve(path.dirname(file), specifier)));
      else if (!specifier.startsWith("node:") && !packages.includes(packageOf(specifier))) {
        throw new Error(`${file} needs the types of ${specifier}.`);
      }
    }
  }
  for (const name of readdirSync(folder, { recursive: true })) {
    const file = path.join(folder, name);
    if (name.endsWith(".d.ts") && !kept.has(path.resolve(file))) rmSync(file);
  }
  removeEmptyFolders(folder);
}

/**
 * Takes the `type` off single names of an import, which tells nothing in a declaration: the TypeScript 3.8 that the SDK
 * carries, for users who have none, cannot read it.
 */
export function useOldTypeImports(folder) {
  for (const name of readdirSync(folder, { recursive: true })) {
    const file = path.join(folder, name);
    if (!name.endsWith(".d.ts")) continue;
    const text = readFileSync(file, "utf8");
    const old = text.replace(/^(import|export) [^;"']*?\{[^}]*\}/gm, (names) => names.replace(/([{,]\s*)type /g, "$1"));
    if (old !== text) writeFileSync(file, old);
  }
}

function packageOf(specifier) {
  return /^(?:@[^/]+\/)?[^/]+/.exec(specifier)[0];
}

function declarationOf(specifier) {
  return `${specifier.replace(/\.js$/, "")}.d.ts`;
}

function removeEmptyFolders(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) removeEmptyFolders(path.join(folder, entry.name));
  }
  if (readdirSync(folder).length === 0) rmdirSync(folder);
}
