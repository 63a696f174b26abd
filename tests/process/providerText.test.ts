import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeProgram } from "../../engine/programFolder";

// Starting a process takes seconds where the machine is busy.
jest.setTimeout(60_000);

// Prints what the SDK would write into the state of each BackgroundTask, with no engine: its own mocks record the inputs.
const printTexts = (declarations: string) => `
const texts: string[] = [];
pulumi.runtime.setMocks({
  newResource: ({ inputs }) => { texts.push(inputs.__provider); return { id: "id", state: inputs }; },
  call: () => ({}),
});
(async () => {
  ${declarations}
  await new Promise((resolve) => setTimeout(resolve, 500));
  process.stdout.write(JSON.stringify(texts));
})();
`;

// The forms that a program may have, each as the SDK runs it: TypeScript by the compiler that comes with the SDK.
const forms = {
  CommonJS: {
    file: "index.js",
    imports: `
const pulumi = require("@pulumi/pulumi");
const { BackgroundTask } = require("pulumi-otc-background-task");`,
  },
  "ES module": {
    file: "index.mjs",
    imports: `
import * as pulumi from "@pulumi/pulumi";
import { BackgroundTask } from "pulumi-otc-background-task";`,
  },
  TypeScript: {
    file: "index.ts",
    imports: `
import * as pulumi from "@pulumi/pulumi";
import { BackgroundTask } from "pulumi-otc-background-task";`,
  },
};
type Form = keyof typeof forms;

const runTypeScript = `
const { typeScriptRequireStrings } = require("@pulumi/pulumi/tsutils");
const { tsnodeRequire, typescriptRequire } = typeScriptRequireStrings();
require(tsnodeRequire).register({
  compiler: typescriptRequire,
  transpileOnly: true,
  skipProject: true,
  compilerOptions: { target: "es2020", module: "commonjs", moduleResolution: "node" },
});
require("./index.ts");
`;

const secret = "a-secret-that-a-closure-might-capture";

async function textsOf(declarations: string, form: Form = "CommonJS"): Promise<string[]> {
  const { file, imports } = forms[form];
  const program = imports + printTexts(declarations);
  const files = {
    [file]: form === "TypeScript" ? program : program.replace(": string[]", ""),
    "runTypeScript.js": runTypeScript,
  };
  const folder = mkdtempSync(path.join(tmpdir(), "provider-text-"));
  try {
    const programDir = await writeProgram({ files }, folder);
    const env = {
      ...process.env,
      OS_PASSWORD: secret,
      PULUMI_CONFIG: JSON.stringify({ "opentelekomcloud:password": secret }),
    };
    return JSON.parse(
      execFileSync(process.execPath, [form === "TypeScript" ? "runTypeScript.js" : file], {
        cwd: programDir,
        env,
        encoding: "utf8",
      }),
    ) as string[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("the text of the provider in the state", () => {
  const recorded = readFileSync(path.join(__dirname, "..", "recordings", "provider-text.js.txt"), "utf8");

  it.each(Object.keys(forms) as Form[])("is the same bytes as in the states that there are, from %s", async (form) => {
    const texts = await textsOf(`new BackgroundTask("a", { instanceId: "i", taskId: "t" });`, form);
    expect(texts).toEqual([recorded]);
  });

  it("is the same bytes for each resource, whatever surrounds it", async () => {
    const texts = await textsOf(`
      const captured = "${secret}";
      new BackgroundTask("b", { instanceId: "i", taskId: captured, triggers: [1] });
      new BackgroundTask("c", { instanceId: "j", taskId: "u" }, { protect: true });
    `);
    expect(texts).toEqual([recorded, recorded]);
  });

  it("is short, names one path, and captures nothing", () => {
    expect(Buffer.byteLength(recorded)).toBeLessThan(2048);
    expect([...recorded.matchAll(/require\(([^)]*)\)/g)].map(([, name]) => name)).toEqual([
      '"pulumi-otc-background-task/lifecycle"',
    ]);
    expect(recorded).not.toContain(secret);
    expect(recorded).not.toMatch(/node_modules|bin\/|process\.env/);
  });
});
