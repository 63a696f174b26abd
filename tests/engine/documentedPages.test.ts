import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { version } from "@pulumi/pulumi/version";
import { findOrInstallEngine } from "../../engine/finding/findOrInstallEngine";
import { hermeticEnvironment } from "../../engine/machine/hermeticEnvironment";
import { startCommand } from "../../engine/runningCommand";
import { repositoryRoot } from "../../engine/repositoryRoot";
import { type CodeBlock, markdownPage } from "../../scripts/site/markdownPage";
import { namedFile } from "../process/codeModules";
import { UserFolder } from "./userFolder";

// What a reader does who follows a page, with the packed package in a folder outside the repository.

jest.setTimeout(300_000);

let user: UserFolder;
beforeAll(() => {
  user = new UserFolder();
  user.install({ name: "user", private: true }, ["@pulumi/pulumi", "jest", "@swc/core", "@swc/jest"]);
});
afterAll(() => user.remove());

function blocksOf(page: string): CodeBlock[] {
  return markdownPage(readFileSync(path.join(repositoryRoot, page), "utf8")).blocks;
}

/** All that the page says to type, with the files that it says to write, as one script. */
function scriptOf(page: string): string {
  const steps = blocksOf(page).map((block) => {
    const file = block.language === "json" ? "tsconfig.json" : namedFile(block);
    if (file !== undefined) {
      return `cat > ${file} <<'END OF FILE'\n${block.text}END OF FILE`;
    }
    return block.language === "console" ? block.text.replace(/^\$ /gm, "") : "";
  });
  return ["set -e", ...steps].join("\n");
}

it("docs/getting-started.md leads from an empty folder to a wait", async () => {
  const [home, backend] = [path.join(user.path, "home"), path.join(user.path, "backend")];
  mkdirSync(home);
  const tarball = readdirSync(user.path).find((name) => name.endsWith(".tgz"))!;
  const script = scriptOf("docs/getting-started.md")
    .replaceAll("npm install", "npm install --prefer-offline --no-audit --no-fund")
    // What the registry has of this package is an older one.
    .replace("@pulumi/pulumi pulumi-otc-background-task", `@pulumi/pulumi@${version} ../${tarball}`);
  user.write("page.sh", script);
  const folders = { engineBin: (await findOrInstallEngine()).bin, home, backend, passphrase: "" };
  const env = { ...hermeticEnvironment(folders, process.env), HOME: home };
  const reader = startCommand("bash", ["page.sh"], { cwd: user.path, env, inherit: false });
  const { exitCode, stdout, stderr } = await reader.finished;
  // A shell without job control, or one that fails, leaves the emulator behind.
  reader.killAll();
  const printed = `${stdout}${stderr}`;
  expect([exitCode, exitCode === 0 ? "" : printed]).toEqual([0, ""]);
  expect(printed).toContain("bindInstancePublicIp EXECUTING");
  expect(printed).toContain("bindInstancePublicIp SUCCESS after 5 s");
  expect(stdout).toContain("\n203.0.113.7\n");
  expect(printed).toContain("ended with status FAILED");
  expect(stdout).toContain("the update failed, as it should");
});

it("docs/testing.md has tests that a user's Jest passes", () => {
  const blocks = blocksOf("docs/testing.md").filter(
    ({ language, text }) => language === "ts" && !/"vitest"/.test(text),
  );
  expect(blocks).toHaveLength(3);
  blocks.forEach((block) => user.write(`tests/${namedFile(block) ?? "emulator.test.ts"}`, block.text));
  const transform = { "\\.ts$": ["@swc/jest", { jsc: { parser: { syntax: "typescript" } } }] };
  user.write("tests/jest.config.json", JSON.stringify({ transform }));
  user.run("npx", ["jest", "--config", "tests/jest.config.json"]);
});
