import { setTimeout as pause } from "node:timers/promises";
import type { Emulator } from "../../emulator";
import { failed, inScenario, program, succeeded } from "./scenario";

jest.setTimeout(400_000);

const name = "bindInstancePublicIp";
const usualConfig = { "program:progress": '[{"status":"EXECUTING"},{"status":"SUCCESS","afterSeconds":0.3}]' };

// An operation that answers at once, first thing in the program, and a wait for its task by name.
const files = program(`
const operation = {
  async diff(_id, olds, news) {
    const replaces = olds.start === news.start ? [] : ["start"];
    return { changes: replaces.length > 0, replaces };
  },
  async create({ start }) {
    if (start !== "nothing") {
      const body = JSON.stringify({ name: "${name}", progress: config.requireObject("progress") });
      await fetch(process.env.EMULATOR_URL + "/_emulator/tasks", { method: "POST", body });
    }
    return { id: "started", outs: { start } };
  },
};
class Operation extends pulumi.dynamic.Resource {
  constructor(inputs) { super(operation, "operation", inputs, undefined, "test", "Operation"); }
}
const triggers = [config.get("run") ?? "first"];
const started = new Operation({ start: config.get("start") ?? triggers[0], progress: config.get("progress") });
const bound = new BackgroundTask("bound", {
  instanceId,
  name: "${name}",
  createdAfter: config.get("createdAfter"),
  triggers,
  appearTimeoutSeconds: config.getNumber("appearTimeoutSeconds"),
}, { dependsOn: started, aliases: config.getObject("aliases") });
new Follower("follower", { status: bound.status });
exports.taskId = bound.taskId;
exports.name = bound.name;
exports.id = bound.id;
`);
// What the operation's closure refers to must be there in the provider process, too.
files["index.js"] = files["index.js"]
  .replace('config.requireObject("progress") });', "JSON.parse(progress) });")
  .replace("async create({ start })", "async create({ start, progress })");

/** Puts in a run of the name that ended some seconds ago. */
function addOldRun(emulator: Emulator, endedSecondsAgo: number, status = "SUCCESS"): string {
  const createdAt = new Date(emulator.now() - endedSecondsAgo * 1000 - 3000).toISOString();
  return emulator.addTask({ name, createdAt, progress: [{ status, afterSeconds: 3 }] }).taskId;
}

describe("a wait by name", () => {
  it("is for the task that the program started, and sends nothing in a second update", async () => {
    await inScenario({ files, config: usualConfig }, async ({ emulator, stack, createdAtMs, endedAtMs }) => {
      addOldRun(emulator, 3);
      succeeded(await stack.up());
      const task = emulator.tasks().at(-1)!;
      const { projectId, instanceId } = emulator;
      expect(await stack.outputs()).toEqual({
        taskId: task.taskId,
        name,
        id: `kafka/${projectId}/${instanceId}/${task.taskId}`,
      });
      expect(createdAtMs("follower")).toBeGreaterThan(endedAtMs(task.taskId)!);

      const sent = emulator.requests().length;
      succeeded(await stack.up({ args: ["--expect-no-changes"] }));
      succeeded(await stack.refresh({ args: ["--expect-no-changes"] }));
      succeeded(await stack.up({ args: ["--expect-no-changes"] }));
      succeeded(await stack.destroy());
      expect(emulator.requests()).toHaveLength(sent);
    });
  });

  it("finds it whatever the two clocks say, beside an old run that ended 3 s before the update", async () => {
    await inScenario({ files, config: usualConfig }, async ({ emulator, stack }) => {
      for (const clockSkewSeconds of [0, 0.3, -0.3, 0.9, -0.9, 7200, -7200]) {
        emulator.reset();
        emulator.configure({ clockSkewSeconds });
        addOldRun(emulator, 3);
        await stack.setConfig("program:run", String(clockSkewSeconds));
        succeeded(await stack.up());
        const { taskId } = emulator.tasks().at(-1)!;
        expect([clockSkewSeconds, await stack.outputs()]).toMatchObject([clockSkewSeconds, { taskId }]);
      }
    });
  });

  it("goes on with the id that it had found, although the engine is killed and a newer run begins", async () => {
    const config = { "program:progress": '[{"status":"EXECUTING"}]' };
    await inScenario({ files, config }, async ({ emulator, stack, createdAtMs }) => {
      const up = stack.spawnUp();
      while (!emulator.counts()["showTask"]) {
        await pause(100);
      }
      up.kill("SIGKILL");
      const task = emulator.tasks().find((one) => one.name === name)!;
      emulator.setTaskProgress(task.taskId, [{ status: "SUCCESS" }]);
      emulator.addTask({ name });

      succeeded(await stack.cancel());
      succeeded(await stack.up());
      expect(await stack.outputs()).toMatchObject({ taskId: task.taskId });
      expect(createdAtMs("follower")).toBeDefined();
    });
  });

  it("that was killed before it found anything names the older run, and takes it when told to", async () => {
    const config = { ...usualConfig, "program:start": "nothing", "program:appearTimeoutSeconds": "3" };
    await inScenario({ files, config }, async ({ emulator, stack }) => {
      await stack.setConfig("program:appearTimeoutSeconds", "60");
      const up = stack.spawnUp();
      while ((emulator.counts()["listTasks"] ?? 0) < 2) {
        await pause(100);
      }
      const { taskId } = emulator.addTask({ name, visibleAfterSeconds: 2, progress: [{ status: "SUCCESS" }] });
      up.kill("SIGKILL");
      await pause(2500);

      succeeded(await stack.cancel());
      await stack.setConfig("program:appearTimeoutSeconds", "3");
      const output = failed(await stack.up()).replace(/\s+/g, " ");
      const { createdAt } = emulator.tasks().find((one) => one.taskId === taskId)!;
      expect(output).toContain(`background task ${name} was not found on instance ${emulator.instanceId}`);
      expect(output).toContain(`The newest other is background task ${taskId} (SUCCESS), begun ${createdAt}`);
      expect(output).toContain("if it is the one after all, set createdAfter to that time");

      await stack.setConfig("program:createdAfter", createdAt);
      succeeded(await stack.up());
      expect(await stack.outputs()).toMatchObject({ taskId });
      succeeded(await stack.up({ args: ["--expect-no-changes"] }));
    });
  });

  it("that found nothing in time goes on from the time of the first update", async () => {
    const config = { ...usualConfig, "program:start": "nothing", "program:appearTimeoutSeconds": "2" };
    await inScenario({ files, config }, async ({ emulator, stack, createdAtMs }) => {
      const output = failed(await stack.up());
      expect(output.replace(/\s+/g, " ")).toContain("There is no older one of that name either.");
      succeeded(await stack.refresh());
      failed(await stack.up());
      expect(createdAtMs("follower")).toBeUndefined();
      const { taskId } = emulator.addTask({ name, progress: [{ status: "SUCCESS" }] });
      await pause(1500);
      succeeded(await stack.up());
      expect(await stack.outputs()).toMatchObject({ taskId });
      succeeded(await stack.destroy());
    });
  });

  it("warns of two tasks of the name, and takes the newest", async () => {
    const config = { ...usualConfig, "program:start": "nothing" };
    await inScenario({ files, config }, async ({ emulator, stack }) => {
      await stack.setConfig("program:createdAfter", new Date(emulator.now() - 60_000).toISOString());
      const older = addOldRun(emulator, 20);
      const newer = addOldRun(emulator, 10);
      const output = succeeded(await stack.up()).replace(/\s+/g, " ");
      expect(output).toContain(`2 tasks named ${name} began since the start of this wait`);
      expect(output).toContain(older);
      expect(await stack.outputs()).toMatchObject({ taskId: newer });
    });
  });

  it("asks for either an id or a name, before anything is sent", async () => {
    const wrong = program(`new BackgroundTask("both", { instanceId, taskId: "a", name: "b" });`);
    await inScenario({ files: wrong }, async ({ emulator, stack }) => {
      expect(failed(await stack.up())).toContain("name must not be given together with taskId");
      expect(emulator.requests()).toEqual([]);
    });
  });
});
