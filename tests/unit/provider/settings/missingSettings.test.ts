import * as https from "node:https";
import type { AddressInfo } from "node:net";
import { type Emulator, startEmulator } from "../../../../emulator";
import { showTaskWith } from "../../../../provider/service/client";
import { identityFor } from "../../../../provider/identity/identities";
import { readSettings } from "../../../../provider/settings/settings";
import { selfSignedCertificate } from "../http/certificate";

// Each thing that can be wrong has a sentence of its own, which says what to do next.

type Environment = { [name: string]: string };

let emulator: Emulator;
const folders = { cwd: "/nowhere", home: "/nowhere" };

beforeEach(async () => (emulator = await startEmulator()));
afterEach(() => emulator.close());

async function messageWith(more: Environment, place: { region?: string; projectId?: string; endpoint?: string } = {}) {
  const env = { ...emulator.env, OS_PROJECT_ID: "", ...more };
  const subject = { instanceId: emulator.instanceId, taskId: emulator.taskId };
  try {
    const identity = identityFor(readSettings(place, () => undefined, env, folders));
    await showTaskWith(identity, "kafka")(subject, { timeoutMs: 5000 });
    return "no error";
  } catch (error) {
    return (error as Error).message;
  }
}

const byKey = (): Environment => ({ OS_ACCESS_KEY: emulator.accessKey, OS_SECRET_KEY: emulator.secretKey });

async function token(scope: object): Promise<string> {
  const { authUrl, username: name, password, domainName } = emulator;
  const user = { name, password, domain: { name: domainName } };
  const auth = { identity: { methods: ["password"], password: { user } }, scope };
  const reply = await fetch(`${authUrl}/auth/tokens`, { method: "POST", body: JSON.stringify({ auth }) });
  return reply.headers.get("x-subject-token")!;
}

describe("the message says", () => {
  it("that a password is wrong", async () => {
    expect(await messageWith({ OS_PASSWORD: "not-this-one" })).toBe(
      "logging in as user emulator of domain OTC-EMULATOR-00000000001000000001 (OS_USERNAME in the environment) was refused " +
        "(HTTP 401: The username or password is wrong.). Check the user's name, domain and password.",
    );
  });

  it("that the project of a login is unknown", async () => {
    expect(await messageWith({ OS_PROJECT_NAME: "eu-de_other" })).toMatch(
      /was refused \(HTTP 401.*\)\. Check .* and that the project eu-de_other exists and the user has access to it\.$/,
    );
  });

  it("that there is no project of that name for an access key", async () => {
    expect(await messageWith({ ...byKey(), OS_PROJECT_NAME: "eu-de_other" })).toBe(
      "there is no project named eu-de_other for these credentials: check the name, or set the project's id.",
    );
  });

  it("that a project is not open to an access key in this region", async () => {
    expect(await messageWith({ ...byKey(), OS_PROJECT_ID: "0".repeat(32) })).toMatch(
      /returned HTTP 403, APIGW\.0310: The project is unavailable\. The project or the user has no access to this region: check the project and the region\.$/,
    );
  });

  it.each([["service" as const], ["gateway" as const]])(
    "that a given token has expired, when the %s says so",
    async (who) => {
      emulator.configure({ tokenRefusals: who });
      const OS_TOKEN = await token({ project: { id: emulator.projectId } });
      emulator.expireTokens();
      expect(
        await messageWith({ OS_TOKEN, OS_PROJECT_ID: emulator.projectId, OS_DMS_ENDPOINT_OVERRIDE: emulator.url }),
      ).toMatch(
        /^the token \(OS_TOKEN in the environment\) has expired \(HTTP 401, .*\)\. A given token cannot be renewed: set a new one, or a user name and password, then run the update again to resume\.$/,
      );
    },
  );

  it("that a token is for another project, which another call may use it for", async () => {
    const OS_TOKEN = await token({ project: { name: "eu-de" } });
    expect(await messageWith({ OS_TOKEN })).toMatch(
      /^the token \(OS_TOKEN in the environment\) is valid, but not for project eu-de_emulator in region eu-de \(HTTP 401, DMS\.10240104: .*\): set the project that it belongs to/,
    );
  });

  it("that a permission is missing, and which", async () => {
    emulator.replyNext({ route: "showTask", status: 403, code: "DMS.00403002", message: "forbidden" });
    expect(await messageWith({})).toMatch(/The permission dms:instance:getBackgroundTask is needed\.$/);
  });

  it("that a host does not exist, and what it is named by", async () => {
    // No machine's name server knows this one.
    const place = { endpoint: "https://dms.eu-xx.invalid" };
    expect(await messageWith({}, place)).toMatch(
      /^GET https:\/\/dms\.eu-xx\.invalid\/v2\/.* could not be reached because the host dms\.eu-xx\.invalid is unknown \(E[A-Z_]+\): check the argument endpoint, and this machine's network/,
    );
  });

  it("that the API is not offered in this region", async () => {
    emulator.replyNext({ route: "showTask", status: 404, code: "APIGW.0101" });
    expect(await messageWith({})).toMatch(/This API is not available there: check the endpoint and the region\.$/);
  });

  it("that the project is one of another region, by its name before anything is sent", async () => {
    expect(await messageWith({ OS_PROJECT_NAME: "eu-nl_shop" })).toMatch(
      /^the project eu-nl_shop belongs to region eu-nl, but the region is set to eu-de: set the region to eu-nl, or set a project of eu-de/,
    );
    expect(emulator.requests()).toEqual([]);
  });

  it("that the project is one of another region, by what the login tells of its id", async () => {
    const more = { OS_PROJECT_ID: emulator.projectId, OS_PROJECT_NAME: "", OS_REGION_NAME: "eu-nl" };
    expect(await messageWith(more)).toMatch(
      /^the project eu-de_emulator belongs to region eu-de, but the region is set to eu-nl/,
    );
  });

  it("that a host cannot be reached", async () => {
    const place = { endpoint: "http://127.0.0.1:9" };
    expect(await messageWith({}, place)).toMatch(
      /^GET http:\/\/127\.0\.0\.1:9\/v2\/.* could not be reached \(ECONNREFUSED\): check the endpoint, and this machine's network or proxy/,
    );
  });

  it("that a certificate is not trusted, and how to trust it", async () => {
    const secure = https.createServer(selfSignedCertificate());
    await new Promise<void>((resolve) => secure.listen(0, "127.0.0.1", resolve));
    const place = { endpoint: `https://127.0.0.1:${(secure.address() as AddressInfo).port}` };
    const message = await messageWith({}, place);
    secure.close();
    expect(message).toMatch(
      /is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)\. Check the endpoint; .* set OS_CACERT to its certificate\.$/,
    );
  });

  it("how long a request may take, where a setting says so", async () => {
    emulator.replyNext({ route: "showTask", delaySeconds: 30 });
    expect(await messageWith({ OS_REQUEST_TIMEOUT: "1" })).toMatch(/did not answer within 1 s$/);
  });
});
