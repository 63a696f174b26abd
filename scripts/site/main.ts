// `npm run docs`: builds the site of the documentation in site/, and fails on a broken link or a warning of TypeDoc.
//   --check     the same, but leaves site/ as it is
//   --browser   visits every page in a browser afterwards, at a desk's and at a phone's width, and searches
import { rm } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { repositoryRoot } from "../../engine/repositoryRoot";
import { brokenLinks } from "./brokenLinks";
import { brokenSiteLinks, sitePages } from "./brokenSiteLinks";
import { buildSite } from "./buildSite";
import { markdownFiles } from "./markdownFiles";
import { faultsOfList } from "./pages";
import { visitSite } from "./visitSite";

async function main(): Promise<boolean> {
  const { values } = parseArgs({ options: { check: { type: "boolean" }, browser: { type: "boolean" } } });
  const out = path.join(repositoryRoot, values.check ? ".cache/site" : "site");
  const files = markdownFiles(repositoryRoot);
  const faults = [...faultsOfList(files), ...brokenLinks(repositoryRoot, files)];
  if (!reported(faults)) return false;
  await rm(out, { recursive: true, force: true });
  if (!(await buildSite(out)) || !reported(brokenSiteLinks(out))) return false;
  console.log(`${sitePages(out).length} pages in ${path.relative(process.cwd(), out)}; all links lead somewhere.`);
  if (values.browser) {
    if (!reported(await visitSite(out))) return false;
    console.log("Each page is whole in a browser at both widths, and the search finds what it should.");
  }
  return true;
}

function reported(faults: string[]): boolean {
  for (const fault of faults) console.error(fault);
  return faults.length === 0;
}

main().then(
  (isGood) => (process.exitCode = isGood ? 0 : 1),
  (error) => {
    console.error(error);
    process.exitCode = 1;
  },
);
