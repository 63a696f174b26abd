import { failed, inScenario, program, succeeded } from "./scenario";

const name = "bindInstancePublicIp";

// An operation that answers at once, first thing in the program, and a wait for its task by name.
const bindAndWait = program(`
const provider = {
  async create(inputs) {
    const { bindPublicIp } = require("./bind");
    await bindPublicIp(inputs.instanceId);
    return { id: "bound", outs: inputs };
  },
};
class Bind extends pulumi.dynamic.Resource {
  constructor(label, inputs) { super(provider, label, inputs, undefined, "test", "Bind"); }
}
const bind = new Bind("bind", { instanceId });
const bound = new BackgroundTask("bound", {
  instanceId,
  name: "${name}",
  createdAfter: config.get("createdAfter"),
  triggers: config.getObject("triggers"),
  timeoutSeconds: config.getNumber("timeoutSeconds"),
  appearTimeoutSeconds: config.getNumber("appearTimeoutSeconds"),
}, { dependsOn: bind });
new Follower("follower", { status: bound.status }, { dependsOn: bound });
exports.taskId = bound.taskId;
exports.name = bound.name;
exports.id = bound.id;
`);
const bindFile = `
exports.bindPublicIp = async (instanceId) => {
  const { OS_AUTH_URL, OS_USERNAME, OS_PASSWORD, OS_USER_DOMAIN_NAME, OS_PROJECT_ID, EMULATOR_URL } = process.env;
  const user = { name: OS_USERNAME, password: OS_PASSWORD, domain: { name: OS_USER_DOMAIN_NAME } };
  const login = await fetch(OS_AUTH_URL + "/auth/tokens", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({
      auth: { identity: { methods: ["password"], password: { user } }, scope: { project: { id: OS_PROJECT_ID } } },
    }),
  });
  const reply = await fetch(EMULATOR_URL + "/v1/" + OS_PROJECT_ID + "/instances/" + instanceId + "/public-boundwidth", {
    method: "POST",
    headers: { "X-Auth-Token": login.headers.get("X-Subject-Token"), "Content-Type": "application/json" },
    body: JSON.stringify({ publicip_id: "1aea7aed-e7d8-40ea-b3de-6f3ee9d5db9f" }),
  });
  if (!reply.ok) {
    throw new Error("the bind was answered with " + reply.status + " " + (await reply.text()));
  }
};
`;
const files = { ...bindAndWait, "bind.js": bindFile };

describe("a wait by name", () => {
  it("finds the task that the program started, not the older run, and sends nothing in a second update", async () => {
    await inScenario({ files }, async ({ emulator, stack, createdAtMs, endedAtMs, resource }) => {
      const ageMs = 6000;
      emulator.addTask({
        name,
        createdAt: new Date(emulator.now() - ageMs).toISOString(),
        progress: [{ status: "SUCCESS", afterSeconds: 3 }],
      });
      succeeded(await stack.up());
      const task = emulator.tasks().at(-1)!;
      expect(await stack.outputs()).toMatchObject({ taskId: task.taskId, name });
      expect(createdAtMs("follower")).toBeGreaterThan(endedAtMs(task.taskId)!);
      expect((await resource("bound"))!.inputs).not.toHaveProperty("name");

      const sent = emulator.requests().length;
      succeeded(await stack.up({ args: ["--expect-no-changes"] }));
      succeeded(await stack.refresh({ args: ["--expect-no-changes"] }));
      succeeded(await stack.destroy());
      expect(emulator.requests()).toHaveLength(sent);
    });
  });
});
