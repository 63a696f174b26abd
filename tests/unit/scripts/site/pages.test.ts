import { addressOf, faultsOfList } from "../../../../scripts/site/pages";

describe("the list of the site's pages", () => {
  const files = ["README.md", "docs/polling.md", "examples/settle/README.md", "tests/mutation/harmless.md"];

  it("holds all pages of docs/ and of the examples", () => {
    expect(faultsOfList(files, ["docs/polling.md", "examples/settle/README.md"])).toEqual([]);
    expect(faultsOfList(files, ["examples/settle/README.md"])).toEqual([
      "docs/polling.md is not in the list of pages: add it, with a title, to scripts/site/pages.ts.",
    ]);
  });

  it("holds no page that is gone, and none twice", () => {
    const listed = ["docs/polling.md", "docs/gone.md", "examples/settle/README.md", "docs/polling.md"];
    expect(faultsOfList(files, listed)).toEqual([
      "docs/gone.md is in the list of pages (scripts/site/pages.ts), but there is no such file.",
      "docs/polling.md is in the list of pages (scripts/site/pages.ts) twice.",
    ]);
  });
});

it.each([
  ["docs/polling.md", "polling"],
  ["examples/settle/README.md", "examples/settle"],
  ["emulator/README.md", "emulator"],
  ["CHANGELOG.md", "changelog"],
])("puts %s at %s", (file, address) => {
  expect(addressOf(file)).toBe(address);
});
