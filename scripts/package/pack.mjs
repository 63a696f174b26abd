// Makes the file that is published. It is put together in a folder of its own, because its package.json and README differ
// from the repository's, and a changed work tree would be in the way of everything that runs beside it.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { npmCommand } from "../npmCommand.mjs";
import { repositoryRoot } from "../stamps.mjs";
import { packedManifest } from "./packedManifest.mjs";
import { withAbsoluteLinks } from "./packedReadme.mjs";
import { publicAddress } from "./publicAddress.mjs";

/**
 * Packs bin/ as it is, and resolves with the packed file's path and what npm says of it.
 *
 * @param destination The folder to put it in.
 * @param version Default: package.json's.
 * @param changelog The text of the CHANGELOG. Default: the repository's.
 */
export function pack({ destination, version, changelog }) {
  const own = readJson("package.json");
  if (!existsSync(path.join(repositoryRoot, "bin"))) throw new Error("bin/ is missing: run npm run build first.");
  const at = { address: publicAddress(own), version: version ?? own.version };
  const folder = mkdtempSync(path.join(tmpdir(), "package-"));
  try {
    for (const name of [...own.files, "LICENSE"]) {
      cpSync(path.join(repositoryRoot, name), path.join(folder, name), { recursive: true });
    }
    const write = (name, text) => writeFileSync(path.join(folder, name), text);
    write("README.md", withAbsoluteLinks(read("README.md"), { root: repositoryRoot, ...at }));
    write("package.json", `${JSON.stringify(packedManifest(own, at), undefined, 2)}\n`);
    if (changelog !== undefined) write("CHANGELOG.md", changelog);
    const [packed] = JSON.parse(npm(["pack", "--json", "--pack-destination", path.resolve(destination)], folder));
    return { file: path.resolve(destination, packed.filename), packed };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function npm(args, cwd) {
  // What npm hands to scripts would point it back at the repository.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(?!config_cache$)/i.test(name)));
  const [command, all, options] = npmCommand(args);
  return execFileSync(command, all, { ...options, cwd, env, encoding: "utf8" });
}

function readJson(name) {
  return JSON.parse(read(name));
}

function read(name) {
  return readFileSync(path.join(repositoryRoot, name), "utf8");
}
