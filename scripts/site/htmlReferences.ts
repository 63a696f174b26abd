import { Parser } from "htmlparser2";

/** What a piece of HTML refers to, and what can be referred to in it. */
export interface HtmlReferences {
  links: string[];
  anchors: string[];
}

export function htmlReferences(html: string): HtmlReferences {
  const found: HtmlReferences = { links: [], anchors: [] };
  const parser = new Parser({
    onopentag(name, { id, href, src, srcset, name: anchor }) {
      if (id) found.anchors.push(id);
      if (name === "a" && anchor) found.anchors.push(anchor);
      for (const link of [href, src]) if (link !== undefined) found.links.push(link);
      // Each with a width or a density behind it.
      for (const source of srcset?.split(",") ?? []) found.links.push(source.trim().split(/\s+/)[0]!);
    },
  });
  parser.end(html);
  return found;
}
