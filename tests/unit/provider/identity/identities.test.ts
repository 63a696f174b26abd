import type { ProjectRequest } from "../../../../provider/identity/identity";
import { AuthenticationError, BadResponseError } from "../../../../provider/task/errors";
import {
  newPasswordStanding,
  newTokenStanding,
  withGivenToken,
  withPassword,
} from "../../../../provider/identity/authorizedSend";
import { GivenIdentity } from "../../../../provider/identity/givenIdentity";
import { byPassword as logInByPassword } from "../../../../provider/identity/logIn";
import { RenewedIdentity } from "../../../../provider/identity/renewedIdentity";
import type { Settings } from "../../../../provider/settings/settings";
import { headersOf, type ServiceReply, type ServiceRequest } from "../../../../provider/http/exchange";
import { ManualClock } from "../clock/manualClock";

const bounds = { timeoutMs: 1000 };
const task: ProjectRequest = { api: "dms", method: "GET", path: (projectId) => `/v2/${projectId}/task` };

/** DMS and IAM in one: it takes the tokens it issued, until they are refused. */
class Service {
  readonly sent: string[] = [];
  /** Where the last request went. */
  origin?: string;
  issued = 0;
  good: (token: string) => boolean = () => true;
  loginStatus = 201;
  taskStatus = 200;
  projects = [{ id: "project-by-name" }];
  expiresAt = "2026-01-01T00:16:40Z";
  readonly date = "2026-01-01T00:00:00Z";

  readonly send = async (request: ServiceRequest): Promise<ServiceReply> => {
    await Promise.resolve();
    const { method, url } = request;
    const headers = headersOf(request);
    const { pathname, origin } = new URL(url);
    this.origin = origin;
    this.sent.push(`${method} ${pathname}`);
    if (pathname === "/v3/auth/tokens") {
      return this.login();
    }
    if (!this.good(headers["X-Auth-Token"]!)) {
      return reply(401, { error_code: "APIGW.0307" });
    }
    if (pathname === "/v3/projects") {
      return reply(200, { projects: this.projects });
    }
    return reply(this.taskStatus, {});
  };

  count(path: string): number {
    return this.sent.filter((sent) => sent.endsWith(path)).length;
  }

  private login(): ServiceReply {
    if (this.loginStatus !== 201) {
      return reply(this.loginStatus, { error: { code: this.loginStatus, message: "wrong", title: "Unauthorized" } });
    }
    const endpoints = [{ interface: "public", region: "eu-de", url: "https://dms.example.com/v2/project" }];
    const token = { expires_at: this.expiresAt, project: { id: "project" }, catalog: [{ type: "dmsv2", endpoints }] };
    return reply(201, { token }, { "x-subject-token": `token-${++this.issued}` }, Date.parse(this.date));
  }
}

function reply(httpStatus: number, body: unknown, headers: { [name: string]: string } = {}, serviceTimeMs?: number) {
  return { httpStatus, body, header: (name: string) => headers[name], serviceTimeMs };
}

const settings = (more: Partial<Settings>): Settings => ({
  credentials: { method: "token", token: "given" },
  authUrl: "https://iam.example.com/v3",
  authUrlIsSet: false,
  region: "eu-de",
  project: { id: "project" },
  endpoints: {},
  ...more,
});

const password = {
  method: "password",
  user: { name: "user" },
  domain: { name: "domain" },
  password: "secret",
} as const;
const tokensPath = "/v3/auth/tokens";
const taskPath = "/v2/project/task";

function byPassword() {
  const service = new Service();
  const clock = new ManualClock();
  const all = settings({ credentials: password });
  const login = withPassword(service.send, newPasswordStanding());
  const identity = new RenewedIdentity(all, logInByPassword(all, password, login, service.send), () => clock.nowMs());
  const get = (times: number) => Promise.allSettled(Array.from({ length: times }, () => identity.send(task, bounds)));
  return { service, clock, get };
}

const statuses = (results: PromiseSettledResult<unknown>[]) => new Set(results.map(({ status }) => status));

describe("a password", () => {
  it("is sent once however many waits begin at once, and the catalog tells where DMS is", async () => {
    const { service, get } = byPassword();
    const results = await get(10);
    expect(results[0]).toMatchObject({ value: { projectId: "project" } });
    expect(service.origin).toBe("https://dms.example.com");
    expect(service.count(tokensPath)).toBe(1);
    expect(service.count(taskPath)).toBe(10);
  });

  it("is sent again before the token expires, by the service's clock", async () => {
    const { service, clock, get } = byPassword();
    await get(1);
    clock.pass(939_000);
    await get(1);
    expect(service.count(tokensPath)).toBe(1);
    clock.pass(2000);
    await get(1);
    expect(service.count(tokensPath)).toBe(2);
  });

  it("is sent once for a hundred waits whose token was refused, as often as that happens", async () => {
    const { service, get } = byPassword();
    await get(1);
    for (const refused of [1, 2, 3]) {
      service.good = (token) => token !== `token-${refused}`;
      expect(statuses(await get(100))).toEqual(new Set(["fulfilled"]));
      expect(service.count(tokensPath)).toBe(refused + 1);
    }
  });

  it("is no use when a fresh token is refused: one more login, then an error", async () => {
    const { service, get } = byPassword();
    service.good = () => false;
    const results = await get(100);
    expect(statuses(results)).toEqual(new Set(["rejected"]));
    expect((results[0] as PromiseRejectedResult).reason).toBeInstanceOf(AuthenticationError);
    expect(service.count(tokensPath)).toBe(2);
  });

  it.each([
    ["an outage", 503],
    ["throttling", 429],
  ])("is no use either when %s comes before the fresh token is refused", async (_what, status) => {
    const { service, get } = byPassword();
    service.good = (token) => token === "token-2";
    service.taskStatus = status;
    await get(1);
    service.good = () => false;
    expect(statuses(await get(3))).toEqual(new Set(["rejected"]));
    expect(service.count(tokensPath)).toBe(2);
  });

  it("gets no token from a login whose token has no time that it ends at", async () => {
    const { service, get } = byPassword();
    service.expiresAt = "soon";
    const [result] = await get(1);
    expect((result as PromiseRejectedResult).reason).toBeInstanceOf(BadResponseError);
    expect(service.count(taskPath)).toBe(0);
  });

  it("that is wrong is sent once, for all waits, and never again", async () => {
    const { service, get } = byPassword();
    service.loginStatus = 401;
    expect(statuses(await get(10))).toEqual(new Set(["rejected"]));
    const [again] = await get(1);
    expect((again as PromiseRejectedResult).reason).toMatchObject({
      message: expect.stringContaining("logging in as user user of domain domain was refused (HTTP 401") as string,
    });
    expect(service.sent).toEqual([`POST ${tokensPath}`]);
  });

  it("is sent again after a login that met an outage", async () => {
    const { service, get } = byPassword();
    service.loginStatus = 503;
    expect(statuses(await get(3))).toEqual(new Set(["rejected"]));
    service.loginStatus = 201;
    expect(statuses(await get(3))).toEqual(new Set(["fulfilled"]));
    expect(service.count(tokensPath)).toBe(2);
  });
});

describe("a given token", () => {
  const given = (more: Partial<Settings> = {}) => {
    const service = new Service();
    const authorized = withGivenToken(service.send, "given", newTokenStanding());
    const identity = new GivenIdentity(settings(more), { method: "token", token: "given" }, authorized);
    const get = (times: number) => Promise.allSettled(Array.from({ length: times }, () => identity.send(task, bounds)));
    return { service, get };
  };

  it("that is refused is tried by one request alone, and never again in the process", async () => {
    const { service, get } = given();
    service.good = () => false;
    expect(statuses(await get(10))).toEqual(new Set(["rejected"]));
    expect(statuses(await get(1))).toEqual(new Set(["rejected"]));
    expect(service.sent).toHaveLength(1);
  });

  it("that works serves all waits, and DMS is where the region's pattern says", async () => {
    const { service, get } = given();
    await get(10);
    expect(service.origin).toBe("https://dms.eu-de.otc.t-systems.com");
    expect(service.count(taskPath)).toBe(10);
  });

  it("has no verdict from an outage: the next wait tries it", async () => {
    const { service, get } = given();
    service.taskStatus = 503;
    await get(1);
    service.good = () => false;
    await get(5);
    expect(service.sent).toHaveLength(2);
  });

  it("finds the project's id by its name", async () => {
    const { get } = given({ project: { name: "eu-de_shop" } });
    expect((await get(1))[0]).toMatchObject({ value: { projectId: "project-by-name" } });
  });

  it.each([
    [[], "there is no project named eu-de_shop"],
    [[{ id: "a" }, { id: "b" }], "there are 2 projects named eu-de_shop"],
  ])("says so when there are %j projects of that name", async (projects, message) => {
    const { service, get } = given({ project: { name: "eu-de_shop" } });
    service.projects = projects;
    expect(((await get(1))[0] as PromiseRejectedResult).reason).toMatchObject({
      message: expect.stringContaining(message) as string,
    });
  });

  it("uses an endpoint as it was set, or as the catalog writes it", async () => {
    const { service, get } = given({ endpoints: { dms: "https://own.example.com/v2/project" } });
    await get(1);
    expect(service.origin).toBe("https://own.example.com");
  });
});
