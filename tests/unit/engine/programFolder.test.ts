import { mkdir, mkdtemp, readdir, readFile, realpath, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeProgram } from "../../../engine/programFolder";
import { repositoryRoot } from "../../../engine/repositoryRoot";

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), "program-folder-")));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("a program in a folder of its own", () => {
  test("given as files gets the Pulumi.yaml and package.json that it lacks", async () => {
    const dir = await writeProgram({ files: { "index.ts": "export {};" } }, folder);
    expect(await readFile(path.join(dir, "Pulumi.yaml"), "utf8")).toContain("runtime: nodejs");
    expect(JSON.parse(await readFile(path.join(dir, "package.json"), "utf8"))).toHaveProperty("main", "index.ts");
  });

  test("given as a folder is copied, without stack files and installed packages", async () => {
    const source = path.join(folder, "source");
    await mkdir(path.join(source, "node_modules", "a"), { recursive: true });
    await mkdir(path.join(source, "parts"));
    for (const name of ["Pulumi.yaml", "Pulumi.dev.yaml", "index.js", "parts/part.js"]) {
      await writeFile(path.join(source, name), "");
    }
    const dir = await writeProgram({ dir: source }, folder);
    expect((await readdir(dir)).sort()).toEqual(["Pulumi.yaml", "index.js", "node_modules", "parts"]);
    expect(await readdir(path.join(dir, "parts"))).toEqual(["part.js"]);
    expect(await readdir(path.join(dir, "node_modules"))).toEqual(["pulumi-otc-background-task"]);
  });

  test("finds this package by its name, and the SDK", async () => {
    const dir = await writeProgram({ files: { "index.js": "" } }, folder);
    const programRequire = createRequire(path.join(dir, "index.js"));
    const manifest = programRequire.resolve("pulumi-otc-background-task/package.json");
    expect(manifest).toBe(path.join(repositoryRoot, "package.json"));
    expect(programRequire.resolve("@pulumi/pulumi/package.json")).toContain(repositoryRoot);
  });

  test("that is no program is refused", async () => {
    await expect(writeProgram({ dir: folder }, folder)).rejects.toThrow("Pulumi.yaml");
  });
});
