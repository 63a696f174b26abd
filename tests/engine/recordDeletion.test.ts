import type { RequestRecord, TaskSnapshot } from "../../emulator";
import { type Declared, declaredTasks } from "./declaredTasks";
import { failed, inScenario, program, type Scenario, succeeded } from "./scenario";

const ended = [{ status: "SUCCESS" }];
const declare = ({ stack }: Scenario, tasks: Declared) => stack.setConfig("program:tasks", JSON.stringify(tasks));
const taskIdsOf = (tasks: TaskSnapshot[]) => tasks.map(({ taskId }) => taskId);
const deletionsOf = (requests: RequestRecord[], taskId: string) =>
  requests.filter((request) => request.route === "deleteTask" && request.taskId === taskId);

describe("deleteRecord, when the resource is destroyed,", () => {
  const engines = ["kafka", "rabbitmq", "rocketmq", "dcs"] as const;
  /** Tasks by what the resource is named; of each service two, of which one has a resource. */
  const ids: Record<string, string> = {};
  let statuses: Record<string, unknown>;
  let sent: RequestRecord[];
  let left: TaskSnapshot[];
  let ofRunning: string;

  beforeAll(() =>
    inScenario({ files: declaredTasks }, async (scenario) => {
      const { emulator, stack } = scenario;
      const tasks: Declared = {};
      for (const engine of engines) {
        const instanceId = emulator.addInstance({ engine });
        ids[engine] = emulator.addTask({ name: "restart", instanceId, progress: ended }).taskId;
        ids[`another of ${engine}`] = emulator.addTask({ name: "restart", instanceId, progress: ended }).taskId;
        tasks[engine] = { service: engine, instanceId, taskId: ids[engine], deleteRecord: true };
      }
      ids["gone"] = emulator.taskId;
      tasks["gone"] = { taskId: ids["gone"], deleteRecord: true };
      ids["named"] = emulator.addTask({ name: "bind", progress: [{ status: "FAILED" }] }).taskId;
      tasks["named"] = { name: "bind", createdAfter: "2020-01-01T00:00:00Z", deleteRecord: true };
      ofRunning = emulator.addInstance();
      ids["running"] = emulator.addTask({ name: "restart", instanceId: ofRunning }).taskId;
      tasks["running"] = { instanceId: ofRunning, taskId: ids["running"], timeoutSeconds: 3, deleteRecord: true };
      await declare(scenario, tasks);

      const env = { OS_DCS_ENDPOINT_OVERRIDE: emulator.url };
      // Each resource is tried, although two of them fail.
      const output = failed(await stack.up({ env, args: ["--continue-on-error", "--parallel", "16"] }));
      expect(output).toContain(`(id ${ids["named"]}) of instance ${emulator.instanceId} ended with status FAILED`);
      const { resources = [] } = (await stack.exportState()).deployment;
      const recorded = resources.filter(({ type }) => type.endsWith(":BackgroundTask"));
      statuses = Object.fromEntries(recorded.map(({ urn, outputs }) => [urn.split("::").at(-1)!, outputs!["status"]]));
      emulator.removeTask(ids["gone"]);
      const before = emulator.requests().length;
      succeeded(await stack.destroy({ env, args: ["--parallel", "16"] }));
      sent = emulator.requests().slice(before);
      left = emulator.tasks();
    }),
  );

  it.each(engines)("removes the task's record, with %s", (engine) => {
    expect(statuses[engine]).toBe("SUCCESS");
    expect(deletionsOf(sent, ids[engine]!)).toHaveLength(1);
    expect(taskIdsOf(left)).not.toContain(ids[engine]);
    expect(taskIdsOf(left)).toContain(ids[`another of ${engine}`]);
    expect(deletionsOf(sent, ids[`another of ${engine}`]!)).toEqual([]);
  });

  it("takes a record that is gone already for removed", () => {
    expect(statuses["gone"]).toBe("SUCCESS");
    expect(deletionsOf(sent, ids["gone"]!)).toHaveLength(1);
  });

  it("removes the record of a failed task, and of one that was found by its name", () => {
    expect(statuses["named"]).toBe("FAILED");
    expect(taskIdsOf(left)).not.toContain(ids["named"]);
  });

  it("sends nothing for a task that is not known to have ended", () => {
    expect(statuses["running"]).toBe("EXECUTING");
    expect(sent.filter(({ instanceId }) => instanceId === ofRunning)).toEqual([]);
    expect(taskIdsOf(left)).toContain(ids["running"]);
  });
});

describe("deleteRecord", () => {
  it("changed from false to true counts, and from true to false, too", async () => {
    await inScenario({ files: declaredTasks }, async (scenario) => {
      const { emulator, stack } = scenario;
      const [kept, removed] = [1, 2].map(() => emulator.addTask({ name: "restart", progress: ended }).taskId);
      const declareBoth = (keptToo: boolean, removedToo: boolean) =>
        declare(scenario, {
          kept: { taskId: kept, deleteRecord: keptToo },
          removed: { taskId: removed, deleteRecord: removedToo },
        });
      await declareBoth(false, false);
      succeeded(await stack.up());
      const sent = emulator.requests().length;
      await declareBoth(true, true);
      expect(succeeded(await stack.up())).toMatch(/2 updated/);
      await declareBoth(false, true);
      expect(succeeded(await stack.up())).toMatch(/1 updated/);
      succeeded(await stack.up({ args: ["--expect-no-changes"] }));
      succeeded(await stack.refresh());
      expect(emulator.requests()).toHaveLength(sent);

      succeeded(await stack.destroy());
      expect(taskIdsOf(emulator.tasks())).toContain(kept);
      expect(taskIdsOf(emulator.tasks())).not.toContain(removed);
      expect(emulator.counts()["deleteTask"]).toBe(1);
    });
  });

  it("must be known when the program runs", async () => {
    const unknown = program(`
      const before = new BackgroundTask("before", { instanceId, taskId });
      new BackgroundTask("operation", { instanceId, taskId, deleteRecord: before.status.apply(() => true) });
    `);
    await inScenario({ files: unknown }, async ({ stack }) => {
      expect(failed(await stack.preview())).toContain("deleteRecord must be true or false, not an Output");
    });
  });
});

describe("deleteRecord leaves the record", () => {
  const orders = ["after", "before"] as const;
  const ids: Record<string, string> = {};
  const outputs: string[] = [];
  /** The tasks that are left after the first replacement, the second one, and the stack's end. */
  const left: string[][] = [];
  let deletionsByFirst: number;
  let fromStart: string;

  // Two resources that are replaced, and a task that two resources name, then one, then two again.
  beforeAll(() =>
    inScenario({ files: declaredTasks }, async (scenario) => {
      const { emulator, stack } = scenario;
      fromStart = emulator.taskId;
      for (const order of orders) {
        ids[`first, ${order}`] = emulator.addTask({ name: "restart", progress: ended }).taskId;
        ids[`second, ${order}`] = emulator.addTask({ name: "restart", progress: ended }).taskId;
      }
      ids["shared"] = emulator.addTask({ name: "restart", progress: ended }).taskId;
      const declareAll = (which: string, triggers: number[], twice: boolean) => {
        const shared = { taskId: ids["shared"], deleteRecord: true };
        const tasks: Declared = twice ? { shared, twice: shared } : { shared };
        for (const order of orders) {
          const opts = { deleteBeforeReplace: order === "before" };
          tasks[order] = { taskId: ids[`${which}, ${order}`], triggers, deleteRecord: true, opts };
        }
        return declare(scenario, tasks);
      };
      const runAndNote = async () => {
        outputs.push(succeeded(await stack.up()));
        left.push(taskIdsOf(emulator.tasks()));
      };
      await declareAll("first", [1], true);
      succeeded(await stack.up());
      await declareAll("first", [2], false);
      await runAndNote();
      deletionsByFirst = emulator.counts()["deleteTask"] ?? 0;
      // Another task takes the place of each: the first one's record goes with it.
      await declareAll("second", [2], true);
      await runAndNote();
      succeeded(await stack.destroy());
      left.push(taskIdsOf(emulator.tasks()));
    }),
  );

  it.each(orders)("that the replacement names, deleted %s it, until that is destroyed, too", (order) => {
    expect(outputs[0]).toMatch(/2 replaced/);
    expect(deletionsByFirst).toBe(0);
    expect(left[0]).toContain(ids[`first, ${order}`]);

    expect(outputs[1]).toMatch(/2 replaced/);
    expect(left[1]).not.toContain(ids[`first, ${order}`]);
    expect(left[1]).toContain(ids[`second, ${order}`]);
    expect(left[2]).toEqual([fromStart]);
  });

  it("that another resource of the program names", () => {
    expect(outputs[0]).toMatch(/1 deleted/);
    expect(deletionsByFirst).toBe(0);
    expect(left[1]).toContain(ids["shared"]);
    expect(left[2]).toEqual([fromStart]);
  });
});
