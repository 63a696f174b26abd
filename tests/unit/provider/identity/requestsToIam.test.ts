import type { ServiceReply, ServiceRequest } from "../../../../provider/http/exchange";
import { findDomain } from "../../../../provider/identity/identityService";
import { createAgencyToken, createUserToken } from "../../../../provider/identity/issuedToken";
import { throwIfRefused } from "../../../../provider/identity/refusalText";
import type {
  KeyCredentials,
  PasswordCredentials,
  TokenCredentials,
} from "../../../../provider/settings/credentialSettings";
import type { Settings } from "../../../../provider/settings/settings";
import {
  AuthenticationError,
  BadResponseError,
  SettingsError,
  WrongEndpointError,
} from "../../../../provider/task/errors";

const bounds = { timeoutMs: 1000 };
const settings = { authUrl: "https://iam/v3", isScript: false, project: { id: "p1" } } as unknown as Settings;

/** IAM with one reply. */
function iam(
  httpStatus: number,
  body: unknown,
  { token = "token-value", ...more }: Partial<ServiceReply> & { token?: string } = {},
) {
  const requests: ServiceRequest[] = [];
  const send = async (request: ServiceRequest): Promise<ServiceReply> => {
    requests.push(request);
    return { httpStatus, body, header: () => token, ...more };
  };
  return { send, requests, auth: () => (requests[0]!.body as { auth: unknown }).auth };
}

const issued = (fields: object = {}) => ({
  token: { expires_at: "2026-01-01T01:00:00Z", issued_at: "2026-01-01T00:00:00Z", project: { id: "p1" }, ...fields },
});
const user: PasswordCredentials = {
  method: "password",
  user: { name: "me" },
  domain: { name: "us" },
  password: "word",
};
const project = { project: { id: "p1" } };

describe("a login with a password", () => {
  it.each<[string, Partial<PasswordCredentials>, object]>([
    [
      "a user's name",
      {},
      { methods: ["password"], password: { user: { name: "me", domain: { name: "us" }, password: "word" } } },
    ],
    [
      "a user's id",
      { user: { id: "u1" } },
      { methods: ["password"], password: { user: { id: "u1", password: "word" } } },
    ],
    [
      "a passcode",
      { user: { id: "u1" }, passcode: "123456" },
      {
        methods: ["password", "totp"],
        password: { user: { id: "u1", password: "word" } },
        totp: { user: { id: "u1", passcode: "123456" } },
      },
    ],
  ])("sends %s", async (_what, credentials, identity) => {
    const { send, requests, auth } = iam(201, issued());
    await createUserToken(send, settings, { ...user, ...credentials }, project, bounds);
    expect(requests).toMatchObject([{ method: "POST", url: "https://iam/v3/auth/tokens", timeoutMs: 1000 }]);
    expect(auth()).toEqual({ identity, scope: project });
  });

  it.each<[string, object, Partial<ServiceReply>, number]>([
    ["the service's clock", {}, { serviceTimeMs: Date.UTC(2026, 0, 1, 0, 30) }, 1_800_000],
    ["the time when it was issued", {}, {}, 3_600_000],
  ])("knows how long its token is valid by %s", async (_what, fields, reply, lifetimeMs) => {
    const { send } = iam(201, issued(fields), reply);
    await expect(createUserToken(send, settings, user, project, bounds)).resolves.toMatchObject({
      value: "token-value",
      project: { id: "p1" },
      lifetimeMs,
    });
  });

  it("goes by the machine's clock if there is no other", async () => {
    jest.spyOn(Date, "now").mockReturnValue(Date.UTC(2026, 0, 1, 0, 59));
    const { send } = iam(201, issued({ issued_at: "yesterday" }));
    const token = await createUserToken(send, settings, user, project, bounds);
    expect(token.lifetimeMs).toBe(60_000);
    jest.restoreAllMocks();
  });

  it.each<[string, Partial<PasswordCredentials>, string, RegExp]>([
    [
      "a wrong password",
      {},
      "The username or password is wrong.",
      /^logging in as user me of domain us was refused .* Check the user's name, domain and password\.$/,
    ],
    [
      "something else",
      {},
      "no",
      /Check the user's name, domain and password, and that the project p1 exists and the user has access to it\.$/,
    ],
    [
      "a user of unknown domain, by its id, from a file",
      { user: { id: "u1" }, domain: undefined, origin: "clouds.yaml" },
      "no",
      /^logging in as user u1 \(clouds\.yaml\) was refused/,
    ],
    ["a domain by its id", { domain: { id: "d1" } }, "no", /^logging in as user me of domain d1 was refused/],
    ["a passcode", { passcode: "123456" }, "password", /domain and password, and set a new passcode\.$/],
  ])("that is refused says what to check: %s", async (_what, credentials, message, expected) => {
    const { send } = iam(401, { error: { code: 401, message, title: "Unauthorized" } });
    const login = createUserToken(send, settings, { ...user, ...credentials }, project, bounds);
    await expect(login).rejects.toThrow(AuthenticationError);
    await expect(login).rejects.toThrow(expected);
  });

  it.each([
    ["another address", 404, {}, "x", WrongEndpointError],
    ["a token without its value", 201, issued(), "", BadResponseError],
    ["a token without its project", 201, issued({ project: undefined }), "x", BadResponseError],
    ["a token without its end", 201, issued({ expires_at: "soon" }), "x", BadResponseError],
  ])("makes %s the right error", async (_what, httpStatus, body, token, kind) => {
    const { send } = iam(httpStatus, body, { token });
    await expect(createUserToken(send, settings, user, project, bounds)).rejects.toThrow(kind);
  });

  it("of a whole account needs no project", async () => {
    const { send } = iam(201, issued({ project: undefined }));
    const token = await createUserToken(send, settings, user, { domain: { id: "d1" } }, bounds);
    expect(token.project).toBeUndefined();
  });
});

describe("the assumption of an agency", () => {
  it.each([
    [{ name: "them" }, { domain_name: "them" }],
    [{ id: "d1" }, { domain_id: "d1" }],
  ])("names the other account with %j", async (domain, named) => {
    const { send, auth } = iam(201, issued());
    await createAgencyToken(send, settings, { name: "agency", domain }, bounds);
    expect(auth()).toMatchObject({
      identity: { methods: ["assume_role"], assume_role: { ...named, xrole_name: "agency" } },
      scope: project,
    });
  });

  it.each([401, 403, 404])("that is refused with %d says what to check", async (httpStatus) => {
    const { send } = iam(httpStatus, {});
    const token = createAgencyToken(send, settings, { name: "agency", domain: { id: "d1" } }, bounds);
    await expect(token).rejects.toThrow(AuthenticationError);
    await expect(token).rejects.toThrow(
      /^assuming the agency agency of domain d1 was refused .* has access to project p1\.$/,
    );
  });
});

describe("the account that the credentials belong to", () => {
  it("is the one that is set by its id, without a request", async () => {
    const { send, requests } = iam(500, {});
    await expect(findDomain(send, settings, { id: "d1" }, bounds)).resolves.toBe("d1");
    expect(requests).toEqual([]);
    await expect(findDomain(send, settings, { id: "../d1" }, bounds)).rejects.toThrow(/^the setting domainId/);
  });

  it.each([
    [undefined, "https://iam/v3/auth/domains"],
    [{ name: "a b" }, "https://iam/v3/auth/domains?name=a%20b"],
  ])("is looked up: %j", async (domain, url) => {
    const { send, requests } = iam(200, { domains: [{ id: "d1" }] });
    await expect(findDomain(send, settings, domain, bounds)).resolves.toBe("d1");
    expect(requests).toMatchObject([{ method: "GET", url }]);
  });

  it.each([
    [undefined, [], "the credentials belong to 0 domains: set the domain's id with domainId."],
    [{ name: "us" }, [{ id: "d1" }, { id: "d2" }], "the credentials belong to 2 domains named us: set the domain's id"],
  ])("must be one: %j", async (domain, domains, message) => {
    const { send } = iam(200, { domains });
    const found = findDomain(send, settings, domain, bounds);
    await expect(found).rejects.toThrow(SettingsError);
    await expect(found).rejects.toThrow(message);
  });

  it("cannot be looked up without an address", async () => {
    const { send } = iam(200, {});
    const nowhere = { ...settings, authUrl: undefined };
    await expect(findDomain(send, nowhere, undefined, bounds)).rejects.toThrow(
      /neither its address nor a region is set/,
    );
  });
});

describe("a refusal in words", () => {
  const token = { method: "token", token: "t" } as unknown as TokenCredentials;
  const key = { method: "key", accessKey: "a", secretKey: "s" } as unknown as KeyCredentials;
  const ask = (
    credentials: TokenCredentials | KeyCredentials,
    error_msg: string,
    error_code: string,
    more: object = {},
  ) => {
    const { send } = iam(401, { error_code, error_msg });
    const all = { ...settings, ...more };
    return throwIfRefused(send, credentials, all, "p2")({ method: "GET", url: "https://dms/v2", ...bounds });
  };

  it.each<[string, TokenCredentials | KeyCredentials, string, RegExp]>([
    [
      "an expired token",
      token,
      "token expires",
      /^the token has expired .* or a user name and password, then run the update again to resume\.$/,
    ],
    [
      "another token",
      { ...token, origin: "OS_TOKEN" },
      "no",
      /^the token \(OS_TOKEN\) was refused .* It may have expired/,
    ],
    ["a locked key", key, "You reach the limit", /^the access key is locked/],
    ["a temporary key", { ...key, securityToken: "x" }, "no", /^the temporary access key was refused/],
    ["an unknown key", key, "AK does not exist", /^the access key does not exist/],
    ["an unknown secret", key, "get secretKey failed", /^the access key does not exist/],
    ["a wrong secret", key, "no", /^the access key was refused .* check that the secret key belongs/],
  ])("says what to do about %s", async (_what, credentials, message, expected) => {
    const asked = ask(credentials, message, "APIGW.0301");
    await expect(asked).rejects.toMatchObject({ name: "AuthenticationError", httpStatus: 401, code: "APIGW.0301" });
    await expect(asked).rejects.toThrow(expected);
  });

  it("tells a plain script to run again", async () => {
    await expect(ask(token, "no", "APIGW.0301", { isScript: true })).rejects.toThrow(/then run the script again/);
  });

  it.each([
    [{}, "project p2 (HTTP"],
    [{ region: "eu-de" }, "project p2 in region eu-de (HTTP"],
    [{ project: { name: "eu-de_shop" } }, "project eu-de_shop (HTTP"],
  ])("names the project that is another's, with the settings %j", async (more, expected) => {
    const code = "DMS.10240104";
    await expect(ask(token, "no", code, more)).rejects.toThrow(`the token is valid, but not for ${expected}`);
    await expect(ask(key, "no", code, more)).rejects.toThrow(`the access key is valid, but not for ${expected}`);
  });

  it("lets every other reply pass", async () => {
    const { send } = iam(403, { error_code: "APIGW.0301" });
    const reply = throwIfRefused(send, token, settings)({ method: "GET", url: "https://dms/v2", ...bounds });
    await expect(reply).resolves.toMatchObject({ httpStatus: 403 });
  });
});
