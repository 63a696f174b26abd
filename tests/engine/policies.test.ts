import { failed, inScenario, program, type Scenario, succeeded } from "./scenario";

const pack = (args: object) => ({
  files: {
    "index.js": `
const { BackgroundTaskPolicyPack } = require("pulumi-otc-background-task/policy");
new BackgroundTaskPolicyPack(${JSON.stringify(args)});
`,
  },
});

const only = (rule: string, args: unknown = "mandatory") => pack({ all: "disabled", [rule]: args });

const tasks = program(`
for (const taskId of (config.get("taskIds") ?? "").split(",").filter(Boolean)) {
  new BackgroundTask("task-" + taskId, { instanceId, taskId, failOnError: false, timeoutSeconds: 40 });
}
`);

const add = ({ emulator }: Scenario, status: string) =>
  emulator.addTask({ name: "restart", progress: [{ status }] }).taskId;
const requestsTo = ({ emulator }: Scenario, route: string) =>
  emulator.requests().filter((request) => request.route === route);

describe("background-task-succeeded", () => {
  it("fails an update whose task failed, warns, is silent or is configured by a file", async () => {
    await inScenario({ files: tasks }, async (scenario) => {
      const { stack } = scenario;
      const mandatory = await stack.policyPack(only("backgroundTaskSucceeded"));
      succeeded(await stack.up({ args: mandatory }));

      const [good, bad] = [add(scenario, "SUCCESS"), add(scenario, "FAILED")];
      await stack.setConfig("program:taskIds", `${good},${bad}`);
      succeeded(await stack.preview({ args: mandatory }));
      const output = failed(await stack.up({ args: mandatory }));
      expect(output).toContain("[mandatory]  background-task-succeeded");
      expect(output).toContain(`BackgroundTask "task-${bad}": background task restart (id ${bad}) of instance`);
      expect(output).toContain("ended with status FAILED (began 20");
      expect(output).not.toContain(`BackgroundTask "task-${good}"`);
      // In previews, too, once it is recorded.
      failed(await stack.preview({ args: mandatory }));

      const advisory = succeeded(await stack.up({ args: await stack.policyPack(pack({ all: "advisory" })) }));
      expect(advisory).toContain("[advisory]  background-task-succeeded");
      expect(succeeded(await stack.up({ args: await stack.policyPack(pack({ all: "disabled" })) }))).not.toContain(bad);
      const config = { "bounded-wait": { enforcementLevel: "mandatory", minSeconds: 60 } };
      const byFile = failed(await stack.up({ args: await stack.policyPack(pack({ all: "disabled" }), config) }));
      expect(byFile).toContain("waits for at most 40 s (set by timeoutSeconds), where 60 to 3600 s are allowed");
      expect(byFile).not.toContain("background-task-succeeded");

      await stack.setConfig("program:taskIds", good);
      succeeded(await stack.up({ args: mandatory }));
    });
  });

  it("refuses settings that its pack's schema does not allow, before anything is created", async () => {
    await inScenario({ files: tasks }, async ({ stack }) => {
      const config = { "bounded-wait": { maxSeconds: "long" } };
      const output = failed(await stack.up({ args: await stack.policyPack(pack({}), config) }));
      expect(output).toContain("bounded-wait: maxSeconds: Invalid type. Expected: number, given: string");
    });
  });
});

describe("background-task-still-succeeded", () => {
  it("asks with the stack's own settings, decrypted secrets among them, and prints none of them", async () => {
    await inScenario({ files: tasks }, async (scenario) => {
      const { emulator, stack } = scenario;
      const taskId = add(scenario, "SUCCESS");
      await stack.setConfig("program:taskIds", taskId);
      const { OS_PASSWORD: password, OS_USERNAME: userName, ...environment } = emulator.env;
      await stack.setConfig("opentelekomcloud:password", password!, { secret: true });
      await stack.setConfig("opentelekomcloud:userName", userName!);
      // Of the environment, the pack has what the program has.
      const env = { OS_PASSWORD: "", OS_USERNAME: "", ...environment };
      const args = await stack.policyPack(only("backgroundTaskStillSucceeded"));
      succeeded(await stack.up({ env }));
      const sent = requestsTo(scenario, "showTask").length;
      succeeded(await stack.up({ args, env }));
      expect(requestsTo(scenario, "showTask")).toHaveLength(sent + 1);

      emulator.setTaskProgress(taskId, [{ status: "FAILED" }]);
      const output = failed(await stack.up({ args, env }));
      expect(output).toContain("by what the service says now, although the resource recorded a success");
      expect(output).not.toContain(password);

      emulator.removeTask(taskId);
      const gone = succeeded(await stack.up({ args, env }));
      expect(gone).toContain(`the service no longer has the record of BackgroundTask "task-${taskId}"`);
    });
  });
});

describe("instance-quiet-before-change", () => {
  const type = "pulumi-nodejs:dynamic/test:Follower";
  const files = program(`new Follower("topic", { instanceId });`);

  it("keeps a resource of a busy instance uncreated, until the instance is quiet", async () => {
    await inScenario({ files }, async (scenario) => {
      const { emulator, stack, createdAtMs, resource } = scenario;
      const taskId = add(scenario, "EXECUTING");
      const settings = { resources: [{ type, property: "instanceId" }] };
      const mandatory = await stack.policyPack(pack({ instanceQuietBeforeChange: settings }));
      succeeded(await stack.preview({ args: mandatory }));
      expect(requestsTo(scenario, "listTasks")).toHaveLength(0);
      const output = failed(await stack.up({ args: mandatory }));
      expect(output).toContain(`Follower "topic" is not touched: background task restart (id ${taskId}) of instance`);
      expect(createdAtMs("topic")).toBeUndefined();
      expect(await resource("topic")).toBeUndefined();

      emulator.setTaskProgress(taskId, [{ status: "SUCCESS" }]);
      succeeded(await stack.up({ args: mandatory }));
      expect(createdAtMs("topic")).toBeDefined();
    });
  });
});

describe("a stack of 1,000 other resources", () => {
  const resources = `
const pulumi = require("@pulumi/pulumi");
for (let i = 0; i < 1000; i++) new pulumi.ComponentResource("test:index:Other", "other-" + i, { instanceId: "instance" });
`;
  const empty = {
    files: { "index.js": `new (require("@pulumi/policy").PolicyPack)("empty", { policies: [] });` },
  };
  const all = pack({
    all: "mandatory",
    instanceQuietBeforeChange: { resources: [{ type: "test:index:Topic", property: "instanceId" }] },
  });

  it("passes untouched, without a request, within 1.2 times of what an empty pack takes", async () => {
    await inScenario({ files: { "index.js": resources } }, async ({ emulator, stack }) => {
      const packs = { empty: await stack.policyPack(empty), all: await stack.policyPack(all) };
      const least = { empty: Infinity, all: Infinity };
      const time = async (which: keyof typeof packs) => {
        const result = await stack.preview({ args: packs[which] });
        expect(succeeded(result)).toMatch(/\+ 1001 to create/);
        least[which] = Math.min(least[which], result.durationMs);
      };
      // The least of several runs is what the work takes; what other processes of the machine take comes on top.
      let rounds = 0;
      do {
        await time("empty");
        await time("all");
        rounds++;
      } while (least.all > 1.2 * least.empty && rounds < 6);
      expect(least.all).toBeLessThanOrEqual(1.2 * least.empty);
      expect(emulator.requests()).toEqual([]);
    });
  });
});
