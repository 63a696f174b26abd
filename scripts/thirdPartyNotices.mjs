import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** Name, version and licence of every package that esbuild's metafiles say is in a bundle. */
export function thirdPartyNotices(metafiles) {
  const folders = new Set();
  for (const metafile of metafiles) {
    // Of the outputs, not of all inputs: what was read and then left out needs no notice.
    for (const output of Object.values(metafile.outputs)) {
      for (const input of Object.keys(output.inputs)) {
        const folder = packageFolder(input);
        if (folder !== undefined) folders.add(folder);
      }
    }
  }
  const notices = [...folders].map(notice).sort((a, b) => (a.title < b.title ? -1 : 1));
  const unique = new Map(notices.map(({ title, text }) => [title, text]));
  const intro = "This package contains the following packages, bundled, each under the licence below it.\n";
  return [intro, ...[...unique].map(([title, text]) => `${title}\n\n${text}\n`)].join(`\n${"-".repeat(80)}\n\n`);
}

/** The package's folder for a file such as node_modules/a/node_modules/@b/c/lib/d.js. */
function packageFolder(file) {
  return /^(?:.*\/)?node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file.replaceAll("\\", "/"))?.[0];
}

function notice(folder) {
  const { name, version, license } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  return { title: `${name} ${version} (${license})`, text: licenceText(folder) };
}

function licenceText(folder) {
  const file = readdirSync(folder).find((name) => /^(licen[cs]e|copying)/i.test(name));
  if (file !== undefined) return readFileSync(path.join(folder, file), "utf8").trim();
  // Some packages keep the text in their README only.
  const readme = path.join(folder, "README.md");
  const section = existsSync(readme) && /^#+ *licen[cs]e\s*$([\s\S]*)/im.exec(readFileSync(readme, "utf8"))?.[1];
  if (!section) throw new Error(`${folder} contains no licence text, so it cannot be bundled.`);
  return section.trim();
}
