import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { repositoryRoot } from "../../engine/repositoryRoot";

// What users download. `npm run pack` writes it: a version's own file, with addresses and links of the public repository.

jest.setTimeout(120_000);

const recording = path.join(__dirname, "..", "recordings", "packed-files.txt");
/** A third more than today. */
const mostBytes = 700_000;

let folder: string;
let file: string;
const read = (name: string) =>
  execFileSync("tar", ["-xzOf", file, `package/${name}`], { encoding: "utf8", maxBuffer: 2 ** 24 });
const run = (...args: string[]) =>
  execFileSync(process.execPath, args, { cwd: repositoryRoot, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
const own = JSON.parse(readFileSync(path.join(repositoryRoot, "package.json"), "utf8")) as {
  repository: { url: string };
  version: string;
};

beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "packed-"));
  file = run("scripts/package/main.mjs", folder).trim();
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe("the packed file", () => {
  it("holds the files that are listed in tests/recordings/packed-files.txt", () => {
    const listed = execFileSync("tar", ["-tzf", file], { encoding: "utf8" }).trim().split("\n");
    const files = listed.map((name) => name.replace(/^package\//, "")).sort();
    // After a change: RECORD=packed-files npx jest --selectProjects process --testPathPatterns packedPackage
    if (process.env["RECORD"] === "packed-files") writeFileSync(recording, `${files.join("\n")}\n`);
    expect(files).toEqual(readFileSync(recording, "utf8").trim().split("\n"));
  });

  it("is as small as it was", () => {
    expect(statSync(file).size).toBeLessThan(mostBytes);
  });

  it("holds the same files as npm pack finds in the repository", () => {
    const found = execFileSync("npm", ["pack", "--dry-run", "--json"], {
      cwd: repositoryRoot,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
      shell: process.platform === "win32",
    });
    const [{ files }] = JSON.parse(found) as [{ files: { path: string }[] }];
    expect(files.map(({ path }) => path).sort()).toEqual(readFileSync(recording, "utf8").trim().split("\n"));
  });

  it("has the addresses of the repository, and nothing that only a clone needs", () => {
    const manifest = JSON.parse(read("package.json")) as Record<string, any>;
    const address = own.repository.url.replace(/^git\+|\.git$/g, "");
    expect(manifest).toMatchObject({ homepage: `${address}#readme`, bugs: { url: `${address}/issues` } });
    for (const field of ["scripts", "workspaces", "devDependencies"]) expect(manifest).not.toHaveProperty(field);
    expect(manifest["publishConfig"]).toEqual({ access: "public", provenance: true });
  });

  it("has links made from what a page may hold, except in code", () => {
    const page = [
      "[`code` in a label](docs/polling.md#rule) and ![a picture](docs/polling.svg)",
      "[![what is clicked on](docs/polling.svg)](docs) and `[code](docs/polling.md)`, [here](#here), [there](https://example.com/a)",
      '<source srcset="docs/polling.svg"><a href="docs/polling.md">',
      "```",
      "[code](docs/polling.md)",
      "```",
    ].join("\n");
    const script = `
      import { publicAddress } from "./scripts/package/publicAddress.mjs";
      import { withAbsoluteLinks } from "./scripts/package/packedReadme.mjs";
      const address = publicAddress({ repository: { url: "git+https://github.com/somebody/package.git" } });
      console.log(withAbsoluteLinks(${JSON.stringify(page)}, { root: ".", address, version: "1.2.3" }));
    `;
    const at = "https://github.com/somebody/package";
    const content = "https://raw.githubusercontent.com/somebody/package/v1.2.3/docs/polling.svg";
    expect(run("--input-type=module", "--eval", script).trimEnd().split("\n")).toEqual([
      `[\`code\` in a label](${at}/blob/v1.2.3/docs/polling.md#rule) and ![a picture](${content})`,
      `[![what is clicked on](${content})](${at}/tree/v1.2.3/docs) and \`[code](docs/polling.md)\`, [here](#here), [there](https://example.com/a)`,
      `<source srcset="${content}"><a href="${at}/blob/v1.2.3/docs/polling.md">`,
      "```",
      "[code](docs/polling.md)",
      "```",
    ]);
    expect(() => run("--input-type=module", "--eval", script.replace("docs/polling.md#rule", "docs/none.md"))).toThrow(
      "README.md links to docs/none.md, which does not exist.",
    );
  });

  it("has a README whose links and pictures lead to this version", () => {
    const readme = read("README.md");
    const address = own.repository.url.replace(/^git\+|\.git$/g, "");
    const links = [...readme.matchAll(/\]\(([^)]+)\)|\b(?:href|src|srcset)="([^"]+)"/g)].map(([, a, b]) => a ?? b!);
    expect(links).toContain(`${address}/blob/v${own.version}/docs/reference.md#the-data-sources`);
    expect(links).toContain(`${address}/tree/v${own.version}/examples`);
    expect(links.filter((link) => !/^(https:\/\/|#)/.test(link))).toEqual([]);
    // The same page, but for the targets.
    const withoutTargets = (text: string) => text.replace(/\]\([^)]+\)|="[^"]+"/g, "");
    const repositoryReadme = readFileSync(path.join(repositoryRoot, "README.md"), "utf8");
    expect(withoutTargets(readme)).toBe(withoutTargets(repositoryReadme));
  });

  it("passes publint and are-the-types-wrong", () => {
    expect(() => run("scripts/package/lint.mjs", file)).not.toThrow();
  });
});
