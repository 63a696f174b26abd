import { readFileSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "../../../engine/repositoryRoot";
import { markdownFiles } from "../../../scripts/site/markdownFiles";
import { markdownPage } from "../../../scripts/site/markdownPage";

/** A block of commands in the documentation. */
export interface CommandBlock {
  /** Its page and line. */
  at: string;
  commands: string;
}

/** The commands of each page that has some. */
export function documentedCommands(): Map<string, CommandBlock[]> {
  const pages = markdownFiles(repositoryRoot).map((file): [string, CommandBlock[]] => {
    const { blocks } = markdownPage(readFileSync(path.join(repositoryRoot, file), "utf8"));
    return [
      file,
      blocks.flatMap(({ language, line, text }) => {
        if (language === "sh") return [{ at: `${file}:${line}`, commands: text }];
        return language === "console" ? [{ at: `${file}:${line}`, commands: typed(text) }] : [];
      }),
    ];
  });
  return new Map(pages.filter(([, blocks]) => blocks.length > 0));
}

/** What is typed at the prompt of a console. Lines without one are printed. */
function typed(text: string): string {
  const lines = text.split("\n").filter((line) => line.startsWith("$ "));
  return lines.map((line) => `${line.slice(2)}\n`).join("");
}
