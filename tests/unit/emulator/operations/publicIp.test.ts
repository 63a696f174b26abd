import { instancePath, logIn } from "../logIn";
import type { FetchJson, JsonReply } from "../logIn";
import { useEmulator } from "../runningEmulator";

const PUBLIC_IP = "1aea7aed-e7d8-40ea-b3de-6f3ee9d5db9f";
const { emulator, pass } = useEmulator();
let fetchJson: FetchJson;
beforeEach(async () => {
  ({ fetchJson } = await logIn(emulator()));
});

function toggle(body?: unknown, instance = emulator().instanceId): Promise<JsonReply> {
  return fetchJson("POST", `/v1/${emulator().projectId}/instances/${instance}/public-boundwidth`, body);
}

async function instance(): Promise<unknown> {
  return (await fetchJson("GET", instancePath(emulator()))).body;
}

const closed = { enable_publicip: false, kafka_public_status: "closed", public_access_enabled: "closed" };
const open = { enable_publicip: true, kafka_public_status: "true", public_access_enabled: "true" };

test("bind, then unbind: no job id, a task of each name, and the address only while it is bound", async () => {
  expect(await instance()).toMatchObject(closed);
  expect(await toggle({ publicip_id: PUBLIC_IP })).toMatchObject({ status: 204, body: undefined });
  pass(2.999);
  expect(await instance()).toMatchObject(closed);
  expect(await instance()).not.toHaveProperty("public_connect_address");
  pass(0.001);
  expect(await instance()).toMatchObject({
    ...open,
    publicip_id: PUBLIC_IP,
    public_connect_address: expect.stringMatching(/^203\.0\.113\.\d+:9094$/) as string,
  });
  expect(await toggle()).toMatchObject({ status: 204 });
  expect(await instance()).toMatchObject(open);
  pass(3);
  expect(await instance()).toMatchObject(closed);
  expect(await instance()).not.toHaveProperty("publicip_id");
  const tasks = emulator().tasks().slice(1);
  expect(tasks.map(({ name, status }) => `${name} ${status}`)).toEqual([
    "bindInstancePublicIp SUCCESS",
    "unbindInstancePublicIp SUCCESS",
  ]);
});

test("the task's parameters name the address, in the documented form", async () => {
  await toggle({ publicip_id: PUBLIC_IP, eip_address: "203.0.113.7" });
  const { body } = await fetchJson("GET", `${instancePath(emulator())}/tasks?limit=1`);
  const [task] = (body as { tasks: { params: string }[] }).tasks;
  expect(JSON.parse(task?.params ?? "")).toEqual({
    public_ip_id: PUBLIC_IP,
    public_ip_address: "203.0.113.7",
    enable_public_ip: true,
  });
});

test("several public IPs, joined by commas, give as many addresses", async () => {
  await toggle({ eip_address: "203.0.113.7,203.0.113.8" });
  pass(3);
  expect(await instance()).toMatchObject({ public_connect_address: "203.0.113.7:9094,203.0.113.8:9094" });
});

test("while any task of the instance runs, the switch is refused", async () => {
  await toggle({ publicip_id: PUBLIC_IP });
  const busy = { status: 400, body: { error_code: "DMS.00400017", error_msg: expect.any(String) as string } };
  expect(await toggle({ publicip_id: PUBLIC_IP })).toMatchObject(busy);
  pass(3);
  const { taskId } = emulator().addTask({ name: "restart" });
  expect(await toggle()).toMatchObject(busy);
  emulator().setTaskProgress(taskId, [{ status: "SUCCESS" }]);
  expect(await toggle()).toMatchObject({ status: 204 });
  expect(await toggle({ publicip_id: PUBLIC_IP }, emulator().addInstance())).toMatchObject({ status: 204 });
});

test("a bind that fails leaves the instance without an address, and it can be tried again", async () => {
  emulator().configure({ operations: { bindInstancePublicIp: [{ status: "FAILED", afterLooks: 1 }] } });
  await toggle({ publicip_id: PUBLIC_IP });
  await fetchJson("GET", `${instancePath(emulator())}/tasks`);
  expect(await instance()).toMatchObject(closed);
  emulator().configure({ operations: { bindInstancePublicIp: [{ status: "SUCCESS" }] } });
  expect(await toggle({ publicip_id: PUBLIC_IP })).toMatchObject({ status: 204 });
  expect(await instance()).toMatchObject(open);
});

test("an instance that is not running refuses the switch", async () => {
  const restarting = emulator().addInstance({ status: "RESTARTING" });
  expect(await toggle({ publicip_id: PUBLIC_IP }, restarting)).toMatchObject({
    status: 400,
    body: { error_code: "DMS.00400026" },
  });
});

test.each([
  ["unbinding what is not bound", undefined, "DMS.00400062"],
  ["an address of another type", { publicip_id: 7 }, "DMS.00400062"],
  ["a body that is not JSON", "{", "DMS.00400005"],
])("%s is refused", async (_case, body, code) => {
  expect(await toggle(body)).toMatchObject({ status: 400, body: { error_code: code } });
});

test("an instance can have an address from the start; the list shows each instance of the project", async () => {
  const bound = emulator().addInstance({ publicAddress: "203.0.113.9" });
  emulator().addInstance({ projectId: "0".repeat(32) });
  const { body } = await fetchJson("GET", `/v2/${emulator().projectId}/instances`);
  expect(body).toMatchObject({
    instance_num: 2,
    instances: [
      { instance_id: emulator().instanceId, status: "RUNNING", engine: "kafka", enable_publicip: false },
      { instance_id: bound, enable_publicip: true, public_connect_address: "203.0.113.9:9094" },
    ],
  });
});
