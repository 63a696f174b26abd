import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync } from "node:fs";
import path from "node:path";
import { npmCommand } from "../npmCommand.mjs";
import { lintPackage } from "../package/lintPackage.mjs";
import { pack } from "../package/pack.mjs";
import { unknownAddress } from "../package/publicAddress.mjs";
import { repositoryRoot } from "../stamps.mjs";
import { say } from "../steps.mjs";
import { releaseNotes } from "./changelog.mjs";
import { runNpm } from "./runNpm.mjs";
import { untaggedCommit } from "./workTree.mjs";

/**
 * Publishes the version that is checked out, unless it is there: the first one is, when its tag is pushed. npm asks the forge for its identity, so no token is stored.
 *
 * @param isFirst By hand and without provenance: only a package that exists can name the forge that may publish it.
 */
export async function publish({ manifest, changelog, isFirst }) {
  const { name, version } = manifest;
  const refusal = unknownAddress(manifest) ?? untaggedCommit(version) ?? unrecordedState(version);
  if (refusal) throw new Error(refusal);
  await releaseNotes(changelog, version);
  if (isPublished(name, version)) {
    say(`${name} ${version} is published already.`);
    return;
  }

  const destination = path.join(repositoryRoot, ".cache", "release");
  mkdirSync(destination, { recursive: true });
  const { file } = pack({ destination });
  await lintPackage(file);
  await runNpm(["publish", file, ...(isFirst ? ["--provenance=false"] : [])]);
}

function isPublished(name, version) {
  const [command, args, options] = npmCommand(["view", `${name}@${version}`, "version"]);
  const { status, stdout } = spawnSync(command, args, { ...options, cwd: repositoryRoot, encoding: "utf8" });
  return status === 0 && stdout.trim() === version;
}

function unrecordedState(version) {
  if (existsSync(path.join(repositoryRoot, "tests", "recordings", "releases", version))) return undefined;
  return `The state of version ${version} is not recorded: run npm run release:record.`;
}
