import { type Declared, declaredTasks } from "./declaredTasks";
import { failed, inScenario, looksIn, program, type Scenario, succeeded } from "./scenario";
import { until } from "./until";

type Recorded = Awaited<ReturnType<Scenario["resource"]>>;

/** Resources that fail in each update, until what they wait for is mended: one story, told once and looked at below. */
const story = {
  instanceId: "",
  taskIds: { failing: "", removed: "", late: "" },
  first: "",
  secondsByName: 0,
  second: "",
  looksOfFirst: 0,
  looksOfSecond: 0,
  afterRefresh: "",
  withRefresh: "",
  mended: "",
  again: "",
  sentByLast: [] as string[],
  failing: [] as Recorded[],
  late: [] as Recorded[],
  removed: [] as Recorded[],
  /** When what follows the two was created: while both fail, and when both were mended. */
  followed: [] as (number | undefined)[][],
  newTaskId: "",
};

async function tellStory({ emulator, stack, resource, createdAtMs }: Scenario): Promise<void> {
  const { taskIds } = story;
  const [ofRemoved, ofLate, ofLimited, ofNamed] = [1, 2, 3, 4].map(() => emulator.addInstance());
  const add = (name: string, statuses: string[], instanceId?: string) => {
    const progress = statuses.map((status, i) => ({ status, afterLooks: 2 * i }));
    return emulator.addTask({ name, instanceId, params: { public_ip_id: "eip-1" }, progress }).taskId;
  };
  story.instanceId = emulator.instanceId;
  taskIds.failing = add("bindInstancePublicIp", ["CREATED", "FAILED"]);
  taskIds.removed = add("extend", ["FAILED"], ofRemoved);
  taskIds.late = add("restart", ["EXECUTING"], ofLate);
  const limitedId = add("resize", ["EXECUTING"], ofLimited);
  const failing = { taskId: taskIds.failing, triggers: ["first"], follower: true };
  const late = { instanceId: ofLate, taskId: taskIds.late, timeoutSeconds: 2, follower: true };
  const declare = (tasks: Declared) => stack.setConfig("program:tasks", JSON.stringify(tasks));
  // Each resource is tried, although others fail.
  const failingUp = async (...args: string[]) => failed(await stack.up({ args: ["--continue-on-error", ...args] }));
  const looksAtFailing = () => emulator.requests().filter((request) => request.instanceId === story.instanceId).length;

  await declare({
    failing,
    removed: { instanceId: ofRemoved, taskId: taskIds.removed },
    late,
    limited: {
      instanceId: ofLimited,
      taskId: limitedId,
      timeoutSeconds: 1000,
      opts: { customTimeouts: { create: "1s", update: "2s" } },
    },
    named: { instanceId: ofNamed, name: "reassign", timeoutSeconds: 4 },
  });
  const sentForNamed = () => emulator.requests().filter(({ instanceId }) => instanceId === ofNamed);
  const up = failingUp();
  await until(() => sentForNamed().length > 0);
  const named = emulator.addTask({ name: "reassign", instanceId: ofNamed, visibleAfterSeconds: 2 });
  story.first = await up;
  story.secondsByName = (sentForNamed().at(-1)!.timeMs - sentForNamed()[0]!.timeMs) / 1000;
  emulator.setTaskProgress(named.taskId, [{ status: "SUCCESS" }]);
  story.looksOfFirst = looksAtFailing();
  story.failing.push(await resource("failing"));
  story.late.push(await resource("late"));
  story.second = await failingUp();
  story.looksOfSecond = looksAtFailing();

  emulator.removeTask(taskIds.removed);
  succeeded(await stack.refresh());
  story.failing.push(await resource("failing"));
  story.afterRefresh = await failingUp();
  story.removed.push(await resource("removed"));
  story.withRefresh = await failingUp("--refresh");
  const followed = () => [createdAtMs("after-failing"), createdAtMs("after-late")];
  story.followed.push(followed());

  story.newTaskId = add("bindInstancePublicIp", ["SUCCESS"]);
  emulator.setTaskProgress(taskIds.late, [{ status: "SUCCESS" }]);
  await declare({ failing: { taskId: story.newTaskId, triggers: ["second"], follower: true }, late });
  story.mended = succeeded(await stack.up());
  story.failing.push(await resource("failing"));
  story.late.push(await resource("late"));
  story.followed.push(followed());
  const sent = emulator.requests().length;
  story.again = succeeded(await stack.up());
  story.sentByLast = emulator
    .requests()
    .slice(sent)
    .map(({ path }) => path);
  succeeded(await stack.destroy());
}

beforeAll(() => inScenario({ files: declaredTasks }, tellStory));

describe("a task that failed", () => {
  it("fails this update and the next ones, also after a refresh, until a new task is waited for", () => {
    const { first, instanceId, taskIds } = story;
    const failure = `background task bindInstancePublicIp (id ${taskIds.failing}) of instance ${instanceId} ended with status FAILED (started 20`;
    expect(first).toContain(failure);
    expect(first).toContain('parameters {"public_ip_id":"eip-1"}');
    expect(first).not.toMatch(/^\s+at .*\(.*:\d+:\d+\)/m);
    expect(first.split(failure).length - 1).toBeLessThanOrEqual(2);
    for (const output of [story.second, story.afterRefresh, story.withRefresh]) {
      expect(output).toContain(failure);
    }
    expect(story.looksOfSecond).toBeGreaterThan(story.looksOfFirst);

    const [recorded, refreshed, mended] = story.failing;
    expect(recorded!.initErrors).toHaveLength(1);
    expect(refreshed!.initErrors).toBeUndefined();
    expect(mended!.outputs).toMatchObject({ taskId: story.newTaskId, status: "SUCCESS" });
    const [[before], [after]] = story.followed as [number[], number[]];
    expect(before).toBeUndefined();
    expect(after).toBeDefined();
  });

  it("stays failed when its record has become DELETED", () => {
    for (const output of [story.afterRefresh, story.withRefresh]) {
      expect(output).toMatch(new RegExp(`\\(id ${story.taskIds.removed}\\) of instance \\S+ ended with status FAILED`));
    }
    expect(story.removed).toMatchObject([{ outputs: { status: "FAILED" } }]);
  });

  it("is recorded with failOnError: false, and judged anew without a request when that changes", async () => {
    const files = program(`
      const failOnError = config.getBoolean("failOnError");
      const operation = new BackgroundTask("operation", { instanceId, taskId, failOnError });
      new Follower("follower", { after: operation.status });
      exports.status = operation.status;
    `);
    await inScenario({ files, config: { "program:failOnError": "false" } }, async (scenario) => {
      const { emulator, stack, createdAtMs } = scenario;
      const { taskId } = emulator.addTask({ name: "restart", progress: [{ status: "CANCELLED" }] });
      await stack.setConfig("program:taskId", taskId);

      succeeded(await stack.up());
      expect(await stack.outputs()).toEqual({ status: "CANCELLED" });
      expect(createdAtMs("follower")).toBeDefined();

      const sent = looksIn(scenario);
      await stack.setConfig("program:failOnError", "true");
      expect(failed(await stack.up())).toContain("ended with status CANCELLED");
      expect(looksIn(scenario)).toBe(sent);

      await stack.setConfig("program:failOnError", "false");
      succeeded(await stack.up());
      expect(looksIn(scenario)).toBe(sent);
    });
  });
});

describe("a task whose deadline passes", () => {
  it("keeps dependents uncreated, also after a refresh; the next update resumes and replaces nothing", () => {
    const { first, second, afterRefresh, withRefresh, taskIds } = story;
    const passed = new RegExp(
      `background task restart \\(id ${taskIds.late}\\) of instance .* has not ended after 2(\\.\\d)? s and \\d looks`,
    );
    for (const output of [first, second, afterRefresh, withRefresh]) {
      expect(output).toMatch(passed);
    }
    expect(first).toContain("its last status was EXECUTING");
    expect(first).toContain("Run the update again to resume");
    const [[, before], [, after]] = story.followed as [number[], number[]];
    expect(before).toBeUndefined();
    expect(after).toBeDefined();

    const [recorded, resumed] = story.late;
    expect(resumed).toMatchObject({ id: recorded!.id, outputs: { status: "SUCCESS" } });
    // What is replaced is the other task alone.
    expect(story.mended).toMatch(/1 replaced/);
    expect(story.mended.split("\n").filter((line) => /\blate\b.*replac/.test(line))).toEqual([]);
    expect(story.again).toMatch(/\d+ unchanged/);
    expect(story.sentByLast).toEqual([]);
  });

  it("can be changed by customTimeouts, which win over timeoutSeconds", () => {
    expect(story.first).toMatch(/background task resize .* has not ended after 1(\.\d)? s/);
    expect(story.second).toMatch(/background task resize .* has not ended after 2(\.\d)? s/);
  });

  it("is one for the search by name and for the wait", () => {
    expect(story.first).toMatch(/background task reassign \(id .* has not ended after [45](\.\d)? s/);
    // The search took two of the four; the rest of the time is what the engine needs from one resource to the next.
    expect(story.secondsByName).toBeGreaterThan(3.5);
    expect(story.secondsByName).toBeLessThan(5.5);
    expect(story.second).not.toContain("reassign (id");
  });

  it("resumes an update that was interrupted by a fault", async () => {
    const files = program(`new BackgroundTask("operation", { instanceId, taskId, timeoutSeconds: 3 });`);
    await inScenario({ files }, async ({ emulator, stack }) => {
      const { taskId } = emulator.addTask({ name: "restart", progress: [{ status: "SUCCESS" }] });
      await stack.setConfig("program:taskId", taskId);
      for (const route of ["listTasks", "showTask"] as const) {
        emulator.replyNext({ route, times: 1000, status: 503 });
      }

      const output = failed(await stack.up());
      expect(output).toMatch(/it never appeared \(. of the last . requests: HTTP 503\), and the last request failed/);

      emulator.reset();
      emulator.addTask({ name: "restart", id: taskId, progress: [{ status: "SUCCESS" }] });
      succeeded(await stack.up());
    });
  });
});
