import { execFileSync } from "node:child_process";
import { repositoryRoot } from "../stamps.mjs";
import { tagOf } from "../package/publicAddress.mjs";

/** Why a version cannot be committed and tagged here; undefined if it can. */
export function unreadyWorkTree(version) {
  if (git("status", "--porcelain") !== "") return "Commit or stash what is changed first: git status is not clean.";
  if (git("tag", "--list", tagOf(version)) !== "") return `The tag ${tagOf(version)} exists already.`;
  return undefined;
}

/** Why the commit that is checked out is not a version's; undefined if it is. */
export function untaggedCommit(version) {
  if (git("tag", "--points-at", "HEAD").split("\n").includes(tagOf(version))) return undefined;
  return `The commit that is checked out is not tagged ${tagOf(version)}.`;
}

export function commitRelease(version) {
  git("add", "--all");
  git("commit", "--quiet", "--message", `Release ${version}`);
  git("tag", "--annotate", tagOf(version), "--message", `Release ${version}`);
}

function git(...args) {
  return execFileSync("git", args, { cwd: repositoryRoot, encoding: "utf8" }).trim();
}
