import GithubSlugger from "github-slugger";
import MarkdownIt from "markdown-it";
import type Token from "markdown-it/lib/token.mjs";
import { htmlReferences } from "./htmlReferences";

/** A fenced block of code. */
export interface CodeBlock {
  /** The number of the line with the fence, from 1. */
  line: number;
  /** What follows the fence, such as `ts`; empty if nothing does. */
  language: string;
  text: string;
}

export interface MarkdownPage {
  links: { target: string; line: number }[];
  anchors: Set<string>;
  blocks: CodeBlock[];
}

const parser = new MarkdownIt({ html: true });

/** What is in a Markdown file that can be wrong: its links, the anchors that others may link to, and its code. */
export function markdownPage(text: string): MarkdownPage {
  const page: MarkdownPage = { links: [], anchors: new Set(), blocks: [] };
  const slugger = new GithubSlugger();
  let line = 1;
  const read = (tokens: Token[]): void => {
    tokens.forEach((token, i) => {
      if (token.map) line = token.map[0] + 1;
      if (token.type === "fence") {
        page.blocks.push({ line, language: token.info.trim().split(/\s+/)[0]!, text: token.content });
      } else if (token.type === "heading_open") {
        page.anchors.add(slugger.slug(textOf(tokens[i + 1]!)));
      } else if (token.type === "html_block" || token.type === "html_inline") {
        const { links, anchors } = htmlReferences(token.content);
        for (const target of links) page.links.push({ target, line });
        for (const anchor of anchors) page.anchors.add(anchor);
      }
      const target = token.attrGet("href") ?? token.attrGet("src");
      if (target !== null) page.links.push({ target, line });
      if (token.children) read(token.children);
    });
  };
  read(parser.parse(text, {}));
  return page;
}

/** The text of a heading without its marks, of which an anchor is made. */
function textOf(inline: Token): string {
  const words = (inline.children ?? []).filter(({ type }) => type === "text" || type === "code_inline");
  return words.map(({ content }) => content).join("");
}
