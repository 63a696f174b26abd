import { type Emulator, startEmulator } from "../../emulator";
import { failed, inScenario, looksIn, noSettings, program, type Scenario, succeeded } from "./scenario";

// A stack with instances of both clouds, and with the configuration of both clouds' providers.

const files = program(`
const huaweiInstance = config.get("huaweiInstance");
const otcTask = new BackgroundTask("otc", { instanceId, taskId, cloudProvider: "opentelekomcloud" });
const { QuietInstance } = require("pulumi-otc-background-task");
const inHuawei = { instanceId: huaweiInstance, cloudProvider: "huaweicloud" };
const huaweiTask = new BackgroundTask("huawei", { ...inHuawei, name: "extend", createdAfter: "2020-01-01T00:00:00Z" });
new QuietInstance("quiet", { ...inHuawei, quietSeconds: 0 }, { dependsOn: huaweiTask });
new Follower("after-both", { waited: pulumi.all([otcTask.status, huaweiTask.status]) });
exports.found = getBackgroundTaskOutput({ ...inHuawei, taskId: huaweiTask.taskId }).status;
`);

const chosenByStack = program(`
new BackgroundTask("task", { instanceId: config.get("huaweiInstance"), taskId });
`);

/** Returns the instance of Huawei Cloud. */
async function setBoth({ stack, emulator }: Scenario, huawei: Emulator): Promise<string> {
  const { authUrl, region, projectName, accessKey, secretKey } = emulator;
  const otcSettings = { authUrl, region, tenantName: projectName, accessKey, secretKey };
  const huaweiSettings = {
    authUrl: huawei.authUrl,
    region: huawei.region,
    projectName: huawei.projectName,
    accessKey: huawei.accessKey,
    secretKey: huawei.secretKey,
  };
  for (const [namespace, settings] of Object.entries({ opentelekomcloud: otcSettings, huaweicloud: huaweiSettings })) {
    for (const [key, value] of Object.entries(settings)) {
      await stack.setConfig(`${namespace}:${key}`, value, { secret: key === "secretKey" });
    }
  }
  const instanceId = huawei.addInstance();
  await stack.setConfig("program:huaweiInstance", instanceId);
  return instanceId;
}

let huawei: Emulator;
beforeEach(async () => (huawei = await startEmulator({ region: "eu-west-101" })));
afterEach(() => huawei.close());

describe("a stack with both clouds' settings", () => {
  it("waits for an instance of each, and keeps which cloud each is of", async () => {
    await inScenario({ files, env: noSettings }, async (scenario) => {
      const { emulator, stack } = scenario;
      const instanceId = await setBoth(scenario, huawei);
      const progress = [{ status: "EXECUTING" }, { status: "SUCCESS", afterSeconds: 2 }];
      const { taskId } = emulator.addTask({ name: "restart", progress });
      const extension = huawei.addTask({ name: "extend", instanceId, progress });
      await stack.setConfig("program:taskId", taskId);

      succeeded(await stack.up());

      const endedMs = [emulator, huawei]
        .flatMap((c) => c.events().filter((event) => event.terminal))
        .map((e) => e.timeMs);
      expect(scenario.createdAtMs("after-both")).toBeGreaterThanOrEqual(Math.max(...endedMs));
      const recorded = async (name: string) => (await scenario.resource(name))?.outputs;
      expect(await recorded("otc")).toMatchObject({ taskId, status: "SUCCESS" });
      expect(await recorded("huawei")).toMatchObject({ taskId: extension.taskId, cloudProvider: "huaweicloud" });
      expect(await recorded("quiet")).toMatchObject({ isQuiet: true, cloudProvider: "huaweicloud" });
      const instancesSeen = (cloud: Emulator) => new Set(cloud.requests().flatMap((r) => r.instanceId ?? []));
      expect(instancesSeen(emulator)).toEqual(new Set([emulator.instanceId]));
      expect(instancesSeen(huawei)).toEqual(new Set([instanceId]));
      expect(succeeded(await stack.preview())).toMatch(/unchanged/);
    });
  });

  it("must choose one for a resource that does not, and a later choice leaves the resource in its cloud", async () => {
    await inScenario({ files: chosenByStack, env: noSettings }, async (scenario) => {
      const { emulator, stack } = scenario;
      const instanceId = await setBoth(scenario, huawei);
      const { taskId } = huawei.addTask({ name: "restart", instanceId, progress: [{ status: "SUCCESS" }] });
      await stack.setConfig("program:taskId", taskId);
      expect(failed(await stack.up()).replace(/\s+/g, " ")).toContain("has settings of two clouds");

      await stack.setConfig("otc-background-task:cloudProvider", "huaweicloud");
      succeeded(await stack.up());
      expect((await scenario.resource("task"))?.outputs).toMatchObject({
        status: "SUCCESS",
        cloudProvider: "huaweicloud",
      });

      await stack.setConfig("otc-background-task:cloudProvider", "opentelekomcloud");
      expect(succeeded(await stack.up())).not.toMatch(/updated|replaced/);
      succeeded(await stack.destroy());
      expect(looksIn({ emulator })).toBe(0);
    });
  });
});
