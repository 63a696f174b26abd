import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "../../engine/repositoryRoot";
import type { CodeBlock } from "../../scripts/site/markdownPage";

/** The examples in the docstrings of a folder's sources, by file. */
export function docstringExamples(folder: string): Map<string, CodeBlock[]> {
  const names = readdirSync(path.join(repositoryRoot, folder), { recursive: true }).map(String);
  const sources = names.filter((name) => name.endsWith(".ts")).map((name) => path.join(folder, name));
  const examples = sources.map((file): [string, CodeBlock[]] => {
    const text = readFileSync(path.join(repositoryRoot, file), "utf8");
    const found = [...text.matchAll(/^ *\* @example\b(.*?)^ *\*(?:\/| @.*?\*\/)(?:\s*export \w+ (\w+))?/gms)];
    return [
      file.replaceAll("\\", "/"),
      found.map(([, code, name], i) => blockOf(code!, name, lineOf(text, found[i]!.index))),
    ];
  });
  return new Map(examples.filter(([, blocks]) => blocks.length > 0));
}

function blockOf(commented: string, name: string | undefined, line: number): CodeBlock {
  const text = commented.replace(/^ *\* ?/gm, "").trim();
  // A value alone, such as an object, is one of the type that it explains.
  const value = /^[{[]/.test(text) ? `(${text}) satisfies ${name}${text.startsWith("[") ? "[]" : ""};` : text;
  return { line, language: "ts", text: value };
}

function lineOf(text: string, index: number): number {
  return text.slice(0, index).split("\n").length;
}
