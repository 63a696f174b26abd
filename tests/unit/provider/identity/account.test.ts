import { randomUUID } from "node:crypto";
import { once } from "node:events";
import * as http from "node:http";
import type { AddressInfo } from "node:net";
import { accountOf } from "../../../../provider/identity/account";
import type { Credentials, PasswordCredentials } from "../../../../provider/settings/credentialSettings";
import { AuthenticationError } from "../../../../provider/task/errors";

/** IAM with one answer. */
let answer: { status: number; body: unknown };
let asked: { url?: string; headers: http.IncomingHttpHeaders }[];
let server: http.Server;
beforeEach(async () => {
  asked = [];
  answer = { status: 200, body: {} };
  server = http.createServer(({ url, headers }, response) => {
    asked.push({ url, headers });
    response.writeHead(answer.status, { "Content-Type": "application/json" }).end(JSON.stringify(answer.body));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const iam = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}/v3`;
const whose = (credentials: Credentials, authUrl: string | undefined = iam()) =>
  accountOf({ credentials, authUrl, authUrlIsSet: true, project: { id: "p" }, endpoints: {} }, { timeoutMs: 5000 });
const aToken = (): Credentials => ({ method: "token", token: randomUUID() });
const aKey = (): Credentials => ({ method: "key", accessKey: randomUUID(), secretKey: randomUUID() });

describe("whose a password is", () => {
  it.each<[Pick<PasswordCredentials, "user" | "domain">, object]>([
    [
      { user: { name: "me" }, domain: { name: "us" } },
      { user: "me", domain: "us" },
    ],
    [
      { user: { id: "u1" }, domain: { id: "d1" } },
      { user: "u1", domain: "d1" },
    ],
    [{ user: { id: "u1" } }, { user: "u1", domain: undefined }],
  ])("comes with it, without a request: %j", async (named, account) => {
    await expect(whose({ method: "password", password: randomUUID(), ...named })).resolves.toEqual(account);
    expect(asked).toEqual([]);
  });
});

describe("whose a token is", () => {
  it.each([
    [
      { id: "u1", name: "me", domain: { id: "d1", name: "us" } },
      { user: "me", domain: "us" },
    ],
    [
      { id: "u1", domain: { id: "d1" } },
      { user: "u1", domain: "d1" },
    ],
    [{ name: "me" }, { user: "me", domain: undefined }],
  ])("IAM says about the token itself: %j", async (user, account) => {
    answer = { status: 200, body: { token: { user } } };
    const credentials = aToken();
    const { token } = credentials as { token: string };
    await expect(whose(credentials)).resolves.toEqual(account);
    expect(asked).toMatchObject([
      { url: "/v3/auth/tokens?nocatalog=true", headers: { "x-subject-token": token, "x-auth-token": token } },
    ]);
  });

  it("is not known where IAM refuses the token", async () => {
    answer = { status: 401, body: {} };
    await expect(whose(aToken())).rejects.toThrow(AuthenticationError);
  });
});

describe("whose an access key is", () => {
  it.each([
    [[{ id: "d1", name: "us" }, { name: "them" }], "us"],
    [[{ id: "d1" }], "d1"],
    [[], undefined],
  ])("IAM says by the accounts that it reaches: %j", async (domains, domain) => {
    answer = { status: 200, body: { domains } };
    await expect(whose(aKey())).resolves.toEqual({ domain });
    expect(asked.map(({ url }) => url)).toEqual(["/v3/auth/domains"]);
    expect(asked[0]!.headers.authorization).toMatch(/^SDK-HMAC-SHA256 Access=/);
    expect(asked[0]!.headers).not.toHaveProperty("x-subject-token");
  });
});

it.each([
  ["token", aToken],
  ["access key", aKey],
])("whose a %s is remains unknown where IAM's address is not known", async (_what, credentials) => {
  const settings = { credentials: credentials(), authUrlIsSet: false, project: { id: "p" }, endpoints: {} };
  await expect(accountOf(settings, { timeoutMs: 5000 })).resolves.toBeUndefined();
});
