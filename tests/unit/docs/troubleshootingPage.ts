import { readFileSync } from "node:fs";
import path from "node:path";

const page = readFileSync(path.join(__dirname, "../../../docs/troubleshooting.md"), "utf8");

/** An entry of the page: its heading and the messages that it quotes, in which `…` stands for a part that differs. */
interface Entry {
  heading: string;
  /** All of it, on one line. */
  text: string;
  quotes: string[];
}

export const entries: Entry[] = page
  .split(/^### /m)
  .slice(1)
  .map((section) => ({
    heading: section.slice(0, section.indexOf("\n")),
    text: onOneLine(section),
    quotes: [...section.matchAll(/^```text\n([^`]*)\n```$/gm)].map(([, quote]) => onOneLine(quote!)),
  }));

/** The rows of the page's list: parts of messages, and the heading of the entry that the row links to. */
export const listed: { words: string[]; heading: string }[] = page
  .split("\n")
  .filter((line) => /^\| `/.test(line))
  .map((line) => {
    const [words, link] = line.split("|").slice(1, 3);
    const [, anchor] = /\]\(#([^)]*)\)/.exec(link!)!;
    return {
      words: [...words!.matchAll(/`([^`]+)`/g)].map(([, text]) => text!),
      heading: entries.find(({ heading }) => anchorOf(heading) === anchor)?.heading ?? `no entry #${anchor}`,
    };
  });

/** Whether a message is one that the page quotes so. */
export function isQuotedBy(quote: string, message: string): boolean {
  const parts = quote.split("…").map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("[^]*")}$`).test(withoutBeginning(onOneLine(message)));
}

/** The page leaves out what was waited for and which function was called. */
function withoutBeginning(message: string): string {
  return message.replace(
    /^(waiting for background task \S+( \(id \S+\))? of instance \S+: (?!cancelled)|getBackgroundTasks?: |getQuietInstance: )/,
    "",
  );
}

function onOneLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** As GitHub makes it. */
function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/[^\w\- ]/g, "")
    .replaceAll(" ", "-");
}
