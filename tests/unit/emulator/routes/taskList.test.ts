import type { EmulatorSettings } from "../../../../emulator";
import { instancePath, logIn } from "../logIn";
import type { FetchJson } from "../logIn";
import { START_MS, useEmulator } from "../runningEmulator";

const { emulator, pass } = useEmulator();
let fetchJson: FetchJson;
/** Five tasks, newest first: they began 1, 2, 3, 4 s before the clock's start, and an hour before. */
let ids: string[];
beforeEach(async () => {
  ({ fetchJson } = await logIn(emulator()));
  const started = (secondsAgo: number): string => new Date(START_MS - secondsAgo * 1000).toISOString();
  ids = [4, 3, 2, 1].map((age) => emulator().addTask({ name: "restart", createdAt: started(age) }).taskId).reverse();
  ids.push(emulator().taskId);
});

/** Positions, in the whole list, of the tasks on the page. */
async function page(query: string): Promise<number[]> {
  const { status, body } = await fetchJson("GET", `${instancePath(emulator())}/tasks?${query}`);
  expect(status).toBe(200);
  return (body as { tasks: { id: string }[] }).tasks.map(({ id }) => ids.indexOf(id));
}

const pages: [NonNullable<EmulatorSettings["listPaging"]>, string, number[]][] = [
  ["start", "start=3&limit=2", [2, 3]],
  ["start", "offset=3&limit=2", [0, 1]],
  ["start", "offset=x&limit=2", [0, 1]],
  ["offset", "offset=3&limit=2", [3, 4]],
  ["offset", "offset=0&limit=2", [0, 1]],
  ["offset", "start=3&limit=2", [0, 1]],
  ["offset", "start=0&limit=2", [0, 1]],
  ["both", "start=3&limit=2", [2, 3]],
  ["both", "offset=3&limit=2", [3, 4]],
  ["both", "offset=1&start=4&limit=2", [1, 2]],
  ["none", "start=3&limit=2", [0, 1]],
  ["none", "offset=3&limit=2", [0, 1]],
  ["all", "start=3&limit=2", [0, 1, 2, 3, 4]],
  ["all", "offset=3&limit=2", [0, 1, 2, 3, 4]],
];

test.each(pages)("paged by %s, %s gives records %j", async (listPaging, query, expected) => {
  emulator().configure({ listPaging });
  expect(await page(query)).toEqual(expected);
});

test.each([
  ["string", { task_count: "5", tasks: [] }],
  ["number", { task_count: 5, tasks: [] }],
  ["missing", { tasks: [] }],
] as const)("the count can be a %s", async (taskCount, body) => {
  emulator().configure({ taskCount });
  expect((await fetchJson("GET", `${instancePath(emulator())}/tasks?start=6`)).body).toEqual(body);
});

// The clock's start is 03:04:05.678; the tasks began at the .678 of the seconds before.
const windows: [string, number[]][] = [
  ["begin_time=20260102030403", [0, 1]],
  ["begin_time=20260102030402", [0, 1, 2]],
  ["begin_time=20260102030405", []],
  ["end_time=20260102030402", [2, 3, 4]],
  ["end_time=20260102030401", [3, 4]],
  ["begin_time=20260102030402&end_time=20260102030403", [1, 2]],
  ["begin_time=20260102030403&end_time=20260102030402", []],
  ["begin_time=20260102020405&end_time=20260102020405", [4]],
  ["begin_time=20260102020406&end_time=20260102030000", []],
];

test.each(windows)("the window %s holds records %j", async (query, expected) => {
  expect(await page(query)).toEqual(expected);
});

test("a task that began at begin_time to the millisecond matches, and so does one at the end of the second end_time", async () => {
  ids = ["03:00:00.999", "03:00:00.000"].map(
    (time) => emulator().addTask({ name: "restart", createdAt: `2026-01-02T${time}Z` }).taskId,
  );
  expect(await page("begin_time=20260102030000&end_time=20260102030000")).toEqual([0, 1]);
  expect(await page("begin_time=20260102025959&end_time=20260102025959")).toEqual([]);
  expect(await page("begin_time=20260102030001&end_time=20260102030001")).toEqual([]);
});

test("the count is that of the window's tasks, and pages are pages of them", async () => {
  const query = "begin_time=20260102030401&end_time=20260102030403&start=2&limit=1";
  const { body } = await fetchJson("GET", `${instancePath(emulator())}/tasks?${query}`);
  expect(body).toMatchObject({ task_count: "3", tasks: [{ id: ids[2] }] });
});

test.each([
  ["start", "begin_time=2026-01-02T03:04:05Z"],
  ["start", "begin_time=20260102"],
  ["start", "begin_time="],
  ["start", "end_time=20260230000000"],
  ["start", "end_time=20260102250000"],
  ["offset", "offset=-1"],
  ["both", "offset=x"],
  ["both", "start=0"],
] as const)("paged by %s, %s is refused", async (listPaging, query) => {
  emulator().configure({ listPaging });
  const reply = await fetchJson("GET", `${instancePath(emulator())}/tasks?${query}`);
  expect(reply).toMatchObject({ status: 400, body: { error_code: "DMS.00400062" } });
});

test("an operation's task can begin to be listed later than it starts, and keeps its time of start", async () => {
  emulator().configure({ listedAfterSeconds: 1.5 });
  const path = `/v1/${emulator().projectId}/instances/${emulator().instanceId}/public-boundwidth`;
  for (const taskId of ids.slice(0, 4)) {
    emulator().setTaskProgress(taskId, [{ status: "SUCCESS" }]);
  }
  expect(await fetchJson("POST", path, { eip_address: "203.0.113.7" })).toMatchObject({ status: 204 });
  pass(1.499);
  expect(await page("limit=1")).toEqual([0]);
  pass(0.001);
  const { body } = await fetchJson("GET", `${instancePath(emulator())}/tasks?limit=1`);
  expect(body).toMatchObject({
    task_count: "6",
    tasks: [{ name: "bindInstancePublicIp", status: "EXECUTING", created_at: "2026-01-02T03:04:05.678Z" }],
  });
});

test("settings given at the start hold again after a reset", async () => {
  emulator().configure({ listPaging: "all", taskCount: "missing" });
  emulator().reset();
  const { body } = await (await logIn(emulator())).fetchJson("GET", `${instancePath(emulator())}/tasks?start=2`);
  expect(body).toEqual({ task_count: "1", tasks: [] });
});
