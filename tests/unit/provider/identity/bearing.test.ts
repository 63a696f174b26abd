import { randomUUID } from "node:crypto";
import { headersOf, type RequestHeaders, type Send } from "../../../../provider/http/exchange";
import {
  newKeyUse,
  newTokenStanding,
  withGivenToken,
  withSignature,
} from "../../../../provider/identity/authorizedSend";
import { GivenIdentity } from "../../../../provider/identity/givenIdentity";
import { authorizedSend, identityFor } from "../../../../provider/identity/identities";
import type { Credentials, KeyCredentials, TokenCredentials } from "../../../../provider/settings/credentialSettings";
import type { Settings } from "../../../../provider/settings/settings";
import { silentServer } from "../http/silentServer";

const bounds = { timeoutMs: 1000 };
const settingsWith = (credentials: Credentials, more: Partial<Settings> = {}): Settings => ({
  credentials,
  authUrl: "https://iam.example.com/v3",
  authUrlIsSet: false,
  project: { id: "p1" },
  endpoints: { dms: "https://dms.example.com" },
  ...more,
});

/** A service with one answer. */
function service(httpStatus = 200) {
  const sent: RequestHeaders[] = [];
  const send: Send = async (request) => {
    sent.push(headersOf(request));
    return { httpStatus, body: {}, header: () => undefined };
  };
  return { send, sent };
}

const key = (): KeyCredentials => ({ method: "key", accessKey: randomUUID(), secretKey: randomUUID() });
const token = (): TokenCredentials => ({ method: "token", token: randomUUID() });
const task = { api: "dms", method: "GET", path: (id: string) => `/v2/${id}/tasks` } as const;

describe("requests to a project's service", () => {
  it("name the project where they are signed", async () => {
    const { send, sent } = service();
    const credentials = key();
    const signed = withSignature(send, credentials, newKeyUse());
    await new GivenIdentity(settingsWith(credentials), credentials, signed).send(task, bounds);
    expect(sent[0]).toMatchObject({ "X-Project-Id": "p1" });
    expect(sent[0]!["Authorization"]).toMatch(/SignedHeaders=host;x-project-id;x-sdk-date,/);
  });

  it("have a given token and nothing else, for it contains its project", async () => {
    const { send, sent } = service();
    const credentials = token();
    const authorized = withGivenToken(send, credentials.token, newTokenStanding());
    await new GivenIdentity(settingsWith(credentials), credentials, authorized).send(task, bounds);
    expect(sent).toStrictEqual([{ "X-Auth-Token": credentials.token }]);
  });

  it("keep their own headers beside a given token", async () => {
    const { send, sent } = service();
    const authorized = withGivenToken(send, "given", newTokenStanding());
    await authorized({ method: "GET", url: "https://iam.example.com/v3", headers: { "X-A": "a" }, ...bounds });
    expect(sent).toStrictEqual([{ "X-A": "a", "X-Auth-Token": "given" }]);
  });
});

describe("a refusal is of these credentials, and not of", () => {
  const secret = randomUUID();
  const inDomain = (name: string): Credentials => ({
    method: "password",
    user: { name: "me" },
    domain: { name },
    password: secret,
  });
  const userOf = (domain: string): Credentials => ({
    method: "password",
    user: { id: secret },
    domain: { name: domain },
    password: secret,
  });

  it.each<[string, Credentials, Credentials, number]>([
    ["another token", token(), token(), 2],
    ["another key", key(), key(), 2],
    ["the user of the same name in another domain", inDomain("us"), inDomain("them"), 2],
    ["anybody else where the user's id is the same", userOf("us"), userOf("them"), 1],
  ])("%s", async (_what, one, another, requests) => {
    const { send, sent } = service(401);
    for (const credentials of [one, another, one]) {
      const request = { method: "POST", url: "https://iam.example.com/v3", ...bounds } as const;
      await expect(authorizedSend(settingsWith(credentials), send)(request)).resolves.toMatchObject({
        httpStatus: 401,
      });
    }
    expect(sent).toHaveLength(requests);
  });
});

describe("an identity", () => {
  const { endpoint } = silentServer();

  it("waits for a reply as long as is usual, and not for as long as it might", async () => {
    const identity = identityFor(settingsWith(token(), { endpoints: { dms: endpoint() } }));
    await expect(identity.send(task, { timeoutMs: 50, mostMs: 1000 })).rejects.toThrow(
      /did not answer within 0\.0\d* s/,
    );
  });

  it.each([
    [["region eu-de (argument)", "token (OS_TOKEN)"], "settings: region eu-de (argument), token (OS_TOKEN)\n"],
    [undefined, "settings: none\n"],
  ])("says once where its settings were found, with debugging on: %j", (origins, text) => {
    const lines: string[] = [];
    jest.spyOn(process.stderr, "write").mockImplementation((line) => lines.push(String(line)) > 0);
    process.env["PULUMI_OTC_DEBUG"] = "1";
    try {
      const settings = settingsWith(token(), { origins });
      identityFor(settings);
      identityFor(settings);
    } finally {
      delete process.env["PULUMI_OTC_DEBUG"];
      jest.restoreAllMocks();
    }
    expect(lines).toEqual([`otc-background-task: ${text}`]);
  });
});
