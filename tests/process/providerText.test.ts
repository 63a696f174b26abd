import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { writeProgram } from "../../engine/programFolder";

// Starting a process takes seconds where the machine is busy.
jest.setTimeout(60_000);

// Prints what the SDK would write into the state of each BackgroundTask, with no engine: its own mocks record the inputs.
const printTexts = (declarations: string) => `
const pulumi = require("@pulumi/pulumi");
const texts = [];
pulumi.runtime.setMocks({
  newResource: ({ inputs }) => { texts.push(inputs.__provider); return { id: "id", state: inputs }; },
  call: () => ({}),
});
const { BackgroundTask } = require("pulumi-otc-background-task");
(async () => {
  ${declarations}
  await new Promise((resolve) => setTimeout(resolve, 500));
  process.stdout.write(JSON.stringify(texts));
})();
`;

const secret = "a-secret-that-a-closure-might-capture";

async function textsOf(declarations: string): Promise<string[]> {
  const folder = mkdtempSync(path.join(tmpdir(), "provider-text-"));
  try {
    const programDir = await writeProgram({ files: { "index.js": printTexts(declarations) } }, folder);
    const env = {
      ...process.env,
      OS_PASSWORD: secret,
      PULUMI_CONFIG: JSON.stringify({ "opentelekomcloud:password": secret }),
    };
    return JSON.parse(
      execFileSync(process.execPath, ["index.js"], { cwd: programDir, env, encoding: "utf8" }),
    ) as string[];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("the text of the provider in the state", () => {
  const recorded = readFileSync(path.join(__dirname, "..", "recordings", "provider-text.js.txt"), "utf8");

  it("is the same bytes as in the states that there are, for each resource and each program", async () => {
    const one = await textsOf(`new BackgroundTask("a", { instanceId: "i", taskId: "t" });`);
    const two = await textsOf(`
      const captured = "${secret}";
      new BackgroundTask("b", { instanceId: "i", taskId: captured, triggers: [1] });
      new BackgroundTask("c", { instanceId: "j", taskId: "u" }, { protect: true });
    `);
    expect([...one, ...two]).toEqual([recorded, recorded, recorded]);
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
