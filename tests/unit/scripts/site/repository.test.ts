import MarkdownIt from "markdown-it";
import { addressOfFiles, entryPoints, manifest } from "../../../../scripts/site/repository";
import { linkToRepository, showRepositoryLinks } from "../../../../scripts/site/repositoryLinks";

it.each([
  [{ repository: { url: "git+https://example.com/us/ours.git" } }, "https://example.com/us/ours/blob/main"],
  [{ repository: "https://example.com/us/ours" }, "https://example.com/us/ours/blob/main"],
  [{ repository: { url: "git+https://example.com/__OWNER__/ours.git" } }, undefined],
  [{ repository: { url: "ssh://git@example.com/us/ours.git" } }, undefined],
  [{}, undefined],
])("reads the address of the files from %j", (given, address) => {
  expect(addressOfFiles(given)).toBe(address);
});

it("documents what programs may import", () => {
  expect(entryPoints(manifest)).toEqual(["provider/index.ts", "provider/policy/index.ts", "emulator/index.ts"]);
});

describe("a link to a file that is not on the site", () => {
  const shown = (address: string | undefined) => {
    const parser = new MarkdownIt();
    showRepositoryLinks(parser, address);
    return parser.renderInline(`[the \`pack\`](${linkToRepository("examples/pack")}) of [a page](polling.html)`);
  };

  it("leads to the repository", () => {
    expect(shown("https://example.com/us/ours/blob/main")).toBe(
      '<a href="https://example.com/us/ours/blob/main/examples/pack">the <code>pack</code></a> of <a href="polling.html">a page</a>',
    );
  });

  it("is plain text while the repository has no address", () => {
    expect(shown(undefined)).toBe('the <code>pack</code> of <a href="polling.html">a page</a>');
  });
});
