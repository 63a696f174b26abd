import { callJson, instancePath, logIn } from "../logIn";
import type { JsonReply } from "../logIn";
import { START_MS, useEmulator } from "../runningEmulator";

const { emulator } = useEmulator();
const control = (method: string, path: string, body?: unknown): Promise<JsonReply> =>
  callJson(emulator(), method, `/_emulator${path}`, {}, body);

test("a task is put in, given a progress, shown and removed over HTTP", async () => {
  const added = await control("POST", "/tasks", { name: "restart" });
  expect(added).toMatchObject({ status: 201, body: { name: "restart", status: "EXECUTING" } });
  const { taskId } = added.body as { taskId: string };
  const progress = [{ status: "SUCCESS" }];
  expect(await control("PUT", `/tasks/${taskId}/progress`, { progress })).toMatchObject({
    status: 200,
    body: { taskId, status: "SUCCESS" },
  });
  expect((await control("GET", "/tasks")).body).toMatchObject({ tasks: [{ taskId: emulator().taskId }, { taskId }] });
  expect(await control("DELETE", `/tasks/${taskId}`)).toMatchObject({ status: 204 });
  expect((await control("GET", "/events")).body).toMatchObject({
    nowMs: START_MS,
    events: expect.arrayContaining([expect.objectContaining({ kind: "taskRemoved", taskId })]) as unknown,
  });
});

test("instances, replies, settings, tokens", async () => {
  const instanceId = "11111111-2222-4333-8444-555555555555";
  expect(await control("POST", "/instances", { instanceId })).toMatchObject({ status: 201, body: { instanceId } });
  expect(await control("POST", "/instances")).toMatchObject({ status: 201 });
  expect(await control("POST", "/replies", { route: "showInstance", status: 500 })).toMatchObject({ status: 204 });
  const { fetchJson } = await logIn(emulator());
  expect(await fetchJson("GET", instancePath(emulator()))).toMatchObject({ status: 500 });
  expect(await control("PATCH", "/settings", { unknownTask: 404, clockSkewSeconds: 60 })).toMatchObject({
    status: 204,
  });
  expect(emulator().now()).toBe(START_MS + 60_000);
  expect(await fetchJson("GET", `${instancePath(emulator())}/tasks/${"0".repeat(32)}`)).toMatchObject({ status: 404 });
  expect(await control("POST", "/expire-tokens")).toMatchObject({ status: 204 });
  expect(await fetchJson("GET", instancePath(emulator()))).toMatchObject({ status: 401 });
  expect(await control("POST", "/revoke-access-key")).toMatchObject({ status: 204 });
});

test("the log is read over HTTP; control requests are not in it", async () => {
  await logIn(emulator());
  await control("GET", "/tasks");
  expect((await control("GET", "/requests")).body).toMatchObject({
    counts: { createToken: 1 },
    requests: [{ route: "createToken", status: 201 }],
  });
});

test("a reset puts everything back to the start, but for the credentials", async () => {
  const { fetchJson } = await logIn(emulator());
  await control("PATCH", "/settings", { unknownTask: 404, clockSkewSeconds: 60, tokenRefusals: "gateway" });
  emulator().addInstance();
  emulator().addTask({ name: "restart" });
  emulator().replyNext({ route: "any", times: 9, status: 500 });
  expect(await control("POST", "/reset")).toMatchObject({ status: 204 });
  expect(emulator().requests()).toEqual([]);
  expect(emulator().counts()).toEqual({});
  expect(emulator().now()).toBe(START_MS);
  expect(
    emulator()
      .tasks()
      .map(({ taskId }) => taskId),
  ).toEqual([emulator().taskId]);
  const path = `/v2/${emulator().projectId}/instances`;
  expect(await fetchJson("GET", path)).toMatchObject({ status: 401, body: { error_code: "DMS.10240101" } });
  const again = await logIn(emulator());
  expect((await again.fetchJson("GET", path)).body).toMatchObject({ instance_num: 1 });
});

test.each([
  ["POST", "/tasks", { name: "" }, /name/],
  ["POST", "/tasks", "{", /JSON/],
  ["POST", "/tasks", undefined, /task/],
  ["POST", "/replies", { route: "nothing" }, /nothing/],
  ["PUT", "/tasks/7/progress", { progress: [] }, /no task 7/],
  ["PUT", "/tasks/7/progress", {}, /progress/],
  ["DELETE", "/tasks/7", undefined, /no task 7/],
  ["POST", "/instances", { instanceId: "7" }, /UUID/],
  ["PATCH", "/settings", { unknownTask: 500 }, /unknownTask/],
])("what is wrong is said: %s %s %j", async (method, path, body, message) => {
  const reply = await control(method, path, body);
  expect(reply).toMatchObject({ status: 400, body: { message: expect.stringMatching(message) as string } });
});
