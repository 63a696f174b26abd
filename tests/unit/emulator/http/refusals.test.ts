import type { Emulator } from "../../../../emulator";
import { callJson, logIn } from "../logIn";
import { useEmulator } from "../runningEmulator";

const { emulator, pass } = useEmulator();
const UNKNOWN_ID = "00000000-0000-4000-8000-000000000000";
const REGION_PROJECT = "b7d40f2e8c1a4963a5e0d9f8c7b62e14";

const dms = (code: string): unknown => ({ error_code: code, error_msg: expect.any(String) as string });
const gateway = (code: string): unknown => ({
  error_code: code,
  error_msg: expect.any(String) as string,
  request_id: expect.stringMatching(/^[0-9a-f]{32}$/) as string,
});

type Path = (of: Emulator) => string;
const list: Path = (of) => `/v2/${of.projectId}/instances/${of.instanceId}/tasks`;

const withGoodToken: [string, Path, number, unknown][] = [
  ["a malformed project id", () => `/v2/eu-de/instances`, 400, dms("DMS.00400002")],
  ["an unknown project", () => `/v2/${"0".repeat(32)}/instances`, 401, dms("DMS.10240104")],
  ["a project the token is not for", () => `/v2/${REGION_PROJECT}/instances`, 401, dms("DMS.10240104")],
  ["a malformed instance id", (of) => `/v2/${of.projectId}/instances/7/tasks`, 400, dms("DMS.00400030")],
  ["an unknown instance", (of) => `/v2/${of.projectId}/instances/${UNKNOWN_ID}`, 404, dms("DMS.00404022")],
  ["an unknown instance's list", (of) => `/v2/${of.projectId}/instances/${UNKNOWN_ID}/tasks`, 404, dms("DMS.00404022")],
  ["a malformed task id", (of) => `${list(of)}/7`, 400, dms("DMS.00400070")],
  ["a task id that is too long", (of) => `${list(of)}/${of.taskId}0`, 400, dms("DMS.00400070")],
  ["start 0", (of) => `${list(of)}?start=0`, 400, dms("DMS.00400062")],
  ["start that is no number", (of) => `${list(of)}?start=x`, 400, dms("DMS.00400062")],
  ["limit 0", (of) => `${list(of)}?limit=0`, 400, dms("DMS.00400062")],
  ["limit 101", (of) => `${list(of)}?limit=101`, 400, dms("DMS.00400062")],
  ["an empty limit", (of) => `${list(of)}?limit=`, 400, dms("DMS.00400062")],
  ["an unpublished URL", (of) => `${list(of)}/${of.taskId}/steps`, 404, gateway("APIGW.0101")],
  ["a slash at the end", (of) => `${list(of)}/`, 404, gateway("APIGW.0101")],
  ["letters of another case", (of) => list(of).replace("tasks", "Tasks"), 404, gateway("APIGW.0101")],
  ["broken percent-encoding", (of) => `${list(of)}/%zz`, 400, gateway("APIGW.0201")],
];

test.each(withGoodToken)("%s is refused as documented", async (_case, path, status, body) => {
  const { fetchJson } = await logIn(emulator());
  const reply = await fetchJson("GET", path(emulator()));
  expect(reply).toMatchObject({ status, body });
});

test("an unpublished method is refused", async () => {
  const { fetchJson } = await logIn(emulator());
  expect(await fetchJson("PUT", list(emulator()))).toMatchObject({ status: 404, body: gateway("APIGW.0101") });
});

test("an instance of another project does not exist", async () => {
  const other = emulator().addInstance({ projectId: REGION_PROJECT });
  const { fetchJson } = await logIn(emulator());
  const reply = await fetchJson("GET", `/v2/${emulator().projectId}/instances/${other}`);
  expect(reply).toMatchObject({ status: 404, body: dms("DMS.00404022") });
});

test.each([
  ["service", dms("DMS.10240103"), dms("DMS.10240101"), dms("DMS.10240102")],
  ["gateway", gateway("APIGW.0301"), gateway("APIGW.0301"), gateway("APIGW.0307")],
] as const)("no token, a bad one, an expired one: answered by the %s when so set", async (tokenRefusals, ...bodies) => {
  emulator().configure({ tokenRefusals });
  const { token } = await logIn(emulator());
  const path = list(emulator());
  expect(await callJson(emulator(), "GET", path, { "X-Auth-Token": token })).toMatchObject({ status: 200 });
  pass(86_400);
  const headers: { [name: string]: string }[] = [
    {},
    { "X-Auth-Token": `${token.slice(0, -4)}AAAA` },
    { "X-Auth-Token": token },
  ];
  for (const [index, body] of bodies.entries()) {
    expect(await callJson(emulator(), "GET", path, headers[index])).toMatchObject({ status: 401, body });
  }
});

test.each([[{ domain: { name: "OTC-EMULATOR-00000000001000000001" } }], [undefined]])(
  "a token of scope %j is for no project",
  async (scope) => {
    const { fetchJson } = await logIn(emulator(), scope ?? "unscoped");
    expect(await fetchJson("GET", list(emulator()))).toMatchObject({ status: 401, body: dms("DMS.10240104") });
  },
);

test("without authentication nothing is told of what exists", async () => {
  for (const path of [list(emulator()), `/v2/eu-de/instances`, `/v2/${emulator().projectId}/instances/7/tasks/7`]) {
    expect(await callJson(emulator(), "GET", path)).toMatchObject({ status: 401, body: dms("DMS.10240103") });
  }
});

test("a body over 12 MB is refused", async () => {
  const path = list(emulator()).replace("v2", "v1").replace("tasks", "public-boundwidth");
  const reply = await callJson(emulator(), "POST", path, {}, " ".repeat(12 * 1024 * 1024 + 1));
  expect(reply).toMatchObject({ status: 413, body: gateway("APIGW.0201") });
});

test("each reply has its number, which a gateway's error repeats", async () => {
  const { headers, body } = await callJson(emulator(), "GET", "/nowhere");
  expect(body).toMatchObject({ request_id: headers.get("x-request-id") });
});
