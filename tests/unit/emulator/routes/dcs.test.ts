import { logIn } from "../logIn";
import type { FetchJson, JsonReply } from "../logIn";
import { START_MS, useEmulator } from "../runningEmulator";

const PUBLIC_IP = "1aea7aed-e7d8-40ea-b3de-6f3ee9d5db9f";
const { emulator, pass } = useEmulator();
let fetchJson: FetchJson;
let instanceId: string;
beforeEach(async () => {
  ({ fetchJson } = await logIn(emulator()));
  instanceId = emulator().addInstance({ engine: "dcs" });
});

const get = (rest: string): Promise<JsonReply> => fetchJson("GET", `/v2/${emulator().projectId}${rest}`);
const tasks = (query = ""): Promise<JsonReply> => get(`/instances/${instanceId}/tasks${query}`);
const instance = async (): Promise<unknown> => (await get(`/instances/${instanceId}`)).body;
const publicIp = (method: string, body?: unknown, of = instanceId): Promise<JsonReply> =>
  fetchJson(method, `/v2/${emulator().projectId}/instances/${of}/public-ip`, body);
const remove = (taskId: string): Promise<JsonReply> =>
  fetchJson("DELETE", `/v2/${emulator().projectId}/instances/${instanceId}/tasks/${taskId}`);
const refused = (code: string): unknown => ({
  error_code: code,
  error_msg: expect.any(String) as string,
  error_ext_msg: null,
});

test("the list has a number as count, and details in place of params", async () => {
  const details = { old_capacity: "0.125", new_capacity: "0.25" };
  const { taskId } = emulator().addTask({ name: "EXTEND", instanceId, params: details, progress: [{ status: "SUCCESS" }] }); // prettier-ignore
  expect((await tasks()).body).toEqual({
    task_count: 1,
    tasks: [
      {
        id: taskId,
        name: "EXTEND",
        user_name: "paas_dms",
        user_id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
        details,
        enable_show: false,
        status: "SUCCESS",
        created_at: "2026-01-02T03:04:05.678Z",
        updated_at: "2026-01-02T03:04:05.678Z",
      },
    ],
  });
});

test("params that are no object are text beside empty details", async () => {
  emulator().addTask({ name: "modify", instanceId, params: "[topic-1" });
  expect((await tasks()).body).toMatchObject({ tasks: [{ params: "[topic-1", details: {} }] });
});

test.each([
  ["string", { task_count: "0", tasks: [] }],
  ["number", { task_count: 0, tasks: [] }],
  ["missing", { tasks: [] }],
] as const)("the count can be a %s here too", async (taskCount, body) => {
  emulator().configure({ taskCount });
  expect((await tasks()).body).toEqual(body);
});

const pages: [string, number[]][] = [
  ["?limit=2", [0, 1]],
  ["?offset=0&limit=2", [0, 1]],
  ["?offset=2&limit=2", [2]],
  ["?start=3&limit=2", [0, 1]],
  ["?start_time=20260102030403", [0, 1]],
  ["?begin_time=20260102030403", [0, 1, 2]],
  ["?end_time=20260102030403", [1, 2]],
  ["?start_time=20260102030403&end_time=20260102030403", [1]],
];

test.each(pages)("%s gives records %j, however DMS's list is paged", async (query, expected) => {
  const ids = [3, 2, 1].map((age) => {
    const createdAt = new Date(START_MS - age * 1000).toISOString();
    return emulator().addTask({ name: "EXTEND", instanceId, createdAt }).taskId;
  });
  const newestFirst = ids.reverse();
  for (const listPaging of ["start", "offset", "both"] as const) {
    emulator().configure({ listPaging });
    const { body } = await tasks(query);
    expect((body as { tasks: { id: string }[] }).tasks.map(({ id }) => newestFirst.indexOf(id))).toEqual(expected);
  }
});

test.each(["?offset=-1", "?limit=x", "?start_time=2026"])("%s is refused in DCS's form", async (query) => {
  expect(await tasks(query)).toMatchObject({ status: 400, body: refused("111400063") });
});

test("no call shows one task", async () => {
  const { taskId } = emulator().addTask({ name: "EXTEND", instanceId });
  expect(await tasks(`/${taskId}`)).toMatchObject({ status: 404, body: { error_code: "APIGW.0101" } });
});

test("bind, then unbind: each answers with the id of a job, which is a task too", async () => {
  for (const [method, name, after] of [
    ["POST", "BindEip", { enable_publicip: true, publicip_id: PUBLIC_IP }],
    ["DELETE", "UnBindEip", { enable_publicip: false, publicip_id: null, publicip_address: null }],
  ] as const) {
    const { status, body } = await publicIp(method, method === "POST" ? { publicip_id: PUBLIC_IP } : undefined);
    expect(status).toBe(200);
    const { job_id: jobId } = body as { job_id: string };
    const beginMs = emulator().now();
    const job = { job_id: jobId, job_type: name, begin_time: String(beginMs), fail_reason: null };
    expect((await get(`/jobs/${jobId}`)).body).toEqual({ ...job, status: "RUNNING", end_time: null });
    expect((await tasks("?limit=1")).body).toMatchObject({
      tasks: [{ id: jobId, name, status: "EXECUTING", details: { public_ip_id: PUBLIC_IP } }],
    });
    pass(3);
    expect((await get(`/jobs/${jobId}`)).body).toEqual({ ...job, status: "SUCCESS", end_time: String(beginMs + 3000) });
    expect(await instance()).toMatchObject(after);
  }
});

test.each([
  ["CREATED", "INIT", null],
  ["EXECUTING", "RUNNING", null],
  ["SUCCESS", "SUCCESS", null],
  ["FAILED", "FAIL", "The EIP is in use."],
  ["PAUSED", "PAUSED", null],
])("a task in %s is a job in %s", async (status, jobStatus, failReason) => {
  const { taskId } = emulator().addTask({ name: "BindEip", instanceId, progress: [{ status }], failReason: "The EIP is in use." }); // prettier-ignore
  expect((await get(`/jobs/${taskId}`)).body).toMatchObject({ status: jobStatus, fail_reason: failReason });
});

test("a look at a job is a look at its task", async () => {
  const progress = [{ status: "CREATED" }, { status: "SUCCESS", afterLooks: 1 }];
  const { taskId } = emulator().addTask({ name: "BindEip", instanceId, progress });
  expect((await get(`/jobs/${taskId}`)).body).toMatchObject({ status: "INIT" });
  expect((await get(`/jobs/${taskId}`)).body).toMatchObject({ status: "SUCCESS" });
});

test("a failed task without a reason has none", async () => {
  const { taskId } = emulator().addTask({ name: "BindEip", instanceId, progress: [{ status: "FAILED" }] });
  expect((await get(`/jobs/${taskId}`)).body).toMatchObject({ status: "FAIL", fail_reason: null });
});

test("DMS tells no reason, so its tasks can be given none", () => {
  expect(() => emulator().addTask({ name: "any", failReason: "none" })).toThrow(/failReason/);
});

test("jobs of DMS, of another project, not there yet, removed or malformed are refused", async () => {
  const projectId = "b7d40f2e8c1a4963a5e0d9f8c7b62e14";
  const elsewhere = emulator().addInstance({ engine: "dcs", projectId });
  const hidden = [
    emulator().taskId,
    emulator().addTask({ name: "BindEip", instanceId: elsewhere }).taskId,
    emulator().addTask({ name: "BindEip", instanceId, visibleAfterSeconds: 1 }).taskId,
    "0".repeat(32),
  ];
  for (const jobId of hidden) {
    expect(await get(`/jobs/${jobId}`)).toMatchObject({ status: 404, body: refused("111404099") });
  }
  expect(await get("/jobs/7")).toMatchObject({ status: 400, body: refused("111400063") });
});

test("a record is deleted with 200 and an empty message, and not while the task runs", async () => {
  const { taskId } = emulator().addTask({ name: "EXTEND", instanceId });
  expect(await remove(taskId)).toMatchObject({ status: 400, body: refused("DCS.4957") });
  emulator().setTaskProgress(taskId, [{ status: "FAILED" }]);
  expect(await remove(taskId)).toMatchObject({ status: 200, body: { message: "" } });
  expect(await remove(taskId)).toMatchObject({ status: 404, body: refused("111404099") });
});

test("a busy instance refuses with DCS's codes", async () => {
  await publicIp("POST", { publicip_id: PUBLIC_IP });
  expect(await publicIp("DELETE")).toMatchObject({ status: 400, body: refused("DCS.4017") });
  const restarting = emulator().addInstance({ engine: "dcs", status: "RESTARTING" });
  expect(await publicIp("POST", { publicip_id: PUBLIC_IP }, restarting)).toMatchObject({
    status: 400,
    body: refused("DCS.4026"),
  });
});

test.each([
  ["POST", {}, "111400063"],
  ["POST", { publicip_id: 7 }, "111400063"],
  ["POST", "{", "111400005"],
  ["DELETE", undefined, "111400063"],
])("%s of a public IP with %j is refused", async (method, body, code) => {
  expect(await publicIp(method, body)).toMatchObject({ status: 400, body: refused(code) });
});

test("DCS's calls know no instance of DMS, and DMS's list none of DCS", async () => {
  const reply = await publicIp("POST", { publicip_id: PUBLIC_IP }, emulator().instanceId);
  expect(reply).toMatchObject({ status: 404, body: refused("111404022") });
  expect((await get("/instances")).body).toMatchObject({ instance_num: 1 });
});

test("the catalog names DCS beside DMS", async () => {
  const { body } = await fetchJson("GET", "/v3/auth/catalog");
  expect(body).toMatchObject({
    catalog: expect.arrayContaining([
      expect.objectContaining({ type: "dcs", endpoints: [expect.objectContaining({ interface: "public" })] }),
    ]) as unknown,
  });
});

test("its routes have names for the log and for plans", async () => {
  for (const route of ["showJob", "dcsBindPublicIp", "dcsUnbindPublicIp"]) {
    emulator().replyNext({ route, status: 503 });
  }
  const jobId = "0".repeat(32);
  const replies = [await get(`/jobs/${jobId}`), await publicIp("POST"), await publicIp("DELETE")];
  expect(replies.map(({ status }) => status)).toEqual([503, 503, 503]);
  expect(emulator().requests().slice(-3)).toMatchObject([
    { route: "showJob", taskId: jobId },
    { route: "dcsBindPublicIp", instanceId },
    { route: "dcsUnbindPublicIp", instanceId },
  ]);
});
