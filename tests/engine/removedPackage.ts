import { mkdir, readdir, realpath, rm, symlink } from "node:fs/promises";
import path from "node:path";
import type { HermeticStack } from "../../engine/hermeticStack";

const packageName = "pulumi-otc-background-task";

/**
 * Removes this package from wherever a stack's program finds it. Besides the program's own node_modules that is the
 * repository's, which links to the package for the examples, and which the program sees above its folder.
 */
export async function removePackage({ programDir }: HermeticStack): Promise<void> {
  await rm(path.join(programDir, "node_modules", packageName));
  const above = path.join(path.dirname(programDir), "node_modules");
  const repository = await realpath(above);
  await rm(above);
  await mkdir(above);
  const others = (await readdir(repository)).filter((name) => name !== packageName);
  await Promise.all(others.map((name) => symlink(path.join(repository, name), path.join(above, name), "junction")));
}
