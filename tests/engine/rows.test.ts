import { name, operationClass } from "./byNameProgram";
import { inScenario, program, succeeded } from "./scenario";
import { sharedScenario } from "./sharedScenario";

// What a CI job's log shows. What a terminal shows is recorded: tests/recordings/rows-*-columns.txt.

const files = program(`
const { QuietInstance } = require("pulumi-otc-background-task");
${operationClass}
const started = new Operation("operation", {
  url: process.env.EMULATOR_URL,
  start: config.require("start"),
  progress: '[{"status":"EXECUTING"},{"status":"SUCCESS","afterSeconds":6}]',
});
const args = { instanceId, triggers: [config.require("start")] };
new BackgroundTask("bound", { ...args, name: "${name}" }, { dependsOn: started });
new QuietInstance("settled", args, { dependsOn: started });
`);

/** What the rows of one resource said after its type and name, without repetitions. */
function rowsOf(printed: string, resource: string): string[] {
  const rows = printed.split("\n").flatMap((line) => {
    const said = line.split(`dynamic/otc:${resource} `)[1];
    return said === undefined ? [] : [said.replace(/\b[\d.]+ ?s\b/g, "<time>").replace(/\b[0-9a-f]{32}\b/, "<id>")];
  });
  // Below the rows, only the resource's name follows, in brackets.
  return [...new Set(rows.map((row) => row.trim()))].filter((row) => !row.startsWith("("));
}

const diagnosticsOf = (printed: string) => /\nDiagnostics:\n([^]*?)\n(?:Outputs|Resources):/.exec(printed)?.[1] ?? "";

describe("the log of an update", () => {
  const config = { "program:start": "first" };
  let created: string;
  const shared = sharedScenario({ files, env: { CI: "true" }, config }, async ({ stack }) => {
    created = succeeded(await stack.up());
  });

  it("says on each row what is waited for, then the outcome, and the time once", () => {
    expect(rowsOf(created, "BackgroundTask")).toEqual([
      "bound creating (<time>)",
      `bound creating (<time>) ${name} EXECUTING`,
      `bound creating (<time>) ${name} SUCCESS after <time>`,
      `bound created (<time>) ${name} SUCCESS after <time>`,
    ]);
    expect(rowsOf(created, "QuietInstance").at(-1)).toBe(
      `settled created (<time>) quiet: ${name} SUCCESS after <time>`,
    );
  });

  it("tells the search by its rows from the wait", () => {
    expect(rowsOf(created, "BackgroundTaskSearch")).toEqual([
      "bound creating (<time>)",
      `bound creating (<time>) looking for a task named ${name}`,
      "bound creating (<time>) found task <id>",
      "bound created (<time>) found task <id>",
    ]);
  });

  it("repeats at its end only what has finished", () => {
    const said = diagnosticsOf(created)
      .split("\n")
      .map((line) => line.trim());
    expect(said.filter((line) => line !== "" && !line.endsWith(":")).sort()).toEqual([
      expect.stringMatching(new RegExp(`^${name} SUCCESS after [\\d.]+ s$`)),
      expect.stringMatching(new RegExp(`^quiet: ${name} SUCCESS after [\\d.]+ s$`)),
    ]);
  });

  it("shows of a replacement what the user changed, in a preview and in the update", async () => {
    const { stack } = shared();
    await stack.setConfig("program:start", "second");
    const previewed = succeeded(await stack.preview());
    const replaced = succeeded(await stack.up());
    for (const printed of [previewed, replaced]) {
      expect(printed).not.toContain("startedAtMs");
      for (const [resource, changed] of [
        ["BackgroundTaskSearch bound", "~triggers"],
        ["BackgroundTask bound", "~taskId,triggers"],
        ["QuietInstance settled", "~triggers"],
      ]) {
        expect(printed).toContain(`[diff: ${changed}]`);
        expect(printed).toMatch(new RegExp(`otc:${resource} replaced? .*\\[diff: ${changed}\\]`));
      }
    }
    expect(replaced).toMatch(/4 replaced/);
  });
});

describe("a preview without settings", () => {
  it("succeeds, sends nothing, and warns once on the row of what the update will miss", async () => {
    const config = { "program:start": "first" };
    await inScenario({ files, env: { OS_PASSWORD: "" }, config }, async ({ emulator, stack }) => {
      const previewed = succeeded(await stack.preview());
      const warned = diagnosticsOf(previewed).match(/warning: .*/g);
      expect(warned).toEqual([expect.stringMatching(/^warning: The update would fail: .*OS_USERNAME.*password/)]);
      expect(diagnosticsOf(previewed)).toMatch(/otc:\w+ \((bound|settled)\):/);
      expect(emulator.requests()).toEqual([]);
    });
  });

  it("says nothing of a resource that needs no request", async () => {
    const one = program(`new BackgroundTask("one", { instanceId, taskId });`);
    await inScenario({ files: one }, async ({ emulator, stack }) => {
      await stack.setConfig("program:taskId", emulator.taskId);
      succeeded(await stack.up());
      const previewed = succeeded(await stack.preview({ env: { OS_PASSWORD: "" }, args: ["--expect-no-changes"] }));
      expect(previewed).not.toContain("warning");
    });
  });
});
