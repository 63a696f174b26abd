import { type Emulator, startEmulator } from "../../../../emulator";
import { logIn } from "../../emulator/logIn";
import { busyCodes, isInstanceBusy } from "../../../../provider/task/busyInstance";

describe("an instance is busy", () => {
  it.each([
    ["a code", "DMS.00400017"],
    ["another", "DMS.00400026"],
    ["one of DCS's", "DCS.4017"],
    ["one of DCS's without a prefix", "111400026"],
    ["a body", { error_code: "DMS.00400026", error_msg: "text" }],
    ["an error with a code", Object.assign(new Error("text"), { code: "DCS.4026" })],
    ["another provider's error", new Error('Bad request: {"error_code":"DMS.00400017","error_msg":"text"}')],
    ["an error in which a line break was quoted", String.raw`1 error occurred:\n\t* {\"text\":\"\nDMS.00400026\n\"}`],
    ["a message that names another code first", "not DCS.40171, but DCS.4017"],
  ])("by %s", (_what, reply) => {
    expect(isInstanceBusy(reply)).toBe(true);
  });

  it.each([
    ["another code", "DMS.00404022"],
    ["a longer code", "DCS.40171"],
    ["a longer code of another kind", "XDMS.00400017"],
    ["a longer code that begins with n", "nDMS.00400017"],
    ["any character for the dot", "DCS-4017"],
    ["a body without a code", { error_msg: "text" }],
    ["an error without one", new Error("text")],
    ["a code in a list", { code: ["DMS.00400017"] }],
    ["nothing", undefined],
    ["null", null],
    ["a number", 400],
  ])("but not by %s", (_what, reply) => {
    expect(isInstanceBusy(reply)).toBe(false);
  });

  it("by every code there is", () => {
    expect(busyCodes.length).toBeGreaterThan(4);
    expect(new Set(busyCodes).size).toBe(busyCodes.length);
    expect(busyCodes.filter((code) => !isInstanceBusy(code))).toEqual([]);
  });
});

describe("the service's own refusal of a second operation", () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterAll(() => emulator.close());

  const bodies = {
    kafka: ["POST", "v1", "public-boundwidth", { publicip_id: "1aea7aed-e7d8-40ea-b3de-6f3ee9d5db9f" }],
    rabbitmq: ["PUT", "v2", "", { enable_publicip: true, publicip_id: "1aea7aed-e7d8-40ea-b3de-6f3ee9d5db9f" }],
    rocketmq: ["PUT", "v2", "", { enable_publicip: true, publicip_id: "1aea7aed-e7d8-40ea-b3de-6f3ee9d5db9f" }],
    dcs: ["POST", "v2", "public-ip", { publicip_id: "1aea7aed-e7d8-40ea-b3de-6f3ee9d5db9f", enable_ssl: false }],
  } as const;

  it.each(["kafka", "rabbitmq", "rocketmq", "dcs"] as const)("is told, of a busy %s instance", async (engine) => {
    const instanceId = emulator.addInstance({ engine });
    emulator.addTask({ name: "restart", instanceId });
    const [method, version, last, body] = bodies[engine];
    const path = ["", version, emulator.projectId, "instances", instanceId, last].filter((part, i) => i === 0 || part);
    const { fetchJson } = await logIn(emulator);
    const refusal = await fetchJson(method, path.join("/"), body);
    expect(refusal).toMatchObject({ status: 400, body: { error_code: expect.any(String) as string } });
    expect(isInstanceBusy(refusal.body)).toBe(true);
  });
});
