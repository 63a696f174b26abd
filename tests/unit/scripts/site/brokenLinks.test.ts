import { rmSync } from "node:fs";
import { brokenLinks } from "../../../../scripts/site/brokenLinks";
import { markdownFiles } from "../../../../scripts/site/markdownFiles";
import { writtenFiles } from "./writtenFiles";

const others = {
  "docs/polling.md": "# Polling\n\n## The `instance`'s own status\n\n## Twice\n\n## Twice\n",
  "docs/polling.svg": "<svg/>",
  "examples/settle/README.md": "# Settle\n",
};

/** What is wrong with the links of a README. */
function faultsOf(readme: string): string[] {
  const root = writtenFiles({ ...others, "README.md": readme });
  try {
    return brokenLinks(root, markdownFiles(root));
  } finally {
    rmSync(root, { recursive: true });
  }
}

describe("a link", () => {
  it.each([
    "[a page](docs/polling.md)",
    "[a heading](docs/polling.md#the-instances-own-status)",
    "[the second of a name](docs/polling.md#twice-1)",
    "[a folder](examples/settle)",
    "![a picture](docs/polling.svg)",
    '<picture><source srcset="docs/polling.svg 2x"><img src="docs/polling.svg"></picture>',
    "# Its own heading\n\n[here](#its-own-heading)",
    '<a id="there"></a>\n\n[there](#there)',
    "[by reference][page]\n\n[page]: docs/polling.md",
    "[outside](https://example.com/a#b)",
    "`[in code](nowhere.md)`\n\n```\n[in code](nowhere.md)\n```",
  ])("is accepted: %s", (readme) => {
    expect(faultsOf(readme)).toEqual([]);
  });

  it.each([
    ["[x](docs/gone.md)", "README.md:1: docs/gone.md leads to a file that does not exist."],
    [
      "one\n\ntwo [x](docs/polling.md#gone)",
      "README.md:3: docs/polling.md#gone leads to a heading that docs/polling.md does not have.",
    ],
    ["[x](#gone)", "README.md:1: #gone leads to a heading that README.md does not have."],
    ["[x][page]\n\n[page]: docs/gone.md", "README.md:1: docs/gone.md leads to a file that does not exist."],
    ["![x](docs/gone.svg)", "README.md:1: docs/gone.svg leads to a file that does not exist."],
    ['<img src="docs/gone.svg">', "README.md:1: docs/gone.svg leads to a file that does not exist."],
    ["[x](../other/README.md)", "README.md:1: ../other/README.md leads out of the repository."],
    ["[x](/docs/polling.md)", "README.md:1: /docs/polling.md leads out of the repository."],
    ["[x](http://example.com)", "README.md:1: http://example.com is not an https address."],
    ["[x](https://nowhere)", "README.md:1: https://nowhere is not an https address."],
    ["[x](//example.com)", "README.md:1: //example.com is not an https address."],
  ])("is refused: %s", (readme, fault) => {
    expect(faultsOf(readme)).toEqual([fault]);
  });
});
