import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { compare } from "../../../cli/comparison/comparison";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../../emulator";
import { identityFor } from "../../../provider/identity/identities";
import { readSettings } from "../../../provider/settings/settings";
import type { ServiceName } from "../../../provider/task/services";

let emulator: Emulator;
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "comparison-"));
});
afterEach(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true, force: true });
});

const secondsAgo = (seconds: number) => new Date(Date.now() - seconds * 1000).toISOString();

async function start(options: EmulatorOptions = {}): Promise<void> {
  emulator = await startEmulator(options);
  for (const seconds of [60, 30]) {
    emulator.addTask({ name: "restart", createdAt: secondsAgo(seconds), progress: [{ status: "SUCCESS" }] });
  }
}

async function compared(instanceId = emulator.instanceId, service: ServiceName = "kafka") {
  const env = { ...emulator.env, HOME: folder };
  const settings = readSettings({}, undefined, env, { cwd: folder, home: folder });
  const questions = { settings, service, identity: identityFor(settings), bounds: { timeoutMs: 10_000 } };
  const file = path.join(folder, "replies.json");
  const findings = await compare(instanceId, questions, file);
  const byTopic = Object.fromEntries(
    findings.map(({ topic, state, text }) => [topic.replace("assumed: ", ""), { state, text }]),
  );
  return { byTopic, file: readFileSync(file, "utf8") };
}

/** The list as it is, with a change. */
function changeList(change: (tasks: { [field: string]: unknown }[]) => void) {
  const tasks = emulator.tasks().map(({ taskId, name, status, createdAt }) => ({
    id: taskId,
    name,
    status,
    created_at: createdAt,
    updated_at: createdAt,
  }));
  tasks.sort((a, b) => Date.parse(b.created_at) - Date.parse(a.created_at));
  change(tasks);
  const body = { task_count: String(tasks.length), tasks };
  emulator.replyNext({ route: "listTasks", status: 200, body });
}

describe("a comparison", () => {
  it("says of the emulator that all is as assumed", async () => {
    await start();
    const { byTopic } = await compared();
    expect(Object.values(byTopic).map(({ state }) => state)).toEqual(Array(9).fill("ok"));
  });

  it.each<[ServiceName, string[]]>([
    ["rabbitmq", []],
    ["rocketmq", []],
    ["dcs", ["look by id"]],
  ])("says the same of an instance of %s, and what its service does not have", async (service, notHad) => {
    await start();
    const instanceId = emulator.addInstance({ engine: service });
    for (const seconds of [60, 30]) {
      const progress = [{ status: "SUCCESS" }];
      emulator.addTask({ instanceId, name: "restart", createdAt: secondsAgo(seconds), progress });
    }
    const { byTopic } = await compared(instanceId, service);
    const odd = Object.entries(byTopic).filter(([, { state }]) => state !== "ok");
    expect(odd.map(([topic, { state }]) => [topic, state])).toEqual(notHad.map((topic) => [topic, "not checked"]));
  });

  it("says of an instance without tasks what it does not show", async () => {
    await start();
    const { byTopic } = await compared(emulator.addInstance({}));
    expect(byTopic).toMatchObject({
      paging: { state: "not checked" },
      order: { state: "not checked" },
      "look by id": { state: "not checked" },
      "unknown task": { state: "ok" },
    });
  });

  it.each<[string, EmulatorOptions, string]>([
    ["paging", { listPaging: "offset" }, "by offset, not by start: each first list takes one more request"],
    ["paging", { listPaging: "none" }, "neither by start nor by offset"],
    ["count", { taskCount: "missing" }, "task_count is missing"],
  ])("tells that %s differs with %j", async (topic, options, text) => {
    await start(options);
    const { byTopic } = await compared();
    expect(byTopic[topic]).toEqual({ state: "fault", text });
  });

  it.each<[string, () => void, string | RegExp]>([
    [
      "unknown task",
      () => emulator.replyNext({ route: "showTask", status: 403, code: "DMS.00403002" }),
      /^HTTP 403, DMS\.00403002/,
    ],
    ["order", () => changeList((tasks) => tasks.reverse()), "not the newest first"],
    [
      "zones",
      () => changeList(([task]) => (task!["created_at"] = "2026-01-31 08:00:00")),
      /^a time is "2026-01-31 08:00:00"/,
    ],
    ["statuses", () => changeList(([task]) => (task!["status"] = "Finished")), 'unknown: "Finished"'],
    [
      "clock",
      () => changeList(([task]) => (task!["updated_at"] = new Date(Date.now() + 3_600_000).toISOString())),
      /^a task's time is (3599|3600|3601) s later than the Date header$/,
    ],
  ])("tells that %s differs", async (topic, plan, text) => {
    await start();
    plan();
    const { byTopic } = await compared();
    expect(byTopic[topic]!.state).toBe("fault");
    expect(byTopic[topic]!.text).toMatch(text);
  });

  it("tells that a look by id shows another task", async () => {
    await start();
    const [other] = emulator.tasks();
    emulator.replyNext({ route: "showTask", status: 200, body: { task_count: "0", tasks: [] } }); // of the unknown task
    emulator.replyNext({ route: "showTask", status: 200, body: { task_count: "1", tasks: [{ id: other!.taskId }] } });
    const { byTopic } = await compared();
    expect(byTopic["look by id"]).toEqual({ state: "fault", text: "not the task that is listed" });
  });

  it("tells that a window leaves out what began later", async () => {
    await start();
    const empty = { task_count: "0", tasks: [] };
    // The first list, two pages of one task, then the window.
    emulator.replyNext({ route: "listTasks", delaySeconds: 0 });
    emulator.replyNext({ route: "listTasks", delaySeconds: 0 });
    emulator.replyNext({ route: "listTasks", delaySeconds: 0 });
    emulator.replyNext({ route: "listTasks", status: 200, body: empty });
    const { byTopic } = await compared();
    expect(byTopic["window"]).toEqual({ state: "fault", text: "begin_time leaves out what began later" });
  });

  it("says that a list with something else than records is none, and writes what is there", async () => {
    await start();
    emulator.replyNext({ route: "listTasks", status: 200, body: { task_count: "1", tasks: [null] } });
    const { byTopic, file } = await compared();
    expect(byTopic).toEqual({
      comparison: { state: "fault", text: "the list of tasks is no list of records: HTTP 200" },
    });
    expect(file).toContain('"tasks": [\n          null');
  });

  it("masks secrets that the service echoes where words of its own are kept", async () => {
    await start();
    const echo = emulator.password;
    changeList(([task]) => Object.assign(task!, { status: echo, [`x${echo}`]: 1 }));
    const { file } = await compared();
    expect(file).toContain('"status": "***"');
    expect(file).not.toContain(echo);
  });

  it("writes the replies without anything of the user's", async () => {
    await start();
    const { file } = await compared();
    const { projectId, instanceId, userId, username } = emulator;
    for (const own of [projectId, instanceId, userId, username, ...emulator.tasks().map(({ taskId }) => taskId)]) {
      expect(file).not.toContain(own);
    }
    expect(file).toContain('"created_at": "20');
    expect(file).toContain("GET /v2/id-1/instances/id-2/tasks?start=1&limit=10");
  });
});
