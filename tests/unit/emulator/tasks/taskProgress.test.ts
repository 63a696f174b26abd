import { instancePath, logIn } from "../logIn";
import type { FetchJson } from "../logIn";
import { START_MS, useEmulator } from "../runningEmulator";

const { emulator, pass } = useEmulator();
let fetchJson: FetchJson;
beforeEach(async () => {
  ({ fetchJson } = await logIn(emulator()));
});

async function look(taskId: string): Promise<string | undefined> {
  const { body } = await fetchJson("GET", `${instancePath(emulator())}/tasks/${taskId}`);
  return (body as { tasks: { status: string }[] }).tasks[0]?.status;
}

test("by seconds: each status from its time on, to the millisecond", async () => {
  const progress = [
    { status: "CREATED" },
    { status: "EXECUTING", afterSeconds: 1 },
    { status: "SUCCESS", afterSeconds: 2.5 },
  ];
  const { taskId } = emulator().addTask({ name: "restart", progress });
  const seen = [await look(taskId)];
  for (const seconds of [0.999, 0.001, 1.499, 0.001]) {
    pass(seconds);
    seen.push(await look(taskId));
  }
  expect(seen).toEqual(["CREATED", "CREATED", "EXECUTING", "EXECUTING", "SUCCESS"]);
});

test("by looks: shown or listed, and only a look after n of them sees the next status", async () => {
  const progress = [{ status: "CREATED" }, { status: "EXECUTING", afterLooks: 2 }, { status: "FAILED", afterLooks: 3 }];
  const { taskId } = emulator().addTask({ name: "restart", progress });
  expect(await look(taskId)).toBe("CREATED");
  await fetchJson("GET", `${instancePath(emulator())}/tasks?limit=1`);
  expect(await look(taskId)).toBe("EXECUTING");
  expect(await look(taskId)).toBe("FAILED");
  expect(emulator().tasks()).toContainEqual(expect.objectContaining({ taskId, looks: 4 }));
});

test("by both: the later of the two", async () => {
  const progress = [{ status: "CREATED" }, { status: "SUCCESS", afterSeconds: 1, afterLooks: 1 }];
  const { taskId } = emulator().addTask({ name: "restart", progress });
  pass(5);
  expect(await look(taskId)).toBe("CREATED");
  expect(await look(taskId)).toBe("SUCCESS");
});

test("a step is not reached before the one ahead of it", async () => {
  const progress = [
    { status: "CREATED" },
    { status: "EXECUTING", afterSeconds: 9 },
    { status: "SUCCESS", afterSeconds: 1 },
  ];
  const { taskId } = emulator().addTask({ name: "restart", progress });
  pass(8);
  expect(await look(taskId)).toBe("CREATED");
  pass(1);
  expect(await look(taskId)).toBe("SUCCESS");
});

test("without a progress a task runs for ever; a first step that needs time is preceded by EXECUTING", async () => {
  const endless = emulator().addTask({ name: "restart" }).taskId;
  const late = emulator().addTask({ name: "restart", progress: [{ status: "SUCCESS", afterSeconds: 1 }] }).taskId;
  expect([await look(endless), await look(late)]).toEqual(["EXECUTING", "EXECUTING"]);
  pass(3600);
  expect([await look(endless), await look(late)]).toEqual(["EXECUTING", "SUCCESS"]);
});

test.each(["success", "", "DELETED", "CANCELLED", "PAUSED"])("the status %j is served as it is", async (status) => {
  expect(await look(emulator().addTask({ name: "restart", progress: [{ status }] }).taskId)).toBe(status);
});

test("the time of each change is known, though nobody looked", () => {
  const progress = [{ status: "EXECUTING" }, { status: "SUCCESS", afterSeconds: 3 }];
  const { taskId, instanceId } = emulator().addTask({ name: "restart", progress });
  pass(100);
  const shared = { taskId, instanceId, name: "restart" };
  expect(emulator().events().filter((event) => event.taskId === taskId)).toEqual([
    { ...shared, timeMs: START_MS, kind: "taskCreated", status: "", terminal: false },
    { ...shared, timeMs: START_MS, kind: "taskStatus", status: "EXECUTING", terminal: false },
    { ...shared, timeMs: START_MS + 3000, kind: "taskStatus", status: "SUCCESS", terminal: true },
  ]); // prettier-ignore
});

test("a running task can be given another progress, counted from its own start", async () => {
  const { taskId } = emulator().addTask({ name: "restart" });
  pass(60);
  emulator().setTaskProgress(taskId, [{ status: "SUCCESS", afterSeconds: 61 }]);
  expect(await look(taskId)).toBe("EXECUTING");
  pass(1);
  expect(await look(taskId)).toBe("SUCCESS");
  expect(() => emulator().setTaskProgress("0".repeat(32), [])).toThrow(/no task/);
});
