import parseChangelog from "changelog-parser";

const unreleased = /^## Unreleased$/m;

/** The CHANGELOG with its unreleased entries under a version and a day. Fails if there is nothing to release. */
export async function releasedChangelog(text, version, day) {
  if (!unreleased.test(text)) throw new Error("CHANGELOG.md has no section Unreleased.");
  if ((await sectionOf(text, version)) !== undefined) throw new Error(`CHANGELOG.md has a section ${version} already.`);
  if ((await notes(text, ({ title }) => title === "Unreleased")) === "") {
    throw new Error("CHANGELOG.md has no entry under Unreleased, so there is nothing to release.");
  }
  return text.replace(unreleased, `## Unreleased\n\n## ${version} - ${day}`);
}

/** What a released version brought. Fails if the CHANGELOG does not say. */
export async function releaseNotes(text, version) {
  const found = await sectionOf(text, version);
  if (!found) throw new Error(`CHANGELOG.md says nothing of version ${version}.`);
  return found;
}

function sectionOf(text, version) {
  return notes(text, (section) => section.version === version);
}

async function notes(text, isWanted) {
  const { versions } = await parseChangelog({ text, removeMarkdown: false });
  return versions.find(isWanted)?.body.trim();
}
