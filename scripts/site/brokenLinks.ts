import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { type MarkdownPage, markdownPage } from "./markdownPage";

/** The links of Markdown files that lead nowhere: one sentence for each. What is outside is judged by its form only. */
export function brokenLinks(root: string, files: string[]): string[] {
  const pages = new Map<string, MarkdownPage>();
  const pageOf = (file: string): MarkdownPage => {
    const page = pages.get(file) ?? markdownPage(readFileSync(path.join(root, file), "utf8"));
    pages.set(file, page);
    return page;
  };
  const faultOf = (from: string, target: string): string | undefined => {
    if (/^[a-z][a-z\d+.-]*:|^\/\//i.test(target)) return faultOfAddress(target);
    const [, name = "", anchor] = /^([^#?]*)(?:\?[^#]*)?(?:#(.*))?$/.exec(decodeURI(target)) ?? [];
    const file = name === "" ? from : path.posix.join(path.posix.dirname(from), name);
    if (file.startsWith("../") || name.startsWith("/")) return "leads out of the repository";
    if (!existsSync(path.join(root, file))) return "leads to a file that does not exist";
    if (anchor === undefined || !file.endsWith(".md")) return undefined;
    return pageOf(file).anchors.has(anchor) ? undefined : `leads to a heading that ${file} does not have`;
  };
  return files.flatMap((file) =>
    pageOf(file).links.flatMap(({ target, line }) => {
      const fault = faultOf(file, target);
      return fault === undefined ? [] : [`${file}:${line}: ${target} ${fault}.`];
    }),
  );
}

function faultOfAddress(target: string): string | undefined {
  if (/^mailto:[^@\s]+@[^@\s]+$/.test(target)) return undefined;
  const url = URL.canParse(target) ? new URL(target) : undefined;
  if (url?.protocol === "https:" && url.hostname.includes(".")) return undefined;
  return "is not an https address";
}
