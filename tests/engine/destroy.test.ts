import type { RequestRecord } from "../../emulator";
import { type Declared, declaredTasks } from "./declaredTasks";
import { removePackage } from "./removedPackage";
import { failed, inScenario, program, type Scenario, succeeded } from "./scenario";

type Recorded = Awaited<ReturnType<Scenario["resource"]>>;
type Case = [what: string, name: string, progress: string[], isGood: boolean];

const tasks: Case[] = [
  ["that succeeded", "succeeded", ["SUCCESS"], true],
  ["that failed", "failed", ["FAILED"], false],
  ["that is still in progress", "running", ["EXECUTING"], false],
  ["of an unknown status", "paused", ["PAUSED"], false],
  ["whose record is to be deleted", "deleting", ["SUCCESS"], true],
];
const barriers: Case[] = [
  ["ended well", "quiet", ["EXECUTING", "SUCCESS"], true],
  ["saw a failure", "saw-failure", ["EXECUTING", "FAILED"], false],
  ["timed out", "timed-out", ["EXECUTING"], false],
];

/** One update of all cases, a second one, and the stack's end. */
const seen = {
  output: "",
  first: {} as Record<string, Recorded>,
  second: {} as Record<string, Recorded>,
  sentByRefresh: [] as RequestRecord[],
  sentAfterRemoval: [] as RequestRecord[],
  left: undefined as unknown,
};

beforeAll(async () => {
  await inScenario({ files: declaredTasks }, async ({ emulator, stack }) => {
    const add = (words: string[], instanceId?: string) => {
      const progress = words.map((status, i) => ({ status, afterLooks: i }));
      return emulator.addTask({ name: "restart", instanceId, progress }).taskId;
    };
    const declared: { tasks: Declared; barriers: Declared } = { tasks: {}, barriers: {} };
    for (const [, name, progress] of tasks) {
      declared.tasks[name] = {
        taskId: add(progress),
        timeoutSeconds: 2,
        deleteRecord: name === "deleting",
        follower: true,
      };
    }
    for (const [, name, progress] of barriers) {
      const instanceId = emulator.addInstance();
      declared.barriers[name] = { instanceId, timeoutSeconds: 3, quietSeconds: 0.5, follower: true };
      add(progress, instanceId);
    }
    await stack.setConfig("program:tasks", JSON.stringify(declared.tasks));
    await stack.setConfig("program:barriers", JSON.stringify(declared.barriers));
    const recorded = async () => {
      const { resources = [] } = (await stack.exportState()).deployment;
      return Object.fromEntries(resources.map((resource) => [resource.urn.split("::").at(-1)!, resource]));
    };
    const sentBy = async (steps: () => Promise<void>) => {
      const sent = emulator.requests().length;
      await steps();
      return emulator.requests().slice(sent);
    };

    // Each resource is tried, although others fail.
    seen.output = failed(await stack.up({ args: ["--continue-on-error"] }));
    seen.first = await recorded();
    seen.sentByRefresh = await sentBy(async () => void succeeded(await stack.refresh()));
    failed(await stack.up({ args: ["--continue-on-error"] }));
    seen.second = await recorded();

    await removePackage(stack);
    seen.sentAfterRemoval = await sentBy(async () => {
      succeeded(await stack.refresh());
      succeeded(await stack.destroy());
    });
    seen.left = (await stack.exportState()).deployment.resources ?? [];
  });
});

function expectOutcome(name: string, isGood: boolean): void {
  for (const recorded of [seen.first, seen.second]) {
    expect([name, recorded[name]?.initErrors?.length ?? 0]).toEqual([name, isGood ? 0 : 1]);
    expect([name, recorded[`after-${name}`] !== undefined]).toEqual([name, isGood]);
  }
  expect(seen.left).toEqual([]);
}

describe("a stack can be destroyed, after a refresh too, and although the package was removed, with a task", () => {
  it.each(tasks)("%s", (_what, name, _progress, isGood) => {
    expectOutcome(name, isGood);
    // Not even the deletion of a record, for which the package would be needed.
    expect(seen.sentAfterRemoval).toEqual([]);
  });

  it("of an unknown status, which the update names", () => {
    expect(seen.output).toContain("the unknown status PAUSED: still waiting");
    expect(seen.output).toContain("its last status was PAUSED, which is unknown");
  });
});

describe("a stack can be destroyed, after a refresh too, and although the package was removed, with a barrier", () => {
  it.each(barriers)("that %s", (_what, name, _progress, isGood) => {
    expectOutcome(name, isGood);
    const { instanceId } = seen.first[name]!.inputs!;
    expect(seen.sentByRefresh.filter((request) => request.instanceId === instanceId)).toEqual([]);
    expect(seen.sentAfterRemoval).toEqual([]);
  });
});

describe("a stack can be destroyed with a task", () => {
  it("that could not be waited for, since the settings are missing", async () => {
    const files = program(`new BackgroundTask("operation", { instanceId, taskId });`);
    await inScenario({ files, env: { OS_PASSWORD: "" } }, async ({ emulator, stack }) => {
      await stack.setConfig("program:taskId", emulator.taskId);
      expect(failed(await stack.up())).toContain("the credentials are incomplete: password is not set");
      expect(emulator.requests()).toEqual([]);
      succeeded(await stack.up({ env: emulator.env }));
      succeeded(await stack.destroy());
    });
  });
});
