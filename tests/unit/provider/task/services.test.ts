import { type Emulator, type Engine, type NewTask, startEmulator } from "../../../../emulator";
import { waitUntilQuiet } from "../../../../provider/wait/barrier";
import { systemClock } from "../../../../provider/clock/clock";
import { identityFor } from "../../../../provider/identity/identities";
import { TaskFailedError, TaskNotFoundError } from "../../../../provider/task/errors";
import { findTask } from "../../../../provider/wait/search";
import { readSettings } from "../../../../provider/settings/settings";
import { instanceViewWith } from "../../../../provider/service/instanceView";
import { listTasksWith } from "../../../../provider/service/taskList";
import { lookWith } from "../../../../provider/service/taskLook";
import { throwIfFailed } from "../../../../provider/task/verdict";
import { resultOf } from "../../../../provider/wait/outcome";
import { waitForTask } from "../../../../provider/wait/waiter";

// The same waits of all the services, each through the real client against the emulator, which serves them as
// differently as they are.

const pace = { wait: true, timeoutMs: 20_000, appearTimeoutMs: 300, minDelayMs: 10, maxDelayMs: 20 };
const overLooks = (status: string) => [
  { status: "CREATED" },
  { status: "EXECUTING", afterLooks: 1 },
  { status, afterLooks: 3 },
];

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

describe.each<[Engine, string]>([
  ["kafka", "start"],
  ["rabbitmq", "start"],
  ["rocketmq", "start"],
  ["dcs", "offset"],
])("a task of %s", (service, paging) => {
  let instanceId: string;
  const add = (task: Partial<NewTask>) => emulator.addTask({ name: "restart", instanceId, ...task }).taskId;
  let nowMs: number;
  const ageMs = (ms: number) => new Date(nowMs - ms).toISOString();
  const identity = () => identityFor(readSettings({ endpoint: emulator.url }, () => undefined, emulator.env));
  const waitFor = async (taskId: string) => {
    const showTask = lookWith(identity(), service);
    return resultOf(
      await waitForTask({ showTask, subject: { instanceId, taskId }, options: pace, clock: systemClock }),
    );
  };
  beforeEach(() => {
    instanceId = emulator.addInstance({ engine: service });
    nowMs = emulator.now();
  });

  it("is waited for by its id", async () => {
    const taskId = add({ progress: overLooks("SUCCESS") });
    await expect(waitFor(taskId)).resolves.toMatchObject({ taskId, service, name: "restart", status: "SUCCESS" });
    // DCS has no call for one task.
    expect(Object.keys(emulator.counts())).not.toContain(service === "dcs" ? "showTask" : "showJob");
    expect(Object.keys(emulator.counts())).not.toContain("unknown");
  });

  it("that failed says why, where the service does", async () => {
    const taskId = add({
      progress: overLooks("FAILED"),
      ...(service === "dcs" && { failReason: "no capacity left in eu-de-01" }),
    });
    const task = await waitFor(taskId);
    const { message } = new TaskFailedError(task);
    expect(() => throwIfFailed(task, { failOnError: true }, "resource by id")).toThrow(message);
    expect(message).toContain(
      `background task restart (id ${taskId}) of instance ${instanceId} ended with status FAIL`,
    );
    expect(message).toContain(service === "dcs" ? ": no capacity left in eu-de-01." : "The service records no reason");
  });

  it("that is not there is not found", async () => {
    await expect(waitFor("0".repeat(32))).rejects.toThrow(TaskNotFoundError);
  });

  it("is found by its name behind two pages of others, and waited for", async () => {
    add({ createdAt: ageMs(600_000), progress: [{ status: "SUCCESS" }] });
    const taskId = add({ createdAt: ageMs(60_000), progress: overLooks("SUCCESS") });
    Array.from({ length: 250 }, (_, i) =>
      add({ name: "other", createdAt: ageMs(50_000 - i), progress: [{ status: "SUCCESS" }] }),
    );
    const atMs = nowMs - 61_000;
    const listTasks = listTasksWith(identity(), service);
    const subject = { instanceId, name: "restart" };
    const start = { at: { leastMs: atMs, greatestMs: atMs } };
    const { task } = resultOf(await findTask({ listTasks, subject, start, options: pace, clock: systemClock }));
    expect(task).toMatchObject({ taskId, service });
    expect(emulator.counts()["listTasks"]).toBe(3);
    await expect(waitFor(task.taskId)).resolves.toMatchObject({ taskId, status: "SUCCESS" });
  });

  it("is waited for by a barrier with all others of its instance", async () => {
    const [first, second] = [add({ progress: overLooks("SUCCESS") }), add({ progress: overLooks("FAILED") })];
    add({ createdAt: ageMs(5000), progress: [{ status: "FAILED" }] });
    emulator.addTask({ name: "of another instance" });
    const view = instanceViewWith(identity(), service);
    const options = { ...pace, quietMs: 50, untilRunning: true, failOnError: false, expect: [] };
    const { tasks } = resultOf(await waitUntilQuiet({ view, instanceId, filter: {}, options, clock: systemClock }));
    expect(tasks.map(({ taskId, status }) => [taskId, status]).sort()).toEqual(
      [
        [first, "SUCCESS"],
        [second, "FAILED"],
      ].sort(),
    );
  });

  it("is one of 1,000 that are listed in 10 requests of 100, and nothing else is sent", async () => {
    const ids = Array.from({ length: 1000 }, (_, i) =>
      add({ createdAt: ageMs(1000 + i), progress: [{ status: "SUCCESS" }] }),
    );
    const reader = identity();
    const { tasks } = await listTasksWith(reader, service)({ instanceId }, (request) => request({ timeoutMs: 10_000 }));
    expect(tasks.map(({ taskId }) => taskId)).toEqual(ids);
    const { listTasks, createToken, ...others } = emulator.counts();
    expect([listTasks, createToken, others]).toEqual([10, 1, {}]);
    const queries = emulator.requests().flatMap(({ route, query }) => (route === "listTasks" ? [query] : []));
    expect(queries[1]).toMatchObject({ [paging]: paging === "start" ? "101" : "100", limit: "100" });
  });
});
