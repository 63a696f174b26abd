import { callJson, instancePath, logIn, postToken } from "../logIn";
import { START_MS, useEmulator } from "../runningEmulator";

const lines: string[] = [];
const { emulator, pass } = useEmulator({ log: (line) => lines.push(line) });

test("requests are logged in order, with time, route, ids and status, and counted by route", async () => {
  const { fetchJson } = await logIn(emulator());
  const { projectId, instanceId, taskId } = emulator();
  const path = `${instancePath(emulator())}/tasks`;
  pass(1);
  await fetchJson("GET", `${path}?start=1&limit=5&secret=x`);
  pass(1);
  await fetchJson("GET", `${path}/${taskId}`);
  await fetchJson("GET", `${path}/7`);
  await callJson(emulator(), "GET", "/nowhere");
  const shared = { method: "GET", projectId, instanceId, planned: false };
  expect(emulator().requests()).toMatchObject([
    { timeMs: START_MS, route: "createToken", method: "POST", path: "/v3/auth/tokens", status: 201 },
    { ...shared, timeMs: START_MS + 1000, route: "listTasks", path, status: 200 },
    { ...shared, timeMs: START_MS + 2000, route: "showTask", path: `${path}/${taskId}`, taskId, status: 200 },
    { ...shared, route: "showTask", taskId: "7", status: 400 },
    { route: "unknown", path: "/nowhere", status: 404 },
  ]);
  expect(emulator().requests()[1]?.query).toEqual({ start: "1", limit: "5" });
  expect(emulator().counts()).toEqual({ createToken: 1, listTasks: 1, showTask: 2, unknown: 1 });
});

test("neither log nor lines hold a secret, wherever a client put it", async () => {
  const { token, fetchJson } = await logIn(emulator());
  const { password, secretKey } = emulator();
  await postToken(emulator(), { password: "wrong-password" });
  await fetchJson("GET", instancePath(emulator()));
  await fetchJson("GET", `/v3/projects?name=x&password=${password}&token=${encodeURIComponent(token)}`);
  await callJson(emulator(), "GET", `/v3/${encodeURIComponent(token)}/${password}/${secretKey}`);
  const signed = { Authorization: `SDK-HMAC-SHA256 Access=a, SignedHeaders=host, Signature=${"5".repeat(64)}` };
  await callJson(emulator(), "GET", instancePath(emulator()), signed);
  const kept = JSON.stringify([emulator().requests(), lines, emulator().events(), emulator().counts()]);
  expect(emulator().requests()).toHaveLength(6);
  for (const secret of [password, secretKey, "wrong-password", token.slice(10, 40), "5".repeat(64)]) {
    expect(kept).not.toContain(secret);
  }
});
