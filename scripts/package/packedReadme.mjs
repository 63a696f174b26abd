import { statSync } from "node:fs";
import path from "node:path";

const fence = "^```[\\s\\S]*?^```$";
const code = "`[^`\\n]+`";
const picture = "!\\[(?<text>[^\\]]*)\\]\\((?<source>[^()\\s]+)\\)";
const link = `\\[(?<label>(?:!\\[[^\\]]*\\]\\([^()\\s]+\\)|[^[\\]])*)\\]\\((?<target>[^()\\s]+)\\)`;
const attribute = '\\b(?<name>href|src|srcset)="(?<value>[^"]+)"';
const part = new RegExp([fence, picture, link, code, attribute].join("|"), "gm");

const isElsewhere = /^(?:[a-z][a-z+.-]*:|#|\/\/)/i;

/**
 * A page for readers outside the repository: each relative link leads to the version's page on the forge, each relative
 * picture to its content. What is quoted as code stays as it is. Fails if a target does not exist.
 *
 * @param root The folder that the links are relative to.
 */
export function withAbsoluteLinks(markdown, { root, address, version }) {
  const absolute = (target, isPicture) => {
    if (isElsewhere.test(target)) return target;
    const [, file, anchor] = /^([^#]*)(#.*)?$/.exec(target);
    const found = statSync(path.join(root, file), { throwIfNoEntry: false });
    if (!found) throw new Error(`README.md links to ${file}, which does not exist.`);
    if (isPicture) return address.content(file, version);
    return address.page(file, version, found.isDirectory()) + (anchor ?? "");
  };
  const changed = (text) =>
    text.replace(part, (...match) => {
      const { text: alternative, source, label, target, name, value } = match.at(-1);
      if (source !== undefined) return `![${alternative}](${absolute(source, true)})`;
      if (target !== undefined) return `[${changed(label)}](${absolute(target, false)})`;
      if (name !== undefined) return `${name}="${absolute(value, name !== "href")}"`;
      return match[0];
    });
  return changed(markdown);
}
