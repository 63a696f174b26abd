import { signatureHeaders } from "../../../../provider/identity/signature";
import { callJson, type JsonReply, logIn, postToken } from "../logIn";
import { START_MS, useEmulator } from "../runningEmulator";

const minuteMs = 60_000;

describe("access keys", () => {
  const { emulator, pass } = useEmulator();
  let nowMs = START_MS;
  beforeEach(() => (nowMs = START_MS));

  interface Key {
    accessKey: string;
    secretKey: string;
    securityToken?: string;
  }

  const listProjects = (key: Key, signedAtMs = nowMs, more: { [name: string]: string } = {}) =>
    signed("GET", "/v3/projects", key, signedAtMs, more);

  function signed(
    method: string,
    path: string,
    key: Key,
    signedAtMs: number,
    more: { [name: string]: string } = {},
    body?: object,
  ): Promise<JsonReply> {
    const headers = { ...more, ...(key.securityToken !== undefined && { "X-Security-Token": key.securityToken }) };
    const request = { method, url: emulator().url + path, headers, body: body && JSON.stringify(body) };
    return callJson(emulator(), method, path, { ...headers, ...signatureHeaders(request, key, signedAtMs) }, body);
  }

  const own = (): Key => ({ accessKey: emulator().accessKey, secretKey: emulator().secretKey });
  const wrong = (): Key => ({ ...own(), secretKey: "wrong" });
  const refusal = (text: string): unknown => ({
    status: 401,
    body: expect.objectContaining({
      error_code: "APIGW.0301",
      error_msg: expect.stringContaining(text) as string,
    }) as object,
  });

  test.each([
    [14, 200],
    [-14, 200],
    [16, 401],
    [-16, 401],
  ])("a signature whose time is %i minutes off: %i", async (minutes, status) => {
    expect(await listProjects(own(), nowMs + minutes * minuteMs)).toMatchObject({ status });
  });

  test("the sixth refusal in a row locks the key for five minutes, also for right signatures", async () => {
    for (let i = 0; i < 5; i++) {
      expect(await listProjects(wrong())).toMatchObject(refusal("verify aksk signature fail") as object);
    }
    expect(await listProjects(wrong())).toMatchObject({ status: 401 });
    expect(await listProjects(own())).toMatchObject(refusal("failed to reach the limit") as object);
    pass(299);
    nowMs += 299_000;
    expect(await listProjects(own())).toMatchObject({ status: 401 });
    pass(1);
    nowMs += 1000;
    expect(await listProjects(own())).toMatchObject({ status: 200 });
  });

  test("a right signature between wrong ones starts the count anew", async () => {
    for (let i = 0; i < 12; i++) {
      await listProjects(i % 4 === 3 ? own() : wrong());
    }
    expect(await listProjects(own())).toMatchObject({ status: 200 });
  });

  test("an unknown key is said to be one", async () => {
    expect(await listProjects({ ...own(), accessKey: "NOBODYS" })).toMatchObject(refusal("ak not exist") as object);
  });

  test("a key that was revoked is unknown until the emulator is reset", async () => {
    emulator().revokeAccessKey();
    expect(await listProjects(own())).toMatchObject(refusal("ak not exist") as object);
    emulator().reset();
    expect(await listProjects(own())).toMatchObject({ status: 200 });
  });

  test("a temporary key needs its security token, and ends", async () => {
    const key = emulator().issueTemporaryKey(900);
    expect(await listProjects(key)).toMatchObject({ status: 200 });
    expect(await listProjects({ ...key, securityToken: undefined })).toMatchObject({ status: 401 });
    expect(await listProjects({ ...key, securityToken: "another" })).toMatchObject({ status: 401 });
    expect(await listProjects({ ...own(), securityToken: key.securityToken })).toMatchObject({ status: 401 });
    pass(900);
    nowMs += 900_000;
    expect(await listProjects(key)).toMatchObject(refusal("security token expires") as object);
  });

  const assumeRole = (more: object = {}) => ({
    auth: {
      identity: {
        methods: ["assume_role"],
        assume_role: { agency_name: emulator().agencyName, domain_name: emulator().agencyDomainName, ...more },
      },
    },
  });
  const keysPath = "/v3.0/OS-CREDENTIAL/securitytokens";

  test("a temporary key of the agency, by a signature with X-Domain-Id, sees the agency's projects alone", async () => {
    const headers = { "X-Domain-Id": emulator().domainId };
    const { status, body } = await signed(
      "POST",
      keysPath,
      own(),
      nowMs,
      headers,
      assumeRole({ duration_seconds: 3600 }),
    );
    expect(status).toBe(201);
    const { access, secret, securitytoken } = (body as { credential: { [field: string]: string } }).credential;
    expect(body).toMatchObject({ credential: { expires_at: "2026-01-02T04:04:05.678000Z" } });
    const key = { accessKey: access!, secretKey: secret!, securityToken: securitytoken! };
    const { agencyProjectId: id, agencyProjectName: name, agencyDomainId } = emulator();
    expect((await listProjects(key)).body).toMatchObject({ projects: [{ id, name, domain_id: agencyDomainId }] });
    const instances = (projectId: string) => signed("GET", `/v2/${projectId}/instances`, key, nowMs);
    expect(await instances(emulator().agencyProjectId)).toMatchObject({ status: 200 });
    expect(await instances(emulator().projectId)).toMatchObject({ status: 403, body: { error_code: "APIGW.0310" } });
  });

  test.each([
    ["without X-Domain-Id", {}, {}, 401],
    ["another agency", {}, { agency_name: "other" }, 403],
    ["another domain", {}, { domain_name: "other" }, 403],
    ["a duration under a quarter of an hour", {}, { duration_seconds: 60 }, 400],
  ])("refused: %s", async (what, more, role, status) => {
    const headers = what === "without X-Domain-Id" ? more : { "X-Domain-Id": emulator().domainId };
    expect(await signed("POST", keysPath, own(), nowMs, headers, assumeRole(role))).toMatchObject({ status });
  });

  test("a temporary key by a token, for a quarter of an hour by default", async () => {
    const { fetchJson } = await logIn(emulator());
    const body = { auth: { identity: { methods: ["token"], token: {} } } };
    expect(await fetchJson("POST", keysPath, body)).toMatchObject({
      status: 201,
      body: { credential: { expires_at: "2026-01-02T03:19:05.678000Z" } },
    });
  });
});

describe("an agency's token", () => {
  const { emulator } = useEmulator();

  const assume = (token: string, role: object, scope: object) => {
    const identity = { methods: ["assume_role"], assume_role: role };
    return callJson(emulator(), "POST", "/v3/auth/tokens", { "X-Auth-Token": token }, { auth: { identity, scope } });
  };
  const role = () => ({ domain_name: emulator().agencyDomainName, xrole_name: emulator().agencyName });
  const scope = () => ({ project: { name: emulator().agencyProjectName } });

  test("is good for the delegated project, and not for one's own", async () => {
    const { token } = await logIn(emulator(), { domain: { name: emulator().domainName } });
    const reply = await assume(token, role(), scope());
    const { agencyProjectId, agencyDomainName: name } = emulator();
    expect(reply).toMatchObject({
      status: 201,
      body: { token: { methods: ["assume_role"], project: { id: agencyProjectId, domain: { name } } } },
    });
    const headers = { "X-Auth-Token": reply.headers.get("x-subject-token")! };
    const list = (projectId: string) => callJson(emulator(), "GET", `/v2/${projectId}/instances`, headers);
    expect(await list(agencyProjectId)).toMatchObject({ status: 200 });
    expect(await list(emulator().projectId)).toMatchObject({ status: 401 });
  });

  test("is refused for another agency, for one's own project, by an agency's token, and without a token", async () => {
    const { token } = await logIn(emulator());
    expect(await assume(token, { ...role(), xrole_name: "other" }, scope())).toMatchObject({ status: 403 });
    const own = { project: { id: emulator().projectId } };
    expect(await assume(token, role(), own)).toMatchObject({ status: 401 });
    const agencyToken = (await assume(token, role(), scope())).headers.get("x-subject-token")!;
    expect(await assume(agencyToken, role(), scope())).toMatchObject({ status: 401 });
    expect(await assume("", role(), scope())).toMatchObject({ status: 401 });
  });
});

describe("a passcode", () => {
  const { emulator, pass } = useEmulator({ account: { requiresPasscode: true } });

  function logInWith(passcode: string | undefined): Promise<JsonReply> {
    const { username: name, domainName, password, userId: id } = emulator();
    const user = { name, domain: { name: domainName }, password };
    const identity = {
      methods: passcode === undefined ? ["password"] : ["password", "totp"],
      password: { user },
      ...(passcode !== undefined && { totp: { user: { id, passcode } } }),
    };
    return callJson(emulator(), "POST", "/v3/auth/tokens", {}, { auth: { identity } });
  }

  test("is needed, and changes every half minute", async () => {
    expect(await postToken(emulator(), {})).toMatchObject({ status: 401 });
    const passcode = emulator().passcode();
    expect(passcode).toMatch(/^\d{6}$/);
    expect(await logInWith(passcode)).toMatchObject({ status: 201 });
    pass(30);
    expect(emulator().passcode()).not.toBe(passcode);
    expect(await logInWith(passcode)).toMatchObject({ status: 401 });
    expect(await logInWith(emulator().passcode())).toMatchObject({ status: 201 });
  });
});
