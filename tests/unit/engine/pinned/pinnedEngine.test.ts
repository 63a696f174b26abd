import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { readPinnedEngine } from "../../../../engine/pinned/pinnedEngine";
import { repositoryRoot } from "../../../../engine/repositoryRoot";

let engineDir: string;
beforeEach(async () => {
  engineDir = await mkdtemp(path.join(tmpdir(), "pinned-engine-"));
  for (const name of ["cli", "language-host"]) {
    await cp(path.join(repositoryRoot, "engine", name), path.join(engineDir, name), { recursive: true });
  }
});
afterEach(() => rm(engineDir, { recursive: true, force: true }));

describe("the pinned engine", () => {
  test("has the versions that its Go modules require", async () => {
    const pinned = await readPinnedEngine(engineDir);
    const cliModule = await readFile(path.join(engineDir, "cli", "go.mod"), "utf8");
    expect(cliModule).toContain(`github.com/pulumi/pulumi/pkg/v3 v${pinned.cliVersion}\n`);
    expect(cliModule).toContain(`\ngo ${pinned.goVersion}\n`);
    expect(pinned.key).toMatch(new RegExp(`^${pinned.cliVersion}-${pinned.languageHostVersion}-`));
  });

  test("has the same key as long as nothing changed", async () => {
    expect((await readPinnedEngine(engineDir)).key).toBe((await readPinnedEngine()).key);
  });

  test.each(["cli/go.mod", "cli/go.sum", "language-host/go.mod", "language-host/go.sum"])(
    "has another key once %s changed, so that a kept build of before is not taken",
    async (name) => {
      const before = (await readPinnedEngine(engineDir)).key;
      const file = path.join(engineDir, name);
      await writeFile(file, `${await readFile(file, "utf8")}\n// changed\n`);
      expect((await readPinnedEngine(engineDir)).key).not.toBe(before);
    },
  );
});
