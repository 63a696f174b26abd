import { execFileSync } from "node:child_process";
import path from "node:path";

// A program that only declares resources must not pay for what their provider does in a process of its own.

const built = path.join(__dirname, "../../bin/provider/index.js");

const program = `
require("@pulumi/pulumi");
const before = new Set(Object.keys(require.cache));
require(process.argv[1]);
console.log(JSON.stringify(Object.keys(require.cache).filter((file) => !before.has(file))));
`;

describe("loading the package", () => {
  it("loads nothing but files of its own, and none that only a call needs", () => {
    const loaded = JSON.parse(execFileSync(process.execPath, ["-e", program, built], { encoding: "utf8" })) as string[];
    const files = loaded.map((file) => path.relative(path.dirname(built), file));
    expect(files).toContain("index.js");
    expect(
      files.filter((file) => /^\.\.|^(wait|service|identity|settings|arguments|schedule|lifecycles)\b/.test(file)),
    ).toEqual([]);
    expect(files.length).toBeLessThan(120);
  });
});
