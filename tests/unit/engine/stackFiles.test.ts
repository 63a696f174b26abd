import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { StackFiles } from "../../../engine/stackFiles";

let folder: string;
let files: StackFiles;
const settings = () => readFileSync(path.join(folder, "Pulumi.dev.yaml"), "utf8");

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "stack-files-"));
  files = new StackFiles("dev", folder, path.join(folder, "backend"));
  writeFileSync(path.join(folder, "Pulumi.yaml"), "name: shop\nruntime: nodejs\n");
  writeFileSync(path.join(folder, "Pulumi.dev.yaml"), "encryptionsalt: v1:abc=:v1:def\n");
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes the state as the CLI does. */
function writeState(latest: object | undefined): void {
  const stacks = path.join(folder, "backend", ".pulumi", "stacks", "shop");
  mkdirSync(stacks, { recursive: true });
  const checkpoint = { stack: "organization/shop/dev", latest };
  writeFileSync(path.join(stacks, "dev.json"), JSON.stringify({ version: 3, checkpoint }));
}

const stackWith = (outputs: object) => ({ urn: "urn:a::stack", type: "pulumi:pulumi:Stack", outputs });

describe("the configuration of a stack", () => {
  it("is written as text, whatever YAML would make of it, beside what is there", async () => {
    await files.setConfig({ "shop:since": "2020-01-01T00:00:00Z", "shop:taskIds": `["${"a".repeat(100)}"]` });
    await files.setConfig({ "shop:wait": "no" });
    expect(settings().split("\n")).toEqual([
      `encryptionsalt: "v1:abc=:v1:def"`,
      "config:",
      `  shop:since: "2020-01-01T00:00:00Z"`,
      `  shop:taskIds: "[\\"${"a".repeat(100)}\\"]"`,
      `  shop:wait: "no"`,
      "",
    ]);
  });

  it("loses a value that is removed, and keeps the others", async () => {
    await files.setConfig({ "shop:a": "1", "shop:b": "2" });
    await files.setConfig({ "shop:a": undefined });
    expect(settings()).toContain(`config:\n  shop:b: "2"\n`);
  });
});

describe("the state of a stack", () => {
  it("is that of the stack's project", async () => {
    const resources = [{ urn: "urn:a::task", type: "otc:BackgroundTask" }];
    writeState({ resources });
    expect(await files.state()).toEqual({ version: 3, deployment: { resources } });
  });

  it("is empty before the first update", async () => {
    writeState(undefined);
    expect(await files.state()).toEqual({ version: 3, deployment: {} });
    expect(await files.outputs()).toEqual({});
  });

  it("tells the outputs, unless one of them is a secret", async () => {
    writeState({ resources: [stackWith({ status: "SUCCESS" }), { urn: "urn:a::task", outputs: { status: "x" } }] });
    expect(await files.outputs()).toEqual({ status: "SUCCESS" });
    const secret = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270", ciphertext: "v1:x" };
    writeState({ resources: [stackWith({ task: { status: secret } })] });
    expect(await files.outputs()).toBeUndefined();
  });
});
