import { mkdtemp, readdir, readFile, realpath, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { startByExecutable, writePolicyPack } from "../../../engine/policyPackFolder";
import { repositoryRoot } from "../../../engine/repositoryRoot";

let folder: string;
beforeEach(async () => {
  folder = await realpath(await mkdtemp(path.join(tmpdir(), "pack-folder-")));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe("a policy pack in a folder of its own", () => {
  test("given as files gets the description and the version that it lacks, and finds this package", async () => {
    const pack = await writePolicyPack({ files: { "index.js": "" } }, path.join(folder, "pack"));
    expect(await readFile(path.join(pack, "PulumiPolicy.yaml"), "utf8")).toContain("runtime: nodejs");
    expect(JSON.parse(await readFile(path.join(pack, "package.json"), "utf8"))).toHaveProperty("version");
    const manifest = createRequire(path.join(pack, "index.js")).resolve("pulumi-otc-background-task/package.json");
    expect(manifest).toBe(path.join(repositoryRoot, "package.json"));
  });

  test("given as a folder is copied", async () => {
    const dir = path.join(repositoryRoot, "examples", "policy-pack", "pack");
    const pack = await writePolicyPack({ dir }, path.join(folder, "pack"));
    expect(await readdir(pack)).toEqual(expect.arrayContaining(["PulumiPolicy.yaml", "index.ts", "package.json"]));
  });

  test("is started by an executable among the plugins, where the language host is too old", async () => {
    const pack = await writePolicyPack({ files: { "index.js": "" } }, path.join(folder, "pack"));
    await startByExecutable(pack, path.join(folder, "home"));
    const [, runtime] = /^runtime: (.+)$/m.exec(await readFile(path.join(pack, "PulumiPolicy.yaml"), "utf8"))!;
    expect(runtime).not.toBe("nodejs");
    const [plugin] = await readdir(path.join(folder, "home", "plugins"));
    expect(plugin).toMatch(new RegExp(`^analyzer-policy-${runtime}-v\\d`));
    const suffix = process.platform === "win32" ? ".cmd" : "";
    const executable = path.join(folder, "home", "plugins", plugin!, `pulumi-analyzer-policy-${runtime}${suffix}`);
    expect((await stat(executable)).isFile()).toBe(true);
  });
});
