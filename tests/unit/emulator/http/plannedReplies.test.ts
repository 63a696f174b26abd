import { callJson, instancePath, logIn, postToken } from "../logIn";
import type { FetchJson } from "../logIn";
import { useEmulator } from "../runningEmulator";

const { emulator } = useEmulator();
let fetchJson: FetchJson;
let showPath: string;
beforeEach(async () => {
  ({ fetchJson } = await logIn(emulator()));
  showPath = `${instancePath(emulator())}/tasks/${emulator().taskId}`;
});

const show = (): ReturnType<FetchJson> => fetchJson("GET", showPath);

test("the next two requests of a route fail, the third does not, and other routes are left alone", async () => {
  const headers = { "Retry-After": "7" };
  emulator().replyNext({ route: "showTask", times: 2, status: 429, code: "APIGW.0308", message: "slow down", headers });
  expect(await fetchJson("GET", instancePath(emulator()))).toMatchObject({ status: 200 });
  for (let n = 0; n < 2; n += 1) {
    const reply = await show();
    const body = { error_code: "APIGW.0308", error_msg: "slow down", request_id: expect.any(String) as string };
    expect(reply).toMatchObject({ status: 429, body });
    expect(reply.headers.get("retry-after")).toBe("7");
  }
  expect(await show()).toMatchObject({ status: 200 });
});

test.each([
  ["throttling that is sent as 404", { status: 404, code: "DMS.10240407" }, 404, { error_code: "DMS.10240407" }],
  ["only a code", { code: "DMS.00500006" }, 500, { error_code: "DMS.00500006" }],
  ["only a status", { status: 503 }, 503, { error_code: "DMS.00500000" }],
  ["only a body", { body: { task_count: 1, tasks: [] } }, 200, { task_count: 1, tasks: [] }],
  ["a status without a body", { status: 202 }, 202, undefined],
])("%s", async (_case, plan, status, body) => {
  emulator().replyNext({ route: "showTask", ...plan });
  const reply = await show();
  expect(reply.status).toBe(status);
  if (body === undefined) {
    expect(reply.body).toBeUndefined();
  } else {
    expect(reply.body).toMatchObject(body);
  }
});

test("an error of IAM is in Keystone's form", async () => {
  emulator().replyNext({ route: "createToken", status: 503 });
  expect(await postToken(emulator(), {})).toMatchObject({ status: 503, body: { error: { code: 503 } } });
});

test("a body that is no JSON, and one that is cut", async () => {
  emulator().replyNext({ route: "showTask", body: "<html>" });
  await expect(show()).rejects.toThrow(SyntaxError);
  emulator().replyNext({ route: "showTask", truncate: true });
  await expect(show()).rejects.toThrow(SyntaxError);
});

test("a connection that is reset, before and amid the reply", async () => {
  emulator().replyNext({ route: "showTask", resetConnection: true });
  await expect(show()).rejects.toMatchObject({ cause: { code: "ECONNRESET" } });
  emulator().replyNext({ route: "showTask", truncate: true, resetConnection: true });
  await expect(show()).rejects.toThrow("terminated");
  expect(await show()).toMatchObject({ status: 200 });
});

test("a slow reply comes late; the client that gave up is not waited for", async () => {
  emulator().replyNext({ route: "showTask", delaySeconds: 0.05 });
  const begin = performance.now();
  expect(await show()).toMatchObject({ status: 200 });
  expect(performance.now() - begin).toBeGreaterThan(45);
  emulator().replyNext({ route: "listVersions", delaySeconds: 60 });
  await expect(fetch(emulator().url, { signal: AbortSignal.timeout(20) })).rejects.toThrow();
});

test("a plan for a route goes before one for any", async () => {
  emulator().replyNext({ route: "any", status: 500 });
  emulator().replyNext({ route: "showTask", status: 503 });
  expect([(await show()).status, (await show()).status, (await show()).status]).toEqual([503, 500, 200]);
});

test("a planned reply needs no login, and is marked in the log", async () => {
  emulator().replyNext({ route: "showTask", status: 500 });
  expect(await callJson(emulator(), "GET", showPath)).toMatchObject({ status: 500 });
  expect(emulator().requests().pop()).toMatchObject({ route: "showTask", status: 500, planned: true });
});

test.each([
  [{ route: "" }, /route/],
  [{ route: "showTask", times: 0 }, /times/],
  [{ route: "showTask", delaySeconds: -1 }, /delaySeconds/],
  [{ route: "showTask", status: 99 }, /status/],
  [{ route: "showTasks", status: 500 }, /showTasks/],
])("a malformed plan is refused: %j", (plan, message) => {
  expect(() => emulator().replyNext(plan)).toThrow(message);
});
