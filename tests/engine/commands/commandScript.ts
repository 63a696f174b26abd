import type { CommandBlock } from "./documentedCommands";
import { notRun } from "./notRun";

/** What a page's reader knows, and the page does not say in its commands. */
export interface Reader {
  /** What stands for a placeholder, in the shell's words. */
  placeholders: Record<string, string>;
  /** The command that fails, as the page says. */
  failing?: RegExp | undefined;
  /** What the reader has done before. */
  before?: string | undefined;
}

/** A page's blocks as one script of bash. */
export function commandScript(blocks: CommandBlock[], { placeholders, failing, before }: Reader): string {
  const line = (typed: string): string => {
    const command = withoutComment(typed);
    if (Object.hasOwn(notRun, command)) return `echo "not run: ${command}"`;
    let filled = command;
    for (const [word, value] of Object.entries(placeholders))
      filled = filled.replaceAll(placeholder(word), () => value);
    if (failing?.test(command)) return `if ${filled}; then echo "${command} did not fail"; exit 1; fi`;
    // "In a terminal of its own", where it stays.
    return /^npm run --silent emulator .*\| tee /.test(command) ? `${filled} &` : filled;
  };
  const parts = blocks.map(
    ({ at, commands }) => `echo "== ${at}"\n${commands.trimEnd().split("\n").map(line).join("\n")}\n`,
  );
  return [before ?? "", ...parts].join("\n");
}

export function withoutComment(typed: string): string {
  return typed.replace(/(^|\s+)# .*$/, "");
}

/** A word in angle brackets is unmistakable; another one must stand alone. */
function placeholder(word: string): RegExp {
  return word.startsWith("<") ? new RegExp(word, "g") : new RegExp(`\\b${word}\\b`, "g");
}
