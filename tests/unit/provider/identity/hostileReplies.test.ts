import { type Emulator, startEmulator } from "../../../../emulator";
import { identityFor } from "../../../../provider/identity/identities";
import { readSettings } from "../../../../provider/settings/settings";
import { BackgroundTaskError } from "../../../../provider/task/errors";

let emulator: Emulator;
beforeEach(async () => (emulator = await startEmulator()));
afterEach(() => emulator.close());

async function errorWith(env: { [name: string]: string }): Promise<Error> {
  const { authUrl, region: OS_REGION_NAME } = emulator;
  const all = { OS_AUTH_URL: authUrl, OS_REGION_NAME, ...env };
  const folders = { cwd: "/nowhere", home: "/nowhere" };
  const identity = identityFor(readSettings({}, () => undefined, all, folders));
  const path = (projectId: string) => `/v2/${projectId}/instances`;
  const asked = identity.send({ api: "dms", method: "GET", path }, { timeoutMs: 2000 });
  return asked.then(
    () => new Error("no error"),
    (error: Error) => error,
  );
}

const byPassword = () => ({
  OS_USER_ID: emulator.userId,
  OS_PASSWORD: emulator.password,
  OS_PROJECT_ID: emulator.projectId,
});
const byKey = () => ({ OS_ACCESS_KEY: emulator.accessKey, OS_SECRET_KEY: emulator.secretKey });

/** What an attacker would like to see on a terminal. */
const hostile = (secret: string) => `${secret}\u001b[31m\u202e\u200b${"x".repeat(5000)}`;

function expectHarmless(error: Error, secret: string): void {
  expect(error).toBeInstanceOf(BackgroundTaskError);
  expect(error.message).not.toContain(secret);
  // eslint-disable-next-line no-control-regex -- control characters are what this is for
  expect(error.message).not.toMatch(/[\u0000-\u001f\u202e\u200b]/);
  expect(error.message.length).toBeLessThan(1500);
}

describe("nothing that IAM sends is shown as it came:", () => {
  it("a project's id in a login's reply", async () => {
    const token = { expires_at: "2099-01-01T00:00:00Z", project: { id: hostile(emulator.password) } };
    const headers = { "X-Subject-Token": "token-of-hostile" };
    emulator.replyNext({ route: "createToken", status: 201, headers, body: { token } });
    expectHarmless(await errorWith(byPassword()), emulator.password);
  });

  it("a project's id that was looked up by its name", async () => {
    const projects = [{ id: hostile(emulator.secretKey) }];
    emulator.replyNext({ route: "listProjects", status: 200, body: { projects } });
    expectHarmless(await errorWith({ ...byKey(), OS_PROJECT_NAME: "eu-de_x" }), emulator.secretKey);
  });

  it.each([
    ["no URL", (secret: string) => hostile(secret)],
    ["one that credentials must not go to", (secret: string) => `http://example.com/${hostile(secret)}`],
    ["one where nobody listens", (secret: string) => `http://127.0.0.1:9/${secret}/${encodeURIComponent(secret)}`],
  ])("an address of the catalog that is %s", async (_what, address) => {
    const endpoints = [{ interface: "public", region: emulator.region, url: address(emulator.secretKey) }];
    const body = { catalog: [{ type: "dmsv2", endpoints }] };
    emulator.replyNext({ route: "showCatalog", status: 200, body });
    const error = await errorWith({ ...byKey(), OS_PROJECT_ID: emulator.projectId });
    expectHarmless(error, emulator.secretKey);
    expect(error.message).toContain("***");
  });

  it("the id of a domain, which is sent in a header", async () => {
    const domains = [{ id: "domain\r\nX-Evil: 1" }];
    emulator.replyNext({ route: "listAuthDomains", status: 200, body: { domains } });
    const agency = { OS_AGENCY_NAME: emulator.agencyName, OS_AGENCY_DOMAIN_NAME: emulator.agencyDomainName };
    const error = await errorWith({ ...byKey(), ...agency, OS_PROJECT_ID: emulator.agencyProjectId });
    expectHarmless(error, emulator.secretKey);
    expect(emulator.counts()["createTemporaryKey"]).toBeUndefined();
  });

  it("a temporary key, which is sent in headers", async () => {
    const credential = {
      access: "key\r\nX-Evil: 1",
      secret: "s",
      securitytoken: "t",
      expires_at: "2099-01-01T00:00:00Z",
    };
    emulator.replyNext({ route: "createTemporaryKey", status: 201, body: { credential } });
    const agency = { OS_AGENCY_NAME: emulator.agencyName, OS_AGENCY_DOMAIN_NAME: emulator.agencyDomainName };
    const error = await errorWith({ ...byKey(), ...agency, OS_PROJECT_NAME: emulator.agencyProjectName });
    expect(error.message).toMatch(/returned a body that is not what the API documents$/);
    expect(emulator.counts()["listProjects"]).toBeUndefined();
  });
});
