import type MarkdownIt from "markdown-it";

const scheme = "repository:";

/** A link to a file of the repository that is not on the site; `showRepositoryLinks` turns it into an address. */
export function linkToRepository(file: string): string {
  return `${scheme}${file}`;
}

/** Turns the links to the repository's files into their addresses, or into plain text while no address is known. */
export function showRepositoryLinks(parser: MarkdownIt, addressOfFiles: string | undefined): void {
  parser.core.ruler.push("repository-links", ({ tokens }) => {
    for (const { children } of tokens) {
      let isDropped = false;
      for (const token of children ?? []) {
        const href = token.type === "link_open" ? token.attrGet("href") : null;
        if (href?.startsWith(scheme)) {
          if (addressOfFiles === undefined) isDropped = true;
          else token.attrSet("href", `${addressOfFiles}/${href.slice(scheme.length)}`);
        }
        if (!isDropped || !token.type.startsWith("link_")) continue;
        if (token.type === "link_close") isDropped = false;
        Object.assign(token, { type: "text", content: "", attrs: null });
      }
    }
  });
}
