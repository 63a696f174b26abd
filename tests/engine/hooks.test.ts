import { readFile } from "node:fs/promises";
import path from "node:path";
import { findOrInstallEngine } from "../../engine/finding/findOrInstallEngine";
import { folderOf } from "./examples/exampleRun";
import { inlineProgram, runInline } from "./inlineProgram";
import { failed, inScenario, looksIn, program, type Scenario, succeeded } from "./scenario";

// Hooks for busy instances. What they do before an operation is in the test of the example busy-instance.

const ofExample = async (name: string) => ({
  [name]: await readFile(path.join(folderOf("busy-instance"), name), "utf8"),
});

const parameters = `
  const otc = require("pulumi-otc-background-task");
  const { Parameter } = require("./parameter.cjs");
  const declare = (name, hooks, of = instanceId) => new Parameter(name, { instanceId: of, parameter: name, value: "1", unset: "0" }, { hooks });
`;

async function filesOf(body: string): Promise<Record<string, string>> {
  return {
    ...(await ofExample("dms.cjs")),
    ...(await ofExample("parameter.cjs")),
    ...inlineProgram(parameters + body),
  };
}

const run = async ({ stack }: Scenario, ...commands: string[]) => runInline(stack, commands).finished;

function repliesTo({ emulator }: Scenario): (number | undefined)[] {
  const operations = emulator.requests().filter(({ route }) => route === "modifyConfigs");
  return operations.map(({ status }) => status);
}

describe("retryWhileBusy", () => {
  it("waits and retries what a busy instance has rejected, and a preview does nothing", async () => {
    const files = await filesOf(`
  const hooks = otc.retryWhileBusy("both", { instanceId, quietSeconds: 0 });
  declare("first", hooks);
  declare("second", hooks);
`);
    await inScenario({ files }, async (scenario) => {
      succeeded(await run(scenario, "preview"));
      expect(looksIn(scenario)).toBe(0);
      expect(succeeded(await run(scenario, "up"))).toContain("retrying create");
      expect(repliesTo(scenario).sort()).toEqual([200, 200, 400]);
    });
  });

  it("gives up after maxRetries, and after an error of another kind at once", async () => {
    const files = await filesOf(`
  declare("rejected", otc.retryWhileBusy("a", { instanceId: process.env.IDLE_INSTANCE, quietSeconds: 0, maxRetries: 2 }));
  declare("missing", otc.retryWhileBusy("b", { instanceId }), "00000000-0000-4000-8000-000000000000");
`);
    await inScenario({ files }, async (scenario) => {
      const { emulator, stack } = scenario;
      emulator.addTask({ name: "restart", progress: [{ status: "EXECUTING" }] });
      const env = { IDLE_INSTANCE: emulator.addInstance() };
      failed(await runInline(stack, ["up"], env).finished);
      expect(repliesTo(scenario).sort()).toEqual([400, 400, 400, 404]);
    });
  });
});

describe("quietInstanceHooks", () => {
  it("serve two updates of one process, each with its own connection to its engine", async () => {
    const files = await filesOf(`
  declare("first", otc.quietInstanceHooks("first", { instanceId, quietSeconds: 0 }));
`);
    await inScenario({ files }, async (scenario) => {
      succeeded(await run(scenario, "up", "up", "destroy", "up"));
      // Without beforeDelete, the delete is sent as it comes.
      expect(repliesTo(scenario)).toHaveLength(3);
    });
  });

  it("end the program with one sentence if two have the same name", async () => {
    const files = await filesOf(`
  declare("first", otc.quietInstanceHooks("same", { instanceId }));
  declare("second", otc.retryWhileBusy("same", { instanceId }));
`);
    await inScenario({ files }, async (scenario) => {
      const printed = failed(await run(scenario, "up"));
      expect(printed).toContain('retryWhileBusy: the program already has hooks named "same".');
    });
  });

  it("work in a program that a language host runs, or say which versions they need", async () => {
    const files = program(`
const { quietInstanceHooks } = require("pulumi-otc-background-task");
new Follower("first", {}, { hooks: quietInstanceHooks("first", { instanceId, quietSeconds: 0 }) });
new Follower("second", {}, { hooks: quietInstanceHooks("second", { instanceId, quietSeconds: 0 }) });
`);
    const { startsPolicyPacks: isNewHost } = await findOrInstallEngine();
    await inScenario({ files }, async ({ stack, createdAtMs }) => {
      const up = await stack.up();
      const printed = isNewHost ? succeeded(up) : failed(up);
      const needed =
        /quietInstanceHooks and retryWhileBusy need @pulumi\/pulumi 3\.218\.0 or later \(this is 3\.\d+\.\d+\) and a Pulumi CLI/g;
      // Once while it runs, and once at its end, whatever the number of hooks.
      expect(printed.match(needed) ?? []).toHaveLength(isNewHost ? 0 : 2);
      expect(printed).not.toMatch(/^\s+at /m);
      expect(createdAtMs("first") !== undefined).toBe(isNewHost);
    });
  });
});

describe("a delete that a busy instance would reject", () => {
  const restart = [{ status: "EXECUTING" }, { status: "SUCCESS", afterLooks: 2 }];

  it("waits although the resource is gone from the program, as long as its hooks are made there", async () => {
    const files = await filesOf(`
  const hooks = otc.quietInstanceHooks("first", { instanceId, quietSeconds: 0, beforeDelete: true });
  if (process.env.DECLARED) declare("first", hooks);
`);
    await inScenario({ files }, async (scenario) => {
      const { emulator, stack } = scenario;
      succeeded(await runInline(stack, ["up"], { DECLARED: "true" }).finished);
      emulator.addTask({ name: "restart", progress: restart });
      expect(succeeded(await run(scenario, "up"))).toMatch(/- 1 deleted/);
      expect(repliesTo(scenario)).toEqual([200, 200]);
    });
  });

  it("fails in a plain destroy without beforeDelete, and is retried by one that runs the program", async () => {
    const files = await filesOf(`
  declare("first", otc.retryWhileBusy("first", { instanceId, quietSeconds: 0 }));
`);
    await inScenario({ files }, async (scenario) => {
      const { emulator } = scenario;
      succeeded(await run(scenario, "up"));
      emulator.addTask({ name: "restart", progress: [{ status: "EXECUTING" }, { status: "SUCCESS", afterLooks: 3 }] });
      expect(failed(await run(scenario, "destroy"))).toContain("DMS.00400017");
      expect(succeeded(await run(scenario, "destroy --run-program"))).toContain("retrying delete");
      expect(repliesTo(scenario)).toEqual([200, 400, 400, 200]);
    });
  });
});

describe("hooks of a BackgroundTask by name", () => {
  it("reach its search, too, but for those after an operation", async () => {
    const files = inlineProgram(`
  const { BackgroundTask, quietInstanceHooks } = require("pulumi-otc-background-task");
  const heard = (hook) => new pulumi.ResourceHook(hook, ({ type }) =>
    fetch(process.env.EMULATOR_URL + "/heard/" + hook + "/" + type.split(":").at(-1)));
  const quiet = quietInstanceHooks("bound", { instanceId, quietSeconds: 0 });
  const hooks = {
    ...quiet,
    beforeCreate: [...quiet.beforeCreate, heard("before")],
    afterCreate: [...quiet.afterCreate, heard("after")],
  };
  new BackgroundTask("bound", { instanceId, name: "bind", createdAfter: process.env.SINCE }, { hooks });
`);
    await inScenario({ files }, async ({ emulator, stack }) => {
      const env = { SINCE: new Date(emulator.now() - 1000).toISOString() };
      emulator.addTask({ name: "bind", progress: [{ status: "EXECUTING" }, { status: "SUCCESS", afterLooks: 3 }] });
      succeeded(await runInline(stack, ["up", "destroy"], env).finished);
      const heard = emulator.requests().filter(({ path }) => path.startsWith("/heard/"));
      expect(heard.map(({ path }) => path)).toEqual([
        "/heard/before/BackgroundTaskSearch",
        "/heard/before/BackgroundTask",
        "/heard/after/BackgroundTask",
      ]);
    });
  });
});

describe("an update that is cancelled while a hook waits", () => {
  it("ends at once if the hooks have its signal, and the next one waits again", async () => {
    const files = await filesOf(`
  const hooks = otc.quietInstanceHooks("both", { instanceId, quietSeconds: 0 }, { signal });
  declare("first", hooks);
  declare("second", hooks);
`);
    await inScenario({ files }, async (scenario) => {
      const { emulator, stack } = scenario;
      const { taskId } = emulator.addTask({ name: "restart", progress: [{ status: "EXECUTING" }] });
      const both = runInline(stack, ["up", "up"]);
      await both.printed(/waiting for restart EXECUTING/);
      const cancelledMs = performance.now();
      both.kill("SIGUSR2");
      await both.printed(/inline up failed/);
      expect(performance.now() - cancelledMs).toBeLessThan(5000);
      expect(repliesTo(scenario)).toEqual([]);
      emulator.setTaskProgress(taskId, [{ status: "SUCCESS" }]);
      await both.printed(/inline up succeeded/);
      await both.finished;
      expect(repliesTo(scenario)).toEqual([200, 200]);
    });
  });
});
