import { instancePath, logIn } from "../logIn";
import type { FetchJson, JsonReply } from "../logIn";
import { useEmulator } from "../runningEmulator";

const { emulator, pass } = useEmulator();
let fetchJson: FetchJson;
beforeEach(async () => {
  ({ fetchJson } = await logIn(emulator()));
});

type Operate = (body?: unknown, instanceId?: string) => Promise<JsonReply>;
const id = (): string => emulator().instanceId;
const path = (rest: string, instanceId: string, engine = ""): string =>
  `/v2${engine}/${emulator().projectId}/instances/${instanceId}${rest}`;

const moves = { reassignments: [{ topic: "topic-1", brokers: [0, 1, 2] }] };
const configs = {
  kafka_configs: [
    { name: "log.retention.hours", value: "66" },
    { name: "message.max.bytes", value: "1048576" },
  ],
};
const storage = { oper_type: "storage", new_storage_space: 600 };

const reassign: Operate = (body = moves, of = id()) => fetchJson("POST", path("/reassign", of, "/kafka"), body);
const configure: Operate = (body = configs, of = id()) => fetchJson("PUT", path("/configs", of), body);
const extend: Operate = (body = storage, of = id()) => fetchJson("POST", path("/extend", of, "/kafka"), body);
const act = (body: unknown): Promise<JsonReply> =>
  fetchJson("POST", `/v2/${emulator().projectId}/instances/action`, body);
const restart: Operate = (_body, of = id()) => act({ action: "restart", instances: [of] });
const bind: Operate = (_body, of = id()) =>
  fetchJson("POST", path("/public-boundwidth", of).replace("v2", "v1"), { eip_address: "203.0.113.7" });

async function instance(): Promise<unknown> {
  return (await fetchJson("GET", instancePath(emulator()))).body;
}

async function task(taskId: string): Promise<unknown> {
  const { body } = await fetchJson("GET", `${instancePath(emulator())}/tasks/${taskId}`);
  return (body as { tasks: unknown[] }).tasks[0];
}

const HEX = /^[0-9a-f]{32}$/;
const withJobId: [string, Operate, RegExp, object, string, string][] = [
  ["reassignPartitions", reassign, HEX, {}, "RUNNING", '{"reassignment_topics":"[topic-1]"}'],
  [
    "kafkaConfigModify",
    configure,
    HEX,
    { dynamic_config: 1, static_config: 1 },
    "RUNNING",
    '{"log.retention.hours":"66","message.max.bytes":"1048576"}',
  ],
  ["extendInstance", extend, /^[0-9a-f-]{36}$/, {}, "EXTENDING", JSON.stringify(storage)],
];

test.each(withJobId)("%s answers with the id of its task", async (name, operate, shape, rest, meanwhile, params) => {
  const { status, body } = await operate();
  expect({ status, body }).toEqual({ status: 200, body: { job_id: expect.stringMatching(shape) as string, ...rest } });
  const { job_id: jobId } = body as { job_id: string };
  expect(await task(jobId)).toMatchObject({ id: jobId, name, params, status: "EXECUTING" });
  expect(await instance()).toMatchObject({ status: meanwhile });
  pass(3);
  expect(await task(jobId)).toMatchObject({ status: "SUCCESS" });
  expect(await instance()).toMatchObject({ status: "RUNNING" });
});

test("a restart answers with no id; only the list tells", async () => {
  expect(await restart()).toMatchObject({ status: 200, body: { results: [{ result: "success", instance: id() }] } });
  expect(await instance()).toMatchObject({ status: "RESTARTING" });
  const { body } = await fetchJson("GET", `${instancePath(emulator())}/tasks?limit=1`);
  expect(body).toMatchObject({ tasks: [{ name: "restartInstance", status: "EXECUTING" }] });
  pass(3);
  expect(await instance()).toMatchObject({ status: "RUNNING" });
});

test("each instance of a restart has its own result", async () => {
  const busy = emulator().addInstance();
  const fine = emulator().addInstance();
  emulator().addTask({ name: "any", instanceId: busy });
  const unknown = "00000000-0000-4000-8000-000000000000";
  const { body } = await act({ action: "restart", instances: [busy, fine, unknown, "7"] });
  expect(body).toEqual({
    results: [
      { result: "failed", instance: busy },
      { result: "success", instance: fine },
      { result: "failed", instance: unknown },
      { result: "failed", instance: "7" },
    ],
  });
});

const busyStates: [string, Operate, string][] = [
  ["a bind", bind, "DMS.00400017"],
  ["a reassignment", reassign, "DMS.00400017"],
  ["a configuration change", configure, "DMS.00400017"],
  ["a restart", restart, "DMS.00400026"],
  ["a resize", extend, "DMS.00400026"],
];

test.each(busyStates)("during %s every other operation is refused", async (_case, operate, code) => {
  expect((await operate()).status).toBeLessThan(300);
  for (const other of [bind, reassign, configure, extend]) {
    expect(await other()).toMatchObject({ status: 400, body: { error_code: code } });
  }
  expect(await restart()).toMatchObject({ body: { results: [{ result: "failed" }] } });
  pass(3);
  expect(await configure()).toMatchObject({ status: 200 });
});

const sizes: [object, object][] = [
  [storage, { total_storage_space: 600, broker_num: 3 }],
  [
    { oper_type: "horizontal", new_storage_space: 400, new_broker_num: 4 },
    { total_storage_space: 400, broker_num: 4, product_id: "c6.2u4g.cluster" },
  ],
  [
    { oper_type: "vertical", new_product_id: "c6.4u8g.cluster" },
    { total_storage_space: 300, product_id: "c6.4u8g.cluster", specification: "kafka.4u8g.cluster * 3 broker" },
  ],
];

test.each(sizes)("%j changes the instance when its task has ended, not before", async (body, after) => {
  await extend(body);
  pass(2.999);
  expect(await instance()).not.toMatchObject(after);
  pass(0.001);
  expect(await instance()).toMatchObject(after);
});

test.each([
  ["extendInstance", extend, "EXTENDEDFAILED"],
  ["restartInstance", restart, "ERROR"],
  ["kafkaConfigModify", configure, "RUNNING"],
] as const)("a failed %s leaves the instance in its documented status", async (name, operate, status) => {
  emulator().configure({ operations: { [name]: [{ status: "FAILED", afterSeconds: 1 }] } });
  await operate();
  pass(1);
  expect(await instance()).toMatchObject({ status, total_storage_space: 300 });
});

test("a record that is removed while the task runs does not keep the instance busy for ever", async () => {
  const { job_id: jobId } = (await extend()).body as { job_id: string };
  emulator().removeTask(jobId);
  expect(await instance()).toMatchObject({ status: "EXTENDEDFAILED" });
});

test.each([
  ["restartInstance", restart, "RESTARTING", "SUCCESS", "RUNNING"],
  ["extendInstance", extend, "EXTENDING", "FAILED", "EXTENDEDFAILED"],
] as const)("the status after a %s lags its task, as configured", async (name, operate, meanwhile, end, after) => {
  emulator().configure({ statusLagSeconds: 10, operations: { [name]: [{ status: end, afterSeconds: 1 }] } });
  await operate();
  pass(1);
  expect(emulator().tasks().at(-1)).toMatchObject({ name, status: end });
  pass(9.999);
  expect(await instance()).toMatchObject({ status: meanwhile });
  expect(await configure()).toMatchObject({ status: 400, body: { error_code: "DMS.00400026" } });
  pass(0.001);
  expect(await instance()).toMatchObject({ status: after });
});

test("an estimate of a reassignment begins no task", async () => {
  expect(await reassign({ ...moves, time_estimate: true })).toMatchObject({ status: 200, body: { reassignment_time: 10 } }); // prettier-ignore
  expect(emulator().tasks()).toHaveLength(1);
});

const wrong: [string, Operate, unknown][] = [
  ["no reassignment", reassign, { reassignments: [] }],
  ["neither brokers nor an assignment", reassign, { reassignments: [{ topic: "topic-1" }] }],
  ["a scheduled reassignment", reassign, { ...moves, is_schedule: true }],
  ["no configuration", configure, {}],
  ["a value that is a number", configure, { kafka_configs: [{ name: "log.retention.hours", value: 66 }] }],
  ["an unknown kind of resize", extend, { ...storage, oper_type: "shrink" }],
  ["storage without a size", extend, { oper_type: "storage" }],
  ["an unknown action", act, { action: "delete", instances: ["7"] }],
];

test.each(wrong)("%s is refused, and begins nothing", async (_case, operate, body) => {
  expect(await operate(body)).toMatchObject({ status: 400, body: { error_code: "DMS.00400062" } });
  expect(emulator().tasks()).toHaveLength(1);
  expect(await instance()).toMatchObject({ status: "RUNNING" });
});

test("each operation has its name in the log, and can be planned for", async () => {
  for (const route of ["reassignPartitions", "modifyConfigs", "extendInstance", "actOnInstances"]) {
    emulator().replyNext({ route, status: 503 });
  }
  const replies = await Promise.all([reassign(), configure(), extend(), restart()]);
  expect(replies.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
  expect(emulator().counts()).toMatchObject({
    reassignPartitions: 1,
    modifyConfigs: 1,
    extendInstance: 1,
    actOnInstances: 1,
  });
});
