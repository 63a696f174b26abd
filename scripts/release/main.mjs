// A release has two halves, which CONTRIBUTING.md describes.
//   npm run release -- [VERSION | major | minor | patch]   tries, commits and tags a version; publishes nothing
//   npm run release -- --dry-run                           the same, but changes nothing
//   npm run release -- --publish [--first]                 publishes the version that is checked out: the forge does
//   npm run release -- --notes                             prints what that version brought
import { readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { repositoryRoot } from "../stamps.mjs";
import { releaseNotes } from "./changelog.mjs";
import { prepare } from "./prepare.mjs";
import { publish } from "./publish.mjs";

try {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      "dry-run": { type: "boolean", default: false },
      publish: { type: "boolean", default: false },
      first: { type: "boolean", default: false },
      notes: { type: "boolean", default: false },
    },
  });
  const manifest = JSON.parse(read("package.json"));
  const changelog = read("CHANGELOG.md");
  if (values.notes) console.log(await releaseNotes(changelog, manifest.version));
  else if (values.publish) await publish({ manifest, changelog, isFirst: values.first });
  else await prepare({ manifest, changelog, asked: positionals[0], isDryRun: values["dry-run"] });
} catch (error) {
  console.error(error.message);
  process.exit(1);
}

function read(name) {
  return readFileSync(path.join(repositoryRoot, name), "utf8");
}
