import { chmodSync, rmSync } from "node:fs";
import path from "node:path";
import { findChromium, noChromium } from "../../../../scripts/site/chromium";
import { writtenFiles } from "./writtenFiles";

describe("the browser", () => {
  let folder: string;
  beforeEach(() => {
    folder = writtenFiles({ chromium: "#!/bin/sh\n", "own/browser": "#!/bin/sh\n" });
    chmodSync(path.join(folder, "chromium"), 0o755);
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("is the one on PATH, unless CHROMIUM_PATH names another", () => {
    const own = path.join(folder, "own/browser");
    expect(findChromium({ PATH: folder })).toBe(path.join(folder, "chromium"));
    expect(findChromium({ PATH: folder, CHROMIUM_PATH: own })).toBe(own);
  });

  it("is missed in one sentence that says what to do", () => {
    expect(findChromium({ PATH: path.join(folder, "own") })).toBeUndefined();
    expect(noChromium({})).toMatch(/^--browser needs a Chromium, but none of chromium, .* is on PATH\. Install one/);
    const env = { PATH: folder, CHROMIUM_PATH: "/nowhere/chromium" };
    expect(findChromium(env)).toBeUndefined();
    expect(noChromium(env)).toMatch(/but CHROMIUM_PATH is \/nowhere\/chromium, which does not exist/);
  });
});
