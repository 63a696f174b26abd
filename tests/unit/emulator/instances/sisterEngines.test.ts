import { logIn } from "../logIn";
import type { FetchJson, JsonReply } from "../logIn";
import { useEmulator } from "../runningEmulator";

const PUBLIC_IP = "1aea7aed-e7d8-40ea-b3de-6f3ee9d5db9f";
const { emulator, pass } = useEmulator();
let fetchJson: FetchJson;
beforeEach(async () => {
  ({ fetchJson } = await logIn(emulator()));
});

const path = (instanceId: string, rest = ""): string => `/v2/${emulator().projectId}/instances/${instanceId}${rest}`;
const modify = (instanceId: string, body: unknown): Promise<JsonReply> => fetchJson("PUT", path(instanceId), body);
const show = async (instanceId: string): Promise<unknown> => (await fetchJson("GET", path(instanceId))).body;

const engines = [
  ["rabbitmq", "rabbitmq"],
  ["rocketmq", "reliability"],
] as const;

describe.each(engines)("%s", (engine, shownEngine) => {
  test("its instances say so, and have a name of their own", async () => {
    const instanceId = emulator().addInstance({ engine });
    expect(await show(instanceId)).toMatchObject({
      engine: shownEngine,
      name: `${engine}-${instanceId.slice(0, 8)}`,
      enable_publicip: false,
    });
    expect(await show(instanceId)).not.toHaveProperty("kafka_public_status");
    const { body } = await fetchJson("GET", `/v2/${emulator().projectId}/instances?engine=${engine}`);
    expect(body).toMatchObject({ instance_num: 1, instances: [{ instance_id: instanceId }] });
  });

  test("its tasks are listed, shown and deleted as Kafka's", async () => {
    const instanceId = emulator().addInstance({ engine });
    const { taskId } = emulator().addTask({ name: "any", instanceId, progress: [{ status: "SUCCESS" }] });
    const envelope = { task_count: "1", tasks: [{ id: taskId, params: "{}", status: "SUCCESS" }] };
    expect((await fetchJson("GET", path(instanceId, "/tasks?start=1"))).body).toMatchObject(envelope);
    expect((await fetchJson("GET", path(instanceId, `/tasks/${taskId}`))).body).toMatchObject(envelope);
    expect(await fetchJson("DELETE", path(instanceId, `/tasks/${taskId}`))).toMatchObject({ status: 204 });
  });

  test("a public IP is bound and unbound by a change of the instance, with no job id", async () => {
    const instanceId = emulator().addInstance({ engine });
    const bound = { enable_publicip: true, publicip_id: PUBLIC_IP };
    expect(await modify(instanceId, bound)).toMatchObject({ status: 204, body: undefined });
    expect(await show(instanceId)).toMatchObject({ enable_publicip: false });
    pass(3);
    expect(await show(instanceId)).toMatchObject({
      ...bound,
      publicip_address: expect.stringMatching(/^203\.0\.113\./) as string,
    });
    expect(await modify(instanceId, { enable_publicip: false })).toMatchObject({ status: 204 });
    pass(3);
    expect(await show(instanceId)).not.toHaveProperty("publicip_id");
    expect(emulator().tasks().slice(1)).toMatchObject([
      { name: "bindInstancePublicIp", status: "SUCCESS" },
      { name: "unbindInstancePublicIp", status: "SUCCESS" },
    ]);
  });

  test("what is so already, and a new name, begin no task", async () => {
    const instanceId = emulator().addInstance({ engine, publicAddress: "203.0.113.9" });
    const { publicip_id } = (await show(instanceId)) as { publicip_id: string };
    expect(await modify(instanceId, { enable_publicip: true, publicip_id })).toMatchObject({ status: 204 });
    expect(await modify(instanceId, { name: "renamed" })).toMatchObject({ status: 204 });
    expect(await show(instanceId)).toMatchObject({ name: "renamed" });
    expect(emulator().tasks()).toHaveLength(1);
  });

  test.each([
    ["no id", { enable_publicip: true }, "DMS.00400062"],
    ["a flag that is a text", { enable_publicip: "true", publicip_id: PUBLIC_IP }, "DMS.00400062"],
    ["no JSON", "{", "DMS.00400005"],
  ])("a bind with %s is refused", async (_case, body, code) => {
    const instanceId = emulator().addInstance({ engine });
    expect(await modify(instanceId, body)).toMatchObject({ status: 400, body: { error_code: code } });
  });

  test("another address while one is bound, and a change while a task runs, are refused", async () => {
    const instanceId = emulator().addInstance({ engine, publicAddress: "203.0.113.9" });
    const another = { enable_publicip: true, publicip_id: PUBLIC_IP };
    expect(await modify(instanceId, another)).toMatchObject({ status: 400, body: { error_code: "DMS.00400062" } });
    expect(await modify(instanceId, { enable_publicip: false })).toMatchObject({ status: 204 });
    expect(await modify(instanceId, another)).toMatchObject({ status: 400, body: { error_code: "DMS.00400017" } });
  });

  test("it is resized under its own name in the URL only", async () => {
    const instanceId = emulator().addInstance({ engine });
    const resize = (name: string): Promise<JsonReply> =>
      fetchJson("POST", `/v2/${name}/${emulator().projectId}/instances/${instanceId}/extend`, {
        oper_type: "storage",
        new_storage_space: 600,
      });
    expect(await resize("kafka")).toMatchObject({ status: 404, body: { error_code: "DMS.00404022" } });
    expect(await resize(shownEngine)).toMatchObject({ status: 200, body: { job_id: expect.any(String) as string } });
    pass(3);
    expect(await show(instanceId)).toMatchObject({ total_storage_space: 600, status: "RUNNING" });
  });

  test.each([
    ["POST", "/public-boundwidth", { eip_address: "203.0.113.7" }],
    ["PUT", "/configs", { kafka_configs: [{ name: "a", value: "b" }] }],
    ["POST", "/reassign", {}],
  ])("Kafka's own call %s %s knows no such instance", async (method, rest, body) => {
    const instanceId = emulator().addInstance({ engine });
    const prefix = { "/public-boundwidth": "/v1", "/reassign": "/v2/kafka" }[rest] ?? "/v2";
    const url = `${prefix}/${emulator().projectId}/instances/${instanceId}${rest}`;
    expect(await fetchJson(method, url, body)).toMatchObject({ status: 404, body: { error_code: "DMS.00404022" } });
  });
});

test("Kafka's instances are not bound that way: the field is ignored", async () => {
  const { instanceId } = emulator();
  expect(await modify(instanceId, { enable_publicip: true, publicip_id: PUBLIC_IP })).toMatchObject({ status: 204 });
  expect(emulator().tasks()).toHaveLength(1);
});

test("an engine that there is not is refused", () => {
  expect(() => emulator().addInstance({ engine: "activemq" as "kafka" })).toThrow(/engine/);
});
