import { execFileSync, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { repositoryRoot } from "../../engine/repositoryRoot";

// `npm run release` in a small repository of its own, with an npm that publishes nothing.

jest.setTimeout(180_000);

const known = "git+https://github.com/somebody/pulumi-otc-background-task.git";
const placeholder = "git+https://github.com/__OWNER__/pulumi-otc-background-task.git";
const changelog =
  "# Changelog\n\n## Unreleased\n\n- Add this\n- Add that, which\n  goes on\n\n## 0.1.0 - 2026-11-01\n\n- Begin\n";

const fakeNpm = `
const { spawnSync } = require("node:child_process");
const { existsSync, writeFileSync } = require("node:fs");
const args = process.argv.slice(2);
const published = process.env.FIXTURE + "/.cache/published.json";
if (args[0] === "publish") {
  writeFileSync(published, JSON.stringify(args));
} else if (args[0] === "view") {
  if (existsSync(published)) console.log(args[1].split("@")[1]);
} else {
  process.exitCode = spawnSync("npm", args, { stdio: "inherit", shell: process.platform === "win32" }).status;
}
`;

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(path.join(tmpdir(), "release-")));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, text: string) => {
  mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
  writeFileSync(path.join(folder, name), text);
};
const read = (name: string) => readFileSync(path.join(folder, name), "utf8");
const readJson = (name: string) => JSON.parse(read(name)) as Record<string, any>;

function git(...args: string[]): string {
  const identity = ["-c", "user.name=Release", "-c", "user.email=release@example.com"];
  return execFileSync("git", [...identity, ...args], { cwd: folder, encoding: "utf8" }).trim();
}

function repository({ url = known, text = changelog } = {}): void {
  for (const name of ["scripts", "bin", "LICENSE", "SECURITY.md"]) {
    cpSync(path.join(repositoryRoot, name), path.join(folder, name), { recursive: true });
  }
  symlinkSync(path.join(repositoryRoot, "node_modules"), path.join(folder, "node_modules"), "junction");
  const { workspaces: _, ...own } = JSON.parse(
    readFileSync(path.join(repositoryRoot, "package.json"), "utf8"),
  ) as Record<string, unknown>;
  const scripts = { "test:matrix": "node matrix.cjs", "release:record": "node record.cjs" };
  const manifest = { ...own, version: "0.1.0", repository: { type: "git", url }, scripts };
  write("package.json", `${JSON.stringify(manifest, undefined, 2)}\n`);
  const lock = { name: own["name"], version: "0.1.0", lockfileVersion: 3, packages: { "": { version: "0.1.0" } } };
  write("package-lock.json", `${JSON.stringify(lock, undefined, 2)}\n`);
  write("CHANGELOG.md", text);
  write("README.md", "# Package\n\nSee [the changes](CHANGELOG.md).\n");
  write(".gitignore", "/node_modules\n/bin/\n/.cache/\n/npm-cli.js\n");
  write("npm-cli.js", fakeNpm);
  write(
    "matrix.cjs",
    `require("node:fs").writeFileSync(".cache/matrix.json", JSON.stringify([process.argv.slice(2), process.env.PACKED_FILE]));`,
  );
  write(
    "record.cjs",
    `
    const { mkdirSync, writeFileSync } = require("node:fs");
    const folder = "tests/recordings/releases/" + require("./package.json").version;
    mkdirSync(folder, { recursive: true });
    writeFileSync(folder + "/states.json", "{}");
    `,
  );
  git("init", "--quiet", "--initial-branch", "main");
  git("add", "--all");
  git("commit", "--quiet", "--message", "Begin");
}

function release(...args: string[]): { status: number | null; stdout: string; stderr: string } {
  const own = Object.entries(process.env).filter(([name]) => !/^(npm_|GIT_)/i.test(name));
  const { status, stdout, stderr } = spawnSync(process.execPath, ["scripts/release/main.mjs", ...args], {
    cwd: folder,
    encoding: "utf8",
    env: {
      ...Object.fromEntries(own),
      npm_execpath: path.join(folder, "npm-cli.js"),
      FIXTURE: folder,
      GIT_AUTHOR_NAME: "Release",
      GIT_AUTHOR_EMAIL: "release@example.com",
      GIT_COMMITTER_NAME: "Release",
      GIT_COMMITTER_EMAIL: "release@example.com",
    },
  });
  return { status, stdout, stderr };
}

const packed = (name: string) =>
  execFileSync("tar", ["-xzOf", (JSON.parse(read(".cache/matrix.json")) as [string[], string])[1], `package/${name}`], {
    encoding: "utf8",
  });

describe("a release", () => {
  it("tries the version as users get it, then commits and tags it with its entries and its states", () => {
    repository();
    const { status, stderr } = release("minor");
    expect([status, stderr]).toEqual([0, expect.stringContaining("Version: 0.2.0, after 0.1.0\nCHANGELOG: 2 entries")]);
    const today = new Date().toISOString().slice(0, 10);
    const released = changelog.replace("## Unreleased", `## Unreleased\n\n## 0.2.0 - ${today}`);

    expect(readJson(".cache/matrix.json")[0]).toEqual(["--quick"]);
    expect(packed("CHANGELOG.md")).toBe(released);
    expect(JSON.parse(packed("package.json"))).toMatchObject({ version: "0.2.0" });
    expect(packed("README.md")).toContain("/blob/v0.2.0/CHANGELOG.md)");

    expect(git("status", "--porcelain")).toBe("");
    expect(git("log", "--format=%s", "-1")).toBe("Release 0.2.0");
    expect(git("tag", "--points-at", "HEAD")).toBe("v0.2.0");
    expect(git("diff", "--name-only", "HEAD~1").split("\n")).toEqual([
      "CHANGELOG.md",
      "package-lock.json",
      "package.json",
      "tests/recordings/releases/0.2.0/states.json",
    ]);
    expect(read("CHANGELOG.md")).toBe(released);
    expect([readJson("package.json")["version"], readJson("package-lock.json")["version"]]).toEqual(["0.2.0", "0.2.0"]);

    // Then the forge's half.
    expect(release("--notes").stdout).toBe("- Add this\n- Add that, which\n  goes on\n");
    expect(release("--publish").status).toBe(0);
    const file = path.join(folder, ".cache", "release", "pulumi-otc-background-task-0.2.0.tgz");
    expect(readJson(".cache/published.json")).toEqual(["publish", file]);
    const again = release("--publish");
    expect([again.status, again.stderr]).toEqual([0, "pulumi-otc-background-task 0.2.0 is published already.\n"]);
    rmSync(path.join(folder, ".cache", "published.json"));
    expect(release("--publish", "--first").status).toBe(0);
    expect(readJson(".cache/published.json")).toEqual(["publish", file, "--provenance=false"]);
  });

  it("changes nothing in a dry run, and says what would be refused", () => {
    repository({ url: placeholder });
    const { status, stderr } = release("--dry-run", "0.3.0");
    expect(status).toBe(0);
    expect(stderr).toContain("Version: 0.3.0, after 0.1.0");
    expect(stderr).toContain("Published with: access public, provenance by the forge's identity");
    expect(stderr).toContain(
      `A release would be refused. Set the public address first: repository.url in package.json`,
    );
    expect(stderr).toMatch(/Dry run: nothing was changed\.\n$/);
    expect(JSON.parse(packed("package.json"))).toMatchObject({ version: "0.3.0" });
    expect([git("status", "--porcelain"), git("log", "--format=%s"), git("tag")]).toEqual(["", "Begin", ""]);
  });
});

describe("a release is refused, with one sentence,", () => {
  const addressSentence = `Set the public address first: repository.url in package.json is still the placeholder ${placeholder}.\n`;

  it.each([["minor"], ["--publish"], ["--publish", "--first"]])("without a public address: %s %s", (...args) => {
    repository({ url: placeholder });
    expect(release(...args)).toEqual({ status: 1, stdout: "", stderr: addressSentence });
    expect(git("status", "--porcelain")).toBe("");
  });

  it("with nothing to release", () => {
    repository({ text: "# Changelog\n\n## Unreleased\n\n## 0.1.0 - 2026-11-01\n\n- Begin\n" });
    const stderr = "CHANGELOG.md has no entry under Unreleased, so there is nothing to release.\n";
    expect(release("minor")).toEqual({ status: 1, stdout: "", stderr });
  });

  it("for a version that is in the CHANGELOG", () => {
    repository();
    expect(release()).toEqual({ status: 1, stdout: "", stderr: "CHANGELOG.md has a section 0.1.0 already.\n" });
  });

  it("for what is no version, or an older one", () => {
    repository();
    expect(release("big").stderr).toBe('"big" is neither a version nor one of major, minor, patch.\n');
    expect(release("0.0.9").stderr).toBe("0.0.9 is older than 0.1.0.\n");
  });

  it("from a changed work tree, or a tagged version", () => {
    repository();
    write("README.md", "changed");
    expect(release("minor").stderr).toBe("Commit or stash what is changed first: git status is not clean.\n");
    git("checkout", "--quiet", "README.md");
    git("tag", "v0.2.0");
    expect(release("minor").stderr).toBe("The tag v0.2.0 exists already.\n");
  });

  it("to publish what is not tagged, or has no recorded state", () => {
    repository();
    expect(release("--publish").stderr).toBe("The commit that is checked out is not tagged v0.1.0.\n");
    git("tag", "v0.1.0");
    const stderr = "The state of version 0.1.0 is not recorded: run npm run release:record.\n";
    expect(release("--publish")).toEqual({ status: 1, stdout: "", stderr });
  });

  it("through npm publish itself", () => {
    const refusal = spawnSync(process.execPath, [path.join(repositoryRoot, "scripts/release/refusePlainPublish.mjs")], {
      encoding: "utf8",
    });
    expect([refusal.status, refusal.stderr]).toEqual([1, "Publish with npm run release: CONTRIBUTING.md says how.\n"]);
  });
});
