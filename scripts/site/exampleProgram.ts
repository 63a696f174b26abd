import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { repositoryRoot } from "../../engine/repositoryRoot";

const printed = "expected-output.txt";
const isProgram = /^index\.(ts|cjs|mjs)$/;

/** What the page of an example shows beside its README: the program, and what it prints. Undefined for other pages. */
export function exampleProgram(page: string): string | undefined {
  const folder = path.dirname(page);
  if (path.dirname(folder) !== "examples") return undefined;
  const read = (name: string): string => readFileSync(path.join(repositoryRoot, folder, name), "utf8").trimEnd();
  const program = readdirSync(path.join(repositoryRoot, folder)).find((name) => isProgram.test(name));
  const parts = [""];
  if (program !== undefined) parts.push("## The program", fenced(path.extname(program).slice(1), read(program)));
  if (existsSync(path.join(repositoryRoot, folder, printed)))
    parts.push("## What it prints", fenced("text", read(printed)));
  return `${parts.join("\n\n")}\n`;
}

/** Where a link from an example's page to a file of the example leads on the site; undefined if the page does not show it. */
export function anchorOfExampleFile(file: string): string | undefined {
  if (path.dirname(path.dirname(file)) !== "examples") return undefined;
  const name = path.basename(file);
  if (name === printed) return "#what-it-prints";
  return isProgram.test(name) ? "#the-program" : undefined;
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}
