import { setTimeout as pause } from "node:timers/promises";
import type { Emulator, EmulatorOptions, NewTask } from "../../emulator";
import type { ExportedResource } from "../../engine/stackFiles";
import type { CommandResult } from "../../engine/runningCommand";
import { failed, inScenario, program, type Scenario, succeeded } from "./scenario";

// Two stacks with every kind of resource, whose states an older version wrote. In the settled one nothing is left to do; in
// the other, each resource but one failed or has to be resumed. All ids are fixed, so that a recorded state fits a new
// emulator.

export type StackName = "settled" | "unsettled";
export type RecordedStacks = Record<StackName, ExportedResource[]>;

/** The barrier's class and type now, and in the recorded states. */
export const barrier = "QuietInstance";
export const olderBarrier = "BackgroundTasks";

const projectId = "5a1e0c7d93b64f28b0d7f6e4a2c81935";
const instanceId = "3f1c8a52-7d04-4e6b-9b1f-2a6d0c4e8f73";
const quietInstanceId = "a4e5c5ea-84ff-4957-b1b0-d7c6852f1c8d";
const busyInstanceId = "c07d9b1e-52f3-4a86-8e4d-6b1f0a3c9d27";
const cacheInstanceId = "e61b4f90-3a7c-4d25-9f08-1c5d7e2b8a46";
const createdAt = "2026-01-31T08:00:00.000Z";

/** The tasks' ids. */
export const ids = {
  succeeded: "129c7c0763608c1e565190f196a4c316",
  detailed: "4f0d2b7be5a1493c8e6f7d10c2a9b835",
  tolerated: "d0624502573d0d9f8d6d70045c8c7586",
  deleting: "6e93a1c45d0f4b7288c1e2f7b3a59d04",
  cached: "0b8c6d5e4f3a42918d7c6b5a4f3e2d1c",
  notCached: "d7c8b9a0f1e24d3c9b8a7f6e5d4c3b2a",
  named: "8abfa7b272adc5b40172b73130065ae7",
  started: "91d5e07f3c2b4a68b0f1d9e8c7a6b543",
  restarted: "85c741e37227acd12e66536cd7f4c3d4",
  notRestarted: "2c9e8f7a6b5d4c3e9f1a0b8c7d6e5f42",
  failed: "f3b2a1908d7e4c65b4a3928170f6e5d4",
  failedDeleting: "a7d6c5b4e3f24a1098b7c6d5e4f3a2b1",
  pending: "7bb639ea7432c14dae4156e1575cb889",
  appeared: "1f2e3d4c5b6a4978a0b1c2d3e4f50617",
  looked: "3e4d5c6b7a8f49e0d1c2b3a4f5e6d7c8",
  late: "5d6e7f8091a24b3c8d4e5f60718293a4",
  busy: "c4b5a6978f0e4d3c2b1a09f8e7d6c5b4",
};

/** A task that is the same in the run that is recorded and in each test. */
export const task = (key: keyof typeof ids, name: string, status: string, others: Partial<NewTask> = {}): NewTask => {
  const progress = [{ status: "EXECUTING" }, ...(status === "EXECUTING" ? [] : [{ status, afterSeconds: 4.986 }])];
  return { id: ids[key], name, params: { of: key }, createdAt, progress, ...others };
};

const programOf = (body: string) =>
  program(`
const { ${olderBarrier}: OlderBarrier, ${barrier}: Barrier = OlderBarrier } = require("pulumi-otc-background-task");
const ids = ${JSON.stringify(ids)};
const createdAfter = "${createdAt}";
${body}`);

const stacks: Record<StackName, { files: Record<string, string>; emulator: EmulatorOptions }> = {
  settled: {
    files: programOf(`
new BackgroundTask("succeeded", { instanceId, taskId: ids.succeeded });
new BackgroundTask("detailed", {
  instanceId, taskId: ids.detailed, service: "kafka", projectId: "${projectId}", region: "eu-de",
  wait: true, failOnError: true, timeoutSeconds: 600, appearTimeoutSeconds: 30, minDelaySeconds: 0.5, maxDelaySeconds: 60,
  triggers: ["first", { deep: [2] }],
}, { customTimeouts: { create: "10m", update: "1h30m" } });
new BackgroundTask("tolerated", { instanceId, taskId: ids.tolerated, failOnError: false });
new BackgroundTask("deleting", { instanceId, taskId: ids.deleting, deleteRecord: true });
new BackgroundTask("cached", { instanceId: "${cacheInstanceId}", taskId: ids.cached, service: "dcs" });
new BackgroundTask("notCached", { instanceId: "${cacheInstanceId}", taskId: ids.notCached, service: "dcs", failOnError: false });
new BackgroundTask("named", { instanceId, name: "bindInstancePublicIp", createdAfter, triggers: [1] });
new BackgroundTask("started", { instanceId, name: "extendInstance" });
const quiet = { instanceId: "${quietInstanceId}", quietSeconds: 0 };
new Barrier("quiet", quiet);
new Barrier("quietAfterRestart", { ...quiet, name: "restart", expect: ["restart"], createdAfter, triggers: [1] });
new Barrier("quietAfterFailure", { ...quiet, expect: ["failedRestart"], createdAfter, failOnError: false });
`),
    emulator: {
      account: { projectId },
      instanceId,
      instances: [{ instanceId: quietInstanceId }, { instanceId: cacheInstanceId, engine: "dcs" }],
      tasks: [
        task("succeeded", "reassignPartitions", "SUCCESS"),
        task("detailed", "kafkaConfigModify", "SUCCESS"),
        task("tolerated", "restart", "FAILED"),
        task("deleting", "restart", "SUCCESS"),
        task("cached", "BindEip", "SUCCESS", { instanceId: cacheInstanceId }),
        task("notCached", "UnBindEip", "FAILED", { instanceId: cacheInstanceId }),
        task("named", "bindInstancePublicIp", "SUCCESS"),
        task("restarted", "restart", "SUCCESS", { instanceId: quietInstanceId }),
        task("notRestarted", "failedRestart", "FAILED", { instanceId: quietInstanceId }),
      ],
    },
  },
  unsettled: {
    files: programOf(`
new BackgroundTask("failed", { instanceId, taskId: ids.failed });
new BackgroundTask("failedDeleting", { instanceId, taskId: ids.failedDeleting, deleteRecord: true });
new BackgroundTask("pending", { instanceId, taskId: ids.pending, timeoutSeconds: 5 });
new BackgroundTask("looked", { instanceId, taskId: ids.looked, wait: false });
new BackgroundTask("appeared", { instanceId, taskId: ids.appeared, appearTimeoutSeconds: 1 });
new BackgroundTask("missing", { instanceId, name: "never", appearTimeoutSeconds: 1 });
new BackgroundTask("late", { instanceId, name: "extendInstance", appearTimeoutSeconds: 1 });
new Barrier("barrierOfFailed", { instanceId: "${quietInstanceId}", quietSeconds: 0, expect: ["restart"], createdAfter });
new Barrier("barrierOfPending", { instanceId: "${busyInstanceId}", quietSeconds: 0, timeoutSeconds: 5 });
`),
    emulator: {
      account: { projectId },
      instanceId,
      instances: [{ instanceId: quietInstanceId }, { instanceId: busyInstanceId }],
      tasks: [
        task("failed", "restart", "FAILED"),
        task("failedDeleting", "restart", "CANCELLED"),
        task("pending", "reassignPartitions", "EXECUTING"),
        task("looked", "kafkaConfigModify", "EXECUTING"),
        task("restarted", "restart", "FAILED", { instanceId: quietInstanceId }),
        task("busy", "restart", "EXECUTING", { instanceId: busyInstanceId }),
      ],
    },
  },
};

/** What both stacks hold after an update with the package as it is. */
export async function recordStacks(): Promise<RecordedStacks> {
  return { settled: await recorded("settled", succeeded), unsettled: await recorded("unsettled", failed) };
}

async function recorded(name: StackName, ends: (result: CommandResult) => string): Promise<ExportedResource[]> {
  let resources: ExportedResource[] = [];
  await inScenario(stacks[name], async ({ emulator, stack }) => {
    const up = stack.up({ args: ["--continue-on-error"] });
    if (name === "settled") await startDuringUpdate(emulator);
    ends(await up);
    ({ resources = [] } = (await stack.exportState()).deployment);
  });
  return resources.map(withoutRun);
}

/** Starts the task that the program names without a `createdAfter`: only one that starts after the update counts. */
async function startDuringUpdate(emulator: Emulator): Promise<void> {
  while (!emulator.counts()["listTasks"]) {
    await pause(20);
  }
  emulator.addTask(task("started", "extendInstance", "SUCCESS", { createdAt: new Date(emulator.now()).toISOString() }));
}

/** Without what the engine notes about the run and the machine. */
function withoutRun(resource: ExportedResource): ExportedResource {
  const ofRun = ["created", "modified", "sourcePosition", "stackTrace"];
  return Object.fromEntries(
    Object.entries(resource).filter(([key]) => !ofRun.includes(key)),
  ) as unknown as ExportedResource;
}

/** Runs a test on a stack with recorded resources, and with an emulator that has their tasks. */
export async function inRecordedStack(
  name: StackName,
  resources: ExportedResource[],
  test: (scenario: Scenario) => Promise<void>,
): Promise<void> {
  await inScenario(stacks[name], async (scenario) => {
    await scenario.stack.editState((state) => ({ ...state, deployment: { ...state.deployment, resources } }));
    await test(scenario);
  });
}

/** The requests except logins, each as its route and the id of the task in its path. */
export function sentTo(emulator: Emulator): string[] {
  const requests = emulator.requests().filter(({ route }) => route !== "createToken");
  return requests.map(({ route, path }) => [route, /\/tasks\/(\w+)$/.exec(path)?.[1]].join(" ").trim());
}

/** A search has the name of the task that it is for: only with its type is a name unique. */
export function titleOf({ urn }: { urn: string }): string {
  return urn.replace(/^.*:(\w+)::/, "$1 ");
}

export function byTitle(resources: ExportedResource[]): Record<string, ExportedResource> {
  return Object.fromEntries(resources.map((resource) => [titleOf(resource), resource]));
}

/** What an update makes of the stack `unsettled`: the failures stay failures, and the waits that can end now have ended. */
export function expectResumed(resources: ExportedResource[]): void {
  const failures = resources.filter(({ initErrors }) => initErrors).map(titleOf);
  expect(new Set(failures)).toEqual(
    new Set([
      "BackgroundTask failed",
      "BackgroundTask failedDeleting",
      "BackgroundTaskSearch missing",
      `${barrier} barrierOfFailed`,
    ]),
  );
  const after = byTitle(resources);
  for (const name of ["pending", "appeared", "late"] as const) {
    expect(after[`BackgroundTask ${name}`]!.outputs).toMatchObject({ taskId: ids[name], status: "SUCCESS" });
  }
}
