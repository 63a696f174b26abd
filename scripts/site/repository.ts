import { readFileSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "../../engine/repositoryRoot";

export interface Manifest {
  name: string;
  exports: Record<string, { types?: string } | string>;
  repository?: string | { url: string };
}

export const manifest = JSON.parse(readFileSync(path.join(repositoryRoot, "package.json"), "utf8")) as Manifest;

/** Where the public repository shows its files; undefined while package.json names no https address of it, or no owner. */
export function addressOfFiles({ repository }: Pick<Manifest, "repository">): string | undefined {
  const url = typeof repository === "string" ? repository : repository?.url;
  const address = /^(?:git\+)?(https:\/\/.+?)(?:\.git)?\/?$/.exec(url ?? "")?.[1];
  return address === undefined || address.includes("__OWNER__") ? undefined : `${address}/blob/main`;
}

/** The sources of the public entry points. The entry `lifecycle` is not one: the path that states name. */
export function entryPoints({ exports }: Pick<Manifest, "exports">): string[] {
  return Object.entries(exports).flatMap(([entry, target]) => {
    const types = typeof target === "string" ? undefined : target.types;
    if (entry === "./lifecycle" || types === undefined) return [];
    return [types.replace(/^\.\/bin\//, "").replace(/\.d\.ts$/, ".ts")];
  });
}
