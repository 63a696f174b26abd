import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { lintPackage } from "../package/lintPackage.mjs";
import { pack } from "../package/pack.mjs";
import { unknownAddress } from "../package/publicAddress.mjs";
import { repositoryRoot } from "../stamps.mjs";
import { say } from "../steps.mjs";
import { releasedChangelog, releaseNotes } from "./changelog.mjs";
import { runNpm } from "./runNpm.mjs";
import { releaseVersion } from "./releaseVersion.mjs";
import { commitRelease, unreadyWorkTree } from "./workTree.mjs";

/** Tries a version as users get it, then commits and tags it. A dry run changes nothing, and says what would be refused. */
export async function prepare({ manifest, changelog, asked, isDryRun }) {
  const version = releaseVersion(manifest.version, asked);
  const refusals = [unknownAddress(manifest), unreadyWorkTree(version)].filter(Boolean);
  if (!isDryRun && refusals.length > 0) throw new Error(refusals[0]);

  const released = await releasedChangelog(changelog, version, new Date().toISOString().slice(0, 10));
  say(`Version: ${version}${version === manifest.version ? "" : `, after ${manifest.version}`}`);
  say(`CHANGELOG: ${(await releaseNotes(released, version)).match(/^- /gm)?.length ?? 0} entries`);
  say(`Published with: ${publishSettings(manifest)}`);

  const destination = path.join(repositoryRoot, ".cache", "release");
  mkdirSync(destination, { recursive: true });
  const { file, packed } = pack({ destination, version, changelog: released });
  say(`Packed: ${path.relative("", file)}, ${packed.entryCount} files, ${packed.size} bytes`);
  await lintPackage(file);
  await runNpm(["run", "test:matrix", "--", "--quick"], { PACKED_FILE: file });

  if (isDryRun) {
    for (const refusal of refusals) say(`A release would be refused. ${refusal}`);
    say("Dry run: nothing was changed.");
    return;
  }
  await runNpm(["version", version, "--no-git-tag-version", "--allow-same-version", "--workspaces-update=false"]);
  writeFileSync(path.join(repositoryRoot, "CHANGELOG.md"), released);
  await runNpm(["run", "release:record"]);
  commitRelease(version);
  say(`Committed and tagged. To publish it: git push --follow-tags`);
}

function publishSettings({ publishConfig }) {
  if (publishConfig?.access !== "public" || publishConfig.provenance !== true) {
    throw new Error("publishConfig in package.json must hold access: public and provenance: true.");
  }
  return `access ${publishConfig.access}, provenance by the forge's identity`;
}
