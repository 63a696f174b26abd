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
      expect(output).toContain(`2 tasks named ${name} have started since this wait started`);
      expect(output).toContain(older);
      expect(await stack.outputs()).toMatchObject({ taskId: newer });
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
