import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { lintPackage } from "../package/lintPackage.mjs";
import { pack } from "../package/pack.mjs";
import { unknownAddress } from "../package/publicAddress.mjs";
import { repositoryRoot } from "../stamps.mjs";
import { releaseNotes } from "./changelog.mjs";
import { runNpm } from "./runNpm.mjs";
import { untaggedCommit } from "./workTree.mjs";

/**
 * Publishes the version that is checked out. npm asks the forge for its identity, so no token is stored.
 *
 * @param isFirst By hand and without provenance: only a package that exists can name the forge that may publish it.
 */
export async function publish({ manifest, changelog, isFirst }) {
  const { version } = manifest;
  const refusal = unknownAddress(manifest) ?? untaggedCommit(version) ?? unrecordedState(version);
  if (refusal) throw new Error(refusal);
  await releaseNotes(changelog, version);

  const destination = path.join(repositoryRoot, ".cache", "release");
  mkdirSync(destination, { recursive: true });
  const { file } = pack({ destination });
  await lintPackage(file);
  await runNpm(["publish", file, ...(isFirst ? ["--provenance=false"] : [])]);
}

function unrecordedState(version) {
  if (existsSync(path.join(repositoryRoot, "tests", "recordings", "releases", version))) return undefined;
  return `The state of version ${version} is not recorded: run npm run release:record.`;
}
