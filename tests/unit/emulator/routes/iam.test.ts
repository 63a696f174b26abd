import { callJson, logIn, postToken } from "../logIn";
import { START_MS, useEmulator } from "../runningEmulator";

const { emulator, pass } = useEmulator({ tokenLifetimeSeconds: 600 });
const DOMAIN_ID = "d0a1f3c5b7e94d2a86c0315f7e9b2d48";
const USER_ID = "0c5e7a913bd24f68a1f0d2c4b6987e35";

const keystone = (code: number, title: string): unknown => ({
  error: { code, title, message: expect.any(String) as string },
});

test("a token by password: header, times in microseconds, user, project, and a catalog", async () => {
  const { status, headers, body } = await postToken(emulator(), {}, { project: { id: emulator().projectId } });
  const domain = { id: DOMAIN_ID, name: emulator().domainName };
  expect(status).toBe(201);
  expect(headers.get("x-subject-token")).toMatch(/^MII.{100}/);
  expect(body).toMatchObject({
    token: {
      methods: ["password"],
      issued_at: "2026-01-02T03:04:05.678000Z",
      expires_at: "2026-01-02T03:14:05.678000Z",
      user: { id: USER_ID, name: "emulator", domain },
      project: { id: emulator().projectId, name: "eu-de_emulator", domain },
    },
  });
  const { catalog } = (body as { token: { catalog: { type: string; endpoints: object[] }[] } }).token;
  expect(catalog.find(({ type }) => type === "dmsv2")?.endpoints).toMatchObject([
    { interface: "public", region: "eu-de", url: `${emulator().url}/v2/${emulator().projectId}` },
  ]);
  expect(catalog.find(({ type }) => type === "identity")?.endpoints).toContainEqual(
    expect.objectContaining({ region: "*", url: emulator().authUrl }),
  );
});

test.each([
  ["id", { id: USER_ID, name: undefined, domain: undefined }],
  ["name and the domain's id", { domain: { id: DOMAIN_ID } }],
])("a user by %s can log in", async (_case, user) => {
  expect(await postToken(emulator(), user)).toMatchObject({ status: 201 });
});

test.each([
  ["a project by name", { project: { name: "eu-de_emulator" } }, "project"],
  ["a project by name and domain", { project: { name: "eu-de", domain: { id: DOMAIN_ID } } }, "project"],
  ["the domain", { domain: { id: DOMAIN_ID } }, "domain"],
  ["both: the project counts", { project: { name: "eu-de" }, domain: { id: DOMAIN_ID } }, "project"],
  ["none", undefined, undefined],
])("scope: %s", async (_case, scope, expected) => {
  const { body } = await postToken(emulator(), {}, scope);
  const { token } = body as { token: object };
  expect(["project", "domain"].filter((name) => name in token)).toEqual(expected === undefined ? [] : [expected]);
});

test("with nocatalog there is no catalog", async () => {
  const { body } = await postToken(emulator(), {}, { project: { id: emulator().projectId } }, "?nocatalog=true");
  expect((body as { token: object }).token).not.toHaveProperty("catalog");
});

test.each([
  ["a wrong password", { password: "wrong" }, undefined, 401],
  ["a wrong user", { name: "somebody" }, undefined, 401],
  ["a wrong user id", { id: "0".repeat(32) }, undefined, 401],
  ["a wrong domain", { domain: { name: "other" } }, undefined, 401],
  ["a name without a domain", { domain: undefined }, undefined, 400],
  ["no password", { password: undefined }, undefined, 400],
  ["an unknown project", {}, { project: { name: "eu-nl" } }, 401],
  ["a project of another domain", {}, { project: { name: "eu-de", domain: { name: "other" } } }, 401],
  ["another domain", {}, { domain: { name: "other" } }, 401],
])("%s is refused in Keystone's form", async (_case, user, scope, status) => {
  const reply = await postToken(emulator(), user, scope);
  expect(reply).toMatchObject({ status, body: keystone(status, status === 400 ? "Bad Request" : "Unauthorized") });
  expect(reply.headers.has("x-subject-token")).toBe(false);
});

test.each(["{", "[]", '{"auth":{"identity":{"methods":["token"],"token":{"id":"x"}}}}'])(
  "the body %s is refused",
  async (body) => {
    const reply = await callJson(emulator(), "POST", "/v3/auth/tokens", {}, body);
    expect(reply).toMatchObject({ status: 400, body: keystone(400, "Bad Request") });
  },
);

test("projects, by name and all; the domain of the caller; the catalog", async () => {
  const { fetchJson } = await logIn(emulator());
  const { projectId, projectName, domainName } = emulator();
  expect((await fetchJson("GET", `/v3/projects?name=${projectName}`)).body).toMatchObject({
    projects: [{ id: projectId, name: projectName, domain_id: DOMAIN_ID, enabled: true }],
  });
  expect((await fetchJson("GET", "/v3/projects?name=eu-nl")).body).toMatchObject({ projects: [] });
  expect((await fetchJson("GET", "/v3/auth/projects")).body).toMatchObject({
    projects: [{ name: "eu-de_emulator" }, { name: "eu-de" }],
  });
  expect((await fetchJson("GET", "/v3/auth/domains")).body).toMatchObject({
    domains: [{ id: DOMAIN_ID, name: domainName }],
  });
  const { body } = await fetchJson("GET", "/v3/auth/catalog");
  expect((body as { catalog: { type: string }[] }).catalog.map(({ type }) => type)).toContain("dmsv2");
});

test("a token is shown while it lives", async () => {
  const { token } = await logIn(emulator());
  pass(300);
  const own = { "X-Auth-Token": (await logIn(emulator())).token };
  const subject = { ...own, "X-Subject-Token": token };
  expect(await callJson(emulator(), "GET", "/v3/auth/tokens", subject)).toMatchObject({
    status: 200,
    body: { token: { issued_at: "2026-01-02T03:04:05.678000Z" } },
  });
  pass(300);
  const reply = await callJson(emulator(), "GET", "/v3/auth/tokens", subject);
  expect(reply).toMatchObject({ status: 404, body: keystone(404, "Not Found") });
});

test("IAM refuses a missing, unknown or expired token in Keystone's form", async () => {
  const { token } = await logIn(emulator());
  emulator().expireTokens();
  for (const headers of [{}, { "X-Auth-Token": "x" }, { "X-Auth-Token": token }] as { [name: string]: string }[]) {
    const reply = await callJson(emulator(), "GET", "/v3/projects", headers);
    expect(reply).toMatchObject({ status: 401, body: keystone(401, "Unauthorized") });
  }
});

test("expired tokens stay expired, and a new one works; the lifetime can be changed", async () => {
  const path = `/v2/${emulator().projectId}/instances`;
  const old = await logIn(emulator());
  emulator().expireTokens();
  emulator().configure({ tokenLifetimeSeconds: 1 });
  const { fetchJson } = await logIn(emulator());
  expect(await old.fetchJson("GET", path)).toMatchObject({ status: 401, body: { error_code: "DMS.10240102" } });
  expect(await fetchJson("GET", path)).toMatchObject({ status: 200 });
  pass(1);
  expect(await fetchJson("GET", path)).toMatchObject({ status: 401, body: { error_code: "DMS.10240102" } });
});

test("versions are found from the root and from /v3", async () => {
  const link = { links: [{ rel: "self", href: `${emulator().authUrl}/` }], status: "stable" };
  expect(await callJson(emulator(), "GET", "/")).toMatchObject({ status: 300, body: { versions: { values: [link] } } });
  for (const path of ["/v3", "/v3/"]) {
    expect(await callJson(emulator(), "GET", path)).toMatchObject({ status: 200, body: { version: link } });
  }
});

test("the Date header tells the emulator's time, skewed when so set", async () => {
  const dateOf = async (): Promise<string | null> => (await callJson(emulator(), "GET", "/")).headers.get("date");
  expect(await dateOf()).toBe(new Date(START_MS).toUTCString());
  emulator().configure({ clockSkewSeconds: -7200 });
  expect(await dateOf()).toBe(new Date(START_MS - 7_200_000).toUTCString());
  expect(emulator().now()).toBe(START_MS - 7_200_000);
});
