import { writeFile } from "node:fs/promises";
import { startEmulator } from "../../emulator";
import { addOldRun, name, operationClass, operationThenWait, usualConfig } from "./byNameProgram";
import { failed, inScenario, program, succeeded } from "./scenario";

describe("a wait by name", () => {
  it("is for the task that the program started, and sends nothing in a second update", async () => {
    const options = { files: operationThenWait, config: usualConfig };
    await inScenario(options, async ({ emulator, stack, createdAtMs, endedAtMs }) => {
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
    // As many services, each with a clock of its own, in one program.
    const skews = [0, 0.3, -0.3, 0.9, -0.9, 7200, -7200];
    const emulators = await Promise.all(skews.map((clockSkewSeconds) => startEmulator({ clockSkewSeconds })));
    const files = program(`
      ${operationClass}
      for (const [cloud, { url, instanceId }] of Object.entries(config.requireObject("services"))) {
        const started = new Operation("operation-" + cloud, { url, start: "first", progress: config.require("progress") });
        exports[cloud] = new BackgroundTask("bound-" + cloud, { cloud, instanceId, name: "${name}" }, { dependsOn: started }).taskId;
      }
    `);
    // Nothing of a service in the environment: each wait names its entry of clouds.yaml.
    const env = { OS_USERNAME: "", OS_PASSWORD: "", OS_PROJECT_NAME: "", OS_AUTH_URL: "", OS_REGION_NAME: "" };
    try {
      await inScenario({ files, config: usualConfig, env }, async ({ stack }) => {
        const byCloud = emulators.map((emulator, i) => [`ahead by ${skews[i]} s`, emulator] as const);
        const clouds = byCloud.map(([cloud, { authUrl, region, username, password, domainName, projectName }]) => {
          const auth = { auth_url: authUrl, username, password, user_domain_name: domainName };
          return [cloud, { region_name: region, auth: { ...auth, project_name: projectName } }] as const;
        });
        await writeFile(`${stack.programDir}/clouds.yaml`, JSON.stringify({ clouds: Object.fromEntries(clouds) }));
        const services = byCloud.map(([cloud, { url, instanceId }]) => [cloud, { url, instanceId }] as const);
        await stack.setConfig("program:services", JSON.stringify(Object.fromEntries(services)));
        for (const emulator of emulators) addOldRun(emulator, 3);

        succeeded(await stack.up({ args: ["--parallel", "32"] }));
        const started = byCloud.map(([cloud, emulator]) => [cloud, emulator.tasks().at(-1)!.taskId]);
        expect(await stack.outputs()).toEqual(Object.fromEntries(started));
      });
    } finally {
      await Promise.all(emulators.map((emulator) => emulator.close()));
    }
  });

  it("warns of two tasks of the name, and takes the newest", async () => {
    const config = { ...usualConfig, "program:start": "nothing" };
    await inScenario({ files: operationThenWait, config }, async ({ emulator, stack }) => {
      await stack.setConfig("program:createdAfter", new Date(emulator.now() - 60_000).toISOString());
      const older = addOldRun(emulator, 20);
      const newer = addOldRun(emulator, 10);
      const output = succeeded(await stack.up()).replace(/\s+/g, " ");
      expect(output).toContain(`2 tasks named ${name} are new enough`);
      expect(output).toContain(older);
      expect(await stack.outputs()).toMatchObject({ taskId: newer });
    });
  });

  it("that failed fails again when the operation was repeated, and says how to wait for the new task", async () => {
    const files = program(`
      ${operationClass}
      const [start, progress] = [config.require("start"), config.require("progress")];
      const started = new Operation("operation", { url: process.env.EMULATOR_URL, start, progress });
      const [triggers, createdAfter] = [config.getObject("triggers"), config.get("createdAfter")];
      const args = { instanceId, name: "${name}", triggers, createdAfter };
      exports.taskId = new BackgroundTask("bound", args, { dependsOn: started }).taskId;
    `);
    const config = { "program:start": "first", "program:progress": '[{"status":"FAILED"}]' };
    await inScenario({ files, config }, async ({ emulator, stack }) => {
      const ended = "ended with status FAILED";
      const hint =
        "add or change a value in triggers in the update that repeats the operation; if it was repeated before";
      const failure = failed(await stack.up()).replace(/\s+/g, " ");
      expect(failure).toContain(ended);
      expect(failure).toContain(hint);

      // Repeated in an update that does not wait anew.
      await stack.setConfig("program:progress", '[{"status":"SUCCESS"}]');
      await stack.setConfig("program:start", "second");
      const repeatedMs = emulator.now();
      expect(failed(await stack.up()).replace(/\s+/g, " ")).toContain(hint);
      await stack.setConfig("program:createdAfter", new Date(repeatedMs - 1).toISOString());
      succeeded(await stack.up());
      expect(await stack.outputs()).toEqual({ taskId: emulator.tasks().at(-1)!.taskId });

      await stack.setConfig("program:start", "third");
      await stack.setConfig("program:triggers", '["third"]');
      succeeded(await stack.up());
      expect(emulator.tasks()).toHaveLength(4);
      expect(await stack.outputs()).toEqual({ taskId: emulator.tasks().at(-1)!.taskId });
    });
  });

  it("asks for either an id or a name, before anything is sent", async () => {
    const wrong = program(`new BackgroundTask("both", { instanceId, taskId: "a", name: "b" });`);
    await inScenario({ files: wrong }, async ({ emulator, stack }) => {
      expect(failed(await stack.up())).toContain("name must not be set together with taskId");
      expect(emulator.requests()).toEqual([]);
    });
  });
});
