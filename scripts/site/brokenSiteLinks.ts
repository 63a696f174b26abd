import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { type HtmlReferences, htmlReferences } from "./htmlReferences";

/** The pages of a built site, by their paths in it. */
export function sitePages(site: string): string[] {
  const files = readdirSync(site, { recursive: true }).map((name) => String(name).replaceAll("\\", "/"));
  return files.filter((name) => name.endsWith(".html")).sort();
}

/** The links of a built site to its own pages and files that lead nowhere: one sentence for each. */
export function brokenSiteLinks(site: string): string[] {
  const pages = new Map<string, HtmlReferences & { ids: Set<string> }>();
  for (const page of sitePages(site)) {
    const found = htmlReferences(readFileSync(path.join(site, page), "utf8"));
    pages.set(page, { ...found, ids: new Set(found.anchors) });
  }
  const isBroken = (from: string, link: string): boolean => {
    const { origin, pathname, hash } = new URL(link, `site://site/${from}`);
    if (origin !== new URL("site://site/").origin || !link || /^[a-z]+:/.test(link)) return false;
    const file = decodeURIComponent(pathname.slice(1)) || "index.html";
    const page = pages.get(file);
    if (page === undefined) return !isFile(path.join(site, file));
    // "#" and "#top" are the top of any page.
    return !["", "#", "#top"].includes(hash) && !page.ids.has(decodeURIComponent(hash.slice(1)));
  };
  return [...pages].flatMap(([from, { links }]) =>
    [...new Set(links)]
      .filter((link) => isBroken(from, link))
      .map((link) => `${from} of the site: ${link} leads nowhere.`),
  );
}

function isFile(file: string): boolean {
  return existsSync(file) && statSync(file).isFile();
}
