import { randomUUID } from "node:crypto";
import {
  headersOf,
  type RequestHeaders,
  type ServiceReply,
  type ServiceRequest,
} from "../../../../provider/http/exchange";
import { createUserToken, projectScope } from "../../../../provider/identity/issuedToken";
import { byAgency, byPassword } from "../../../../provider/identity/logIn";
import { createTemporaryKey } from "../../../../provider/identity/temporaryKey";
import type { PasswordCredentials } from "../../../../provider/settings/credentialSettings";
import type { Settings } from "../../../../provider/settings/settings";
import { AuthenticationError, SettingsError, WrongEndpointError } from "../../../../provider/task/errors";

const bounds = { timeoutMs: 1000 };
const agency = { name: "agency", domain: { id: "d1" } };
const password = (more: Partial<PasswordCredentials> = {}): PasswordCredentials => ({
  method: "password",
  user: { name: "me" },
  domain: { name: "us" },
  password: randomUUID(),
  ...more,
});
const settings = (more: Partial<Settings> = {}): Settings => ({
  credentials: { method: "token", token: randomUUID() },
  authUrl: "https://iam.example.com/v3",
  authUrlIsSet: false,
  project: { id: "p1" },
  endpoints: {},
  ...more,
});

const token = (project: object = { id: "p1" }) => ({ token: { expires_at: "2026-01-01T01:00:00Z", project } });
const credential = () => ({
  access: randomUUID(),
  secret: randomUUID(),
  securitytoken: randomUUID(),
  expires_at: "2026-01-01T01:00:00Z",
});

interface Sent extends Pick<ServiceRequest, "method" | "url"> {
  body?: unknown;
  headers: RequestHeaders;
}
type Answers = { [path: string]: [httpStatus: number, body: unknown] };

/** IAM that answers each path in one way; each token that it issues has its number. */
function iam(answers: Answers, more: Partial<ServiceReply> = {}) {
  const sent: Sent[] = [];
  const send = async (request: ServiceRequest): Promise<ServiceReply> => {
    const { method, url, body } = request;
    sent.push({ method, url, body, headers: headersOf(request) });
    const { pathname } = new URL(url);
    const [httpStatus, answer] = answers[pathname] ?? [500, {}];
    return { httpStatus, body: answer, header: () => `issued-${sent.length}`, ...more };
  };
  return { send, sent, paths: () => sent.map(({ url }) => new URL(url).pathname) };
}

const tokensPath = "/v3/auth/tokens";
const keysPath = "/v3.0/OS-CREDENTIAL/securitytokens";

describe("the project that a token is asked for", () => {
  it.each([
    [{ name: "shop" }, { name: "us" }, { name: "shop", domain: { name: "us" } }],
    [{ name: "shop" }, undefined, { name: "shop" }],
    [{ id: "p1" }, { name: "us" }, { id: "p1" }],
  ])("is named %j in domain %j as %j", (project, domain, named) => {
    expect(projectScope(project, domain)).toStrictEqual({ project: named });
  });
});

describe("a login with a password", () => {
  const logInWith = (project: object, more: Partial<Settings>) => {
    const { send } = iam({ [tokensPath]: [201, token(project)] });
    return byPassword(settings(more), password(), send, send)(bounds);
  };

  it.each([
    ["eu-nl", "eu-de_shop", /^the project eu-de_shop belongs to region eu-de, but the region is set to eu-nl/],
    ["eu-de", "eu-nl", /^the project eu-nl belongs to region eu-nl, but the region is set to eu-de/],
  ])("for the region %s is an error where the project is %s", async (region, name, message) => {
    const session = logInWith({ id: "p1", name }, { region });
    await expect(session).rejects.toThrow(SettingsError);
    await expect(session).rejects.toThrow(message);
  });

  it.each([
    ["the project is of the region", { id: "p1", name: "eu-de_shop" }, { region: "eu-de" }],
    ["the project's name is not known", { id: "p1" }, { region: "eu-nl" }],
    ["the address is set", { id: "p1", name: "eu-de" }, { region: "eu-nl", endpoints: { dms: "https://dms" } }],
  ])("opens a session where %s", async (_what, project, more) => {
    await expect(logInWith(project, more)).resolves.toMatchObject({ projectId: "p1" });
  });

  it.each([
    [undefined, /^the session opened with a passcode has ended, and a passcode is valid/],
    ["OS_PASSCODE", /^the session opened with a passcode \(OS_PASSCODE\) has ended, and a passcode is valid/],
  ])("and a passcode opens one session, however it was set: %p", async (origin, message) => {
    const { send, sent } = iam({ [tokensPath]: [201, token()] });
    const logIn = byPassword(settings(), password({ user: { id: "u1" }, passcode: "123456", origin }), send, send);
    await logIn(bounds);
    await expect(logIn(bounds)).rejects.toThrow(message);
    expect(sent).toHaveLength(1);
  });

  it.each([
    [401, AuthenticationError, { httpStatus: 401, code: "IAM.0001" }],
    [404, WrongEndpointError, { httpStatus: 404 }],
  ])("that gets %d fails with its status and code", async (httpStatus, kind, fields) => {
    const { send } = iam({ [tokensPath]: [httpStatus, { error_code: "IAM.0001", error_msg: "no" }] });
    const asked = createUserToken(send, settings(), password(), { project: { id: "p1" } }, bounds);
    await expect(asked).rejects.toThrow(kind);
    await expect(asked).rejects.toMatchObject(fields);
  });
});

describe("an agency is assumed", () => {
  const assumption = {
    auth: {
      identity: { methods: ["assume_role"], assume_role: { domain_id: "d1", xrole_name: "agency" } },
      scope: { project: { id: "p1" } },
    },
  };

  it("with a given token by one request, and its own token is sent from then on", async () => {
    const authorized = iam({ [tokensPath]: [201, token()] });
    const own = iam({ "/v2/p1/tasks": [200, {}] });
    const session = await byAgency(settings(), agency, authorized.send, own.send)(bounds);
    expect(authorized.sent).toMatchObject([{ method: "POST", body: assumption }]);
    expect(session.projectId).toBe("p1");
    await session.send({ method: "GET", url: "https://dms.example.com/v2/p1/tasks", ...bounds });
    expect(own.sent).toMatchObject([{ headers: { "X-Auth-Token": "issued-1" } }]);
  });

  it.each([
    [{ domain: { name: "us" } }, { domain: { name: "us" } }],
    [{ user: { id: "u1" }, domain: undefined }, undefined],
  ])("with a password by a token of the user's whole account: %j", async (more, scope) => {
    const credentials = password(more);
    const login = iam({ [tokensPath]: [201, { token: { expires_at: "2026-01-01T01:00:00Z" } }] });
    const own = iam({ [tokensPath]: [201, token()] });
    await byAgency(settings({ credentials }), agency, login.send, own.send)(bounds);
    expect((login.sent[0]!.body as { auth: { scope: unknown } }).auth.scope).toEqual(scope);
    expect(own.sent).toMatchObject([{ body: assumption, headers: { "X-Auth-Token": "issued-1" } }]);
  });
});

describe("a temporary key of an agency", () => {
  const assume = async (more: Partial<Settings>, answers: Answers = {}) => {
    const credentials = {
      method: "key",
      accessKey: randomUUID(),
      secretKey: randomUUID(),
      domain: { id: "d0" },
    } as const;
    const key = credential();
    const authorized = iam({ [keysPath]: [201, { credential: key }] });
    const own = iam({ "/v3/auth/catalog": [200, { catalog: [] }], ...answers });
    const all = settings({ credentials, ...more });
    const session = byAgency(all, agency, authorized.send, own.send)(bounds);
    await session.catch(() => undefined);
    return { session, authorized, own, key };
  };

  it("comes with the project that its requests are for", async () => {
    const { session, authorized, own } = await assume({});
    await expect(session).resolves.toMatchObject({ headers: { "X-Project-Id": "p1" }, projectId: "p1" });
    expect(authorized.sent).toMatchObject([{ method: "POST", headers: { "X-Domain-Id": "d0" } }]);
    expect(own.sent).toEqual([]);
  });

  it.each([
    ["no address", {}, ["/v3/auth/catalog"]],
    ["the address of DMS alone", { dms: "https://dms" }, ["/v3/auth/catalog"]],
    ["all addresses", { dms: "https://dms", dcs: "https://dcs" }, []],
  ])("reads the catalog, for the project, unless it is not needed: with %s set", async (_what, endpoints, paths) => {
    const { own, key } = await assume({ authUrlIsSet: true, endpoints });
    expect(own.paths()).toEqual(paths);
    for (const { headers } of own.sent) {
      expect(headers).toMatchObject({ "X-Project-Id": "p1", "X-Security-Token": key.securitytoken });
    }
  });

  it("that is refused at once is said to be a temporary one", async () => {
    const { session, own } = await assume({ project: { name: "shop" } }, { "/v3/projects": [401, {}] });
    await expect(session).rejects.toThrow(/^the temporary access key was refused/);
    expect(own.paths()).toEqual(["/v3/projects"]);
  });

  it.each([
    [{ id: "d1" }, { domain_id: "d1" }],
    [{ name: "them" }, { domain_name: "them" }],
  ])("is asked for by the other account, %j, as %j", async (domain, named) => {
    const { send, sent } = iam({ [keysPath]: [201, { credential: credential() }] });
    await createTemporaryKey(send, settings(), { name: "agency", domain }, "d0", bounds);
    const { identity } = (sent[0]!.body as { auth: { identity: object } }).auth;
    expect(identity).toStrictEqual({
      methods: ["assume_role"],
      assume_role: { ...named, agency_name: "agency", duration_seconds: 3600 },
    });
  });

  it("is asked for beside IAM's own version, wherever the address has another", async () => {
    const path = `/v3/proxy${keysPath}`;
    const { send, paths } = iam({ [path]: [201, { credential: credential() }] });
    await createTemporaryKey(send, settings({ authUrl: "https://host/v3/proxy/v3" }), agency, "d0", bounds);
    expect(paths()).toEqual([path]);
  });

  it.each([401, 403, 404])("that is refused with %d fails with its status and code", async (httpStatus) => {
    const { send } = iam({ [keysPath]: [httpStatus, { error_code: "IAM.0001", error_msg: "no" }] });
    const asked = createTemporaryKey(send, settings(), agency, "d0", bounds);
    await expect(asked).rejects.toThrow(AuthenticationError);
    await expect(asked).rejects.toMatchObject({ httpStatus, code: "IAM.0001" });
  });

  it("is valid for as long as the service's clock says, or else this machine's", async () => {
    jest.spyOn(Date, "now").mockReturnValue(Date.UTC(2026, 0, 1, 0, 59));
    const lifetimeMs = async (more: Partial<ServiceReply>) => {
      const { send } = iam({ [keysPath]: [201, { credential: credential() }] }, more);
      return (await createTemporaryKey(send, settings(), agency, "d0", bounds)).lifetimeMs;
    };
    expect(await lifetimeMs({ serviceTimeMs: Date.UTC(2026, 0, 1, 0, 30) })).toBe(1_800_000);
    expect(await lifetimeMs({})).toBe(60_000);
    jest.restoreAllMocks();
  });
});
