import { instancePath, logIn } from "../logIn";
import { START_MS, useEmulator } from "../runningEmulator";

interface TasksBody {
  task_count: string;
  tasks: { id: string; status: string }[];
}

const { emulator, pass } = useEmulator();

async function getTasks(rest: string): Promise<TasksBody> {
  const { fetchJson } = await logIn(emulator());
  return (await fetchJson("GET", `${instancePath(emulator())}/tasks${rest}`)).body as TasksBody;
}

async function listedIds(query: string): Promise<string[]> {
  return (await getTasks(query)).tasks.map(({ id }) => id);
}

function addTaskStarted(secondsAgo: number): string {
  const createdAt = new Date(START_MS - secondsAgo * 1000).toISOString();
  return emulator().addTask({ name: "restart", createdAt }).taskId;
}

test("the task that exists from the start has the documented fields and types, and has ended", async () => {
  expect(await getTasks(`/${emulator().taskId}`)).toEqual({
    task_count: "1",
    tasks: [
      {
        id: emulator().taskId,
        name: "changeRetentionPolicy",
        user_name: "paas_dms",
        user_id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        params: '{"new_retention_policy":"produce_reject","origin_retention_policy":"time_base"}',
        status: "SUCCESS",
        created_at: "2026-01-02T02:04:05.678Z",
        updated_at: "2026-01-02T02:04:10.664Z",
      },
    ],
  });
});

test("a running task was updated just after its start, as in the documented sample", async () => {
  const { taskId } = emulator().addTask({ name: "restart" });
  pass(60);
  expect((await getTasks(`/${taskId}`)).tasks[0]).toMatchObject({
    status: "EXECUTING",
    created_at: "2026-01-02T03:04:05.678Z",
    updated_at: "2026-01-02T03:04:05.697Z",
  });
});

test("ids of both shapes are shown and listed", async () => {
  const ids = ["8abfa7b2-72ad-c5b4-0172-b73130065ae7", "8abfa7b272adc5b40172b73130065ae8"];
  for (const id of ids) {
    emulator().addTask({ name: "restart", id });
    expect((await getTasks(`/${id}`)).tasks.map((task) => task.id)).toEqual([id]);
  }
  expect((await listedIds("?limit=2")).sort()).toEqual(ids);
});

test("the list is newest first, ten on a page, and its count is that of all", async () => {
  const ids = [30, 20, 10, 25, 15, 5, 8, 7, 6, 4, 3, 2].map((age) => [age, addTaskStarted(age)] as const);
  const newestFirst = [...ids.sort(([a], [b]) => a - b).map(([, id]) => id), emulator().taskId];
  expect(await listedIds("")).toEqual(newestFirst.slice(0, 10));
  expect((await getTasks("")).task_count).toBe("13");
  expect(await listedIds("?start=11")).toEqual(newestFirst.slice(10));
  expect(await listedIds("?start=2&limit=3")).toEqual(newestFirst.slice(1, 4));
  expect(await listedIds("?start=13&limit=100")).toEqual(newestFirst.slice(12));
  expect(await getTasks("?start=14")).toEqual({ task_count: "13", tasks: [] });
});

test("of two tasks of one instant the one that was put in later is first", async () => {
  const first = addTaskStarted(0);
  const second = addTaskStarted(0);
  expect(await listedIds("?limit=2")).toEqual([second, first]);
});

test("tasks of another instance are not listed, nor shown", async () => {
  const instanceId = emulator().addInstance();
  const { taskId } = emulator().addTask({ name: "restart", instanceId });
  expect(await listedIds("")).toEqual([emulator().taskId]);
  expect(await getTasks(`/${taskId}`)).toEqual({ task_count: "0", tasks: [] });
});

test.each([
  [200, { task_count: "0", tasks: [] }],
  [400, { error_code: "DMS.00400070", error_msg: expect.any(String) as string }],
  [404, { error_code: "DMS.00404099", error_msg: expect.any(String) as string }],
] as const)("an unknown task id gives %d when so set", async (unknownTask, body) => {
  emulator().configure({ unknownTask });
  const { fetchJson } = await logIn(emulator());
  const reply = await fetchJson("GET", `${instancePath(emulator())}/tasks/${"0".repeat(32)}`);
  expect(reply).toMatchObject({ status: unknownTask, body });
});

test("a task can begin to be visible later than it starts, and can be removed", async () => {
  const { taskId } = emulator().addTask({ name: "restart", visibleAfterSeconds: 2 });
  expect((await getTasks(`/${taskId}`)).tasks).toEqual([]);
  pass(2);
  expect((await getTasks(`/${taskId}`)).tasks).toHaveLength(1);
  emulator().removeTask(taskId);
  expect((await getTasks(`/${taskId}`)).tasks).toEqual([]);
});

test("params are JSON in a string, or the string that was given", async () => {
  const json = emulator().addTask({ name: "a", params: { enable: true } }).taskId;
  const odd = emulator().addTask({ name: "b", params: "[topic-1" }).taskId;
  expect((await getTasks(`/${json}`)).tasks[0]).toMatchObject({ params: '{"enable":true}' });
  expect((await getTasks(`/${odd}`)).tasks[0]).toMatchObject({ params: "[topic-1" });
});

test.each([
  [{ name: "" }, /name/],
  [{ name: "a", id: "no-id" }, /id: must be/],
  [{ name: "a", createdAt: "yesterday" }, /createdAt/],
  [{ name: "a", progress: [{ status: "SUCCESS", afterSeconds: -1 }] }, /progress\.0\.afterSeconds/],
  [{ name: "a", progres: [] }, /progres/],
  [{ name: "a", instanceId: "00000000-0000-0000-0000-000000000000" }, /no instance/],
])("a malformed task is refused in one sentence: %j", (task, message) => {
  expect(() => emulator().addTask(task)).toThrow(message);
});
