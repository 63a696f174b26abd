import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeProgram } from "../../engine/programFolder";

// Starting a process takes seconds where the machine is busy.
jest.setTimeout(60_000);

// Prints what the SDK would write into the state of each resource, with no engine: its own mocks record the inputs.
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
const { BackgroundTask, QuietInstance } = require("pulumi-otc-background-task");`,
  },
  "ES module": {
    file: "index.mjs",
    imports: `
import * as pulumi from "@pulumi/pulumi";
import { BackgroundTask, QuietInstance } from "pulumi-otc-background-task";`,
  },
  TypeScript: {
    file: "index.ts",
    imports: `
import * as pulumi from "@pulumi/pulumi";
import { BackgroundTask, QuietInstance } from "pulumi-otc-background-task";`,
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

// One text for each kind of resource. They are in the states that there are: `configure` of each finds the package by
// name and becomes what that exports.
const texts = {
  "provider-text": `new BackgroundTask("a", { instanceId: "i", taskId: "t" });`,
  "deleting-provider-text": `new BackgroundTask("a", { instanceId: "i", taskId: "t", deleteRecord: true });`,
  "barrier-provider-text": `new QuietInstance("a", { instanceId: "i" });`,
};
const recordedText = (name: string) => readFileSync(path.join(__dirname, "..", "recordings", `${name}.js.txt`), "utf8");

describe("the text of the provider in the state", () => {
  const all = Object.values(texts).join("\n") + `new BackgroundTask("b", { instanceId: "i", name: "n" });`;
  // A wait by name is two resources: the search, and the one that waits.
  const names = [...Object.keys(texts), "search-provider-text", "provider-text"];
  const recorded = names.map(recordedText);

  it.each(Object.keys(forms) as Form[])("is the same bytes as in the states that there are, from %s", async (form) => {
    expect((await textsOf(all, form)).sort()).toEqual([...recorded].sort());
  });

  it("is the same bytes for each resource, whatever surrounds it", async () => {
    const found = await textsOf(`
      const captured = "${secret}";
      new BackgroundTask("b", { instanceId: "i", taskId: captured, triggers: [1] });
      new BackgroundTask("c", { instanceId: "j", taskId: "u" }, { protect: true });
    `);
    expect(found).toEqual([recordedText("provider-text"), recordedText("provider-text")]);
  });

  it.each(names)("is short, names one path, and captures nothing: %s", (name) => {
    const text = recordedText(name);
    expect(Buffer.byteLength(text)).toBeLessThan(2048);
    const required = [...text.matchAll(/require(?:\.resolve)?\(([^)]*)\)/g)].map(([, required]) => required);
    expect([...new Set(required)]).toEqual(['"pulumi-otc-background-task/lifecycle"']);
    expect(text).not.toContain(secret);
    expect(text).not.toMatch(/node_modules|bin\/|process\.env/);
  });
});

describe("the text of a provider that deletes records", () => {
  const missing = (name: string) => () => {
    throw Object.assign(new Error(`Cannot find module '${name}'`), { code: "MODULE_NOT_FOUND" });
  };
  /** What the SDK makes of the text, in a folder where `require` is this. */
  const providerWith = (require: object) => {
    const exports: { handler?: () => { configure(request: object): unknown; delete?: unknown } } = {};
    // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
    new Function("exports", "require", recordedText("deleting-provider-text"))(exports, require);
    return exports.handler!();
  };

  it("has no delete, and says nothing, where the package is gone", () => {
    const provider = providerWith({ resolve: missing("pulumi-otc-background-task/lifecycle") });
    expect(provider.configure({})).toBeUndefined();
    expect(provider.delete).toBeUndefined();
  });

  it("is not silent where a part of the package is gone", () => {
    const require = Object.assign(missing("axios"), { resolve: () => "lifecycle.js" });
    expect(() => providerWith(require).configure({})).toThrow("Cannot find module 'axios'");
    const renamed = {
      resolve: () => {
        throw Object.assign(new Error("no such path"), { code: "ERR_PACKAGE_PATH_NOT_EXPORTED" });
      },
    };
    expect(() => providerWith(renamed).configure({})).toThrow("no such path");
  });

  it("becomes what the package exports", () => {
    const deletingRecord = { configure: (request: object) => request, delete: () => "deleted" };
    const provider = providerWith(Object.assign(() => ({ deletingRecord }), { resolve: () => "lifecycle.js" }));
    expect(provider.configure({ config: 1 })).toEqual({ config: 1 });
    expect(provider.delete).toBe(deletingRecord.delete);
  });
});
