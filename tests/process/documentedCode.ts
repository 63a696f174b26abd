import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "../../engine/repositoryRoot";

/** A block of code on a page of the documentation. */
export interface CodeBlock {
  /** "docs/hooks.md:12" */
  place: string;
  language: string;
  text: string;
}

export const documentedPages = [
  "README.md",
  "CONTRIBUTING.md",
  "emulator/README.md",
  ...readdirSync(path.join(repositoryRoot, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

/** The blocks of one page, in their order. */
export function codeBlocksOf(page: string): CodeBlock[] {
  const text = readFileSync(path.join(repositoryRoot, page), "utf8");
  return [...text.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].map(({ index, 1: language, 2: code }) => ({
    place: `${page}:${text.slice(0, index).split("\n").length}`,
    language: language!,
    text: code!,
  }));
}

/** The name that the first line gives a file: `// index.ts` or `# Pulumi.yaml`. */
export function fileNameOf({ text }: CodeBlock): string | undefined {
  return /^(?:\/\/|#) ([\w.]+\.\w+)\n/.exec(text)?.[1];
}
