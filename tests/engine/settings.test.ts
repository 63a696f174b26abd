import { writeFile } from "node:fs/promises";
import { inScenario, looksIn, noSettings, program, succeeded } from "./scenario";

const files = program(`
const place = { instanceId, cloud: config.get("cloud") };
exports.first = new BackgroundTask("operation", { ...place, taskId, wait: false, deleteRecord: true }).status;
`);

describe("the provider process finds its settings", () => {
  it("in the configuration also when a refresh or a destroy starts it", async () => {
    await inScenario({ files, env: noSettings }, async ({ emulator, stack }) => {
      const { authUrl, region, projectName, accessKey, secretKey } = emulator;
      for (const [key, value] of Object.entries({ authUrl, region, tenantName: projectName, accessKey })) {
        await stack.setConfig(`opentelekomcloud:${key}`, value);
      }
      await stack.setConfig("opentelekomcloud:secretKey", secretKey, { secret: true });
      const { taskId } = emulator.addTask({ name: "restart", progress: [{ status: "EXECUTING" }] });
      await stack.setConfig("program:taskId", taskId);
      succeeded(await stack.up());

      emulator.setTaskProgress(taskId, [{ status: "SUCCESS" }]);
      const looks = looksIn({ emulator });
      succeeded(await stack.refresh());
      expect(looksIn({ emulator })).toBe(looks + 1);

      succeeded(await stack.destroy());
      expect(emulator.counts()["deleteTask"]).toBe(1);
    });
  });

  it("in clouds.yaml beside the program, by the resource's own entry", async () => {
    await inScenario({ files, env: noSettings }, async ({ emulator, stack }) => {
      const { authUrl, region, projectName, username, password, domainName } = emulator;
      const auth = { auth_url: authUrl, username, password, user_domain_name: domainName, project_name: projectName };
      const clouds = { mine: { region_name: region, auth }, theirs: {} };
      await writeFile(`${stack.programDir}/clouds.yaml`, JSON.stringify({ clouds }));
      const { taskId } = emulator.addTask({ name: "restart", progress: [{ status: "EXECUTING" }] });
      await stack.setConfig("program:taskId", taskId);
      await stack.setConfig("program:cloud", "mine");
      succeeded(await stack.up());
      const looks = looksIn({ emulator });
      succeeded(await stack.refresh());
      expect(looksIn({ emulator })).toBe(looks + 1);
    });
  });
});
