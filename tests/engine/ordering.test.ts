import { runs } from "../repetitions";
import { inScenario, program, succeeded } from "./scenario";

// Each follower's name says what it follows.
const dependents = program(`
const bound = new BackgroundTask("bound", { instanceId, taskId });
new Follower("by-resource", {}, { dependsOn: bound });
new Follower("by-output-of-resource", { after: bound.status });

const before = new Follower("before", {});
class Component extends pulumi.ComponentResource {
  constructor(name) {
    super("test:index:Component", name);
    new Follower("child", {}, { parent: this });
    this.registerOutputs();
  }
}
const component = new Component("component");

const direct = getBackgroundTaskOutput({ instanceId, taskId });
new Follower("by-function", { after: direct.status });
const afterResource = getBackgroundTaskOutput({ instanceId, taskId }, { dependsOn: before });
new Follower("by-function-after-resource", { after: afterResource.status });
const afterComponent = getBackgroundTaskOutput({ instanceId, taskId }, { dependsOn: [component] });
new Follower("by-function-after-component", { after: afterComponent.status });
new Follower("unrelated", {});
`);

const waiting = [
  "by-resource",
  "by-output-of-resource",
  "by-function",
  "by-function-after-resource",
  "by-function-after-component",
];

describe("what depends on a task", () => {
  it.each(runs)("is created after the task's end and never before, run %i", async () => {
    await inScenario({ files: dependents }, async ({ emulator, stack, createdAtMs, endedAtMs }) => {
      // Not before all waits have looked several times, however slow the update is to start.
      const { taskId } = emulator.addTask({
        name: "bindInstancePublicIp",
        progress: [
          { status: "CREATED" },
          { status: "EXECUTING", afterLooks: 1 },
          { status: "SUCCESS", afterSeconds: 5, afterLooks: 24 },
        ],
      });
      await stack.setConfig("program:taskId", taskId);

      succeeded(await stack.up());

      const endedMs = endedAtMs(taskId)!;
      for (const label of waiting) {
        expect([label, createdAtMs(label)! >= endedMs]).toEqual([label, true]);
      }
      // What does not depend on the task did not wait for it, or the order above would prove nothing.
      expect(createdAtMs("unrelated")!).toBeLessThan(endedMs);
      expect(createdAtMs("child")!).toBeLessThan(endedMs);
      const lookedMs = emulator.requests().filter(({ route }) => route === "listTasks")[0]!.timeMs;
      expect(lookedMs).toBeLessThan(endedMs);
    });
  });

  it("is not looked for before the children of the component it depends on are there", async () => {
    const files = program(`
      class Component extends pulumi.ComponentResource {
        constructor(name) {
          super("test:index:Component", name);
          const slow = new BackgroundTask("slow", { instanceId, taskId: config.require("first") }, { parent: this });
          new Follower("child", {}, { parent: this, dependsOn: slow });
          this.registerOutputs();
        }
      }
      const component = new Component("component");
      exports.status = getBackgroundTaskOutput({ instanceId: config.require("second"), taskId }, { dependsOn: component }).status;
    `);
    await inScenario({ files }, async ({ emulator, stack, createdAtMs }) => {
      const first = emulator.addTask({ name: "first", progress: [{ status: "SUCCESS", afterLooks: 3 }] });
      const instanceId = emulator.addInstance();
      const second = emulator.addTask({ name: "second", instanceId, progress: [{ status: "SUCCESS" }] });
      await stack.setConfig("program:second", instanceId);
      await stack.setConfig("program:first", first.taskId);
      await stack.setConfig("program:taskId", second.taskId);

      succeeded(await stack.up());

      const lookedMs = emulator.requests().find((request) => request.instanceId === instanceId)!.timeMs;
      expect(lookedMs).toBeGreaterThanOrEqual(createdAtMs("child")!);
      expect(await stack.outputs()).toEqual({ status: "SUCCESS" });
    });
  });
});
