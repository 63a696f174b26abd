import { type Emulator, startEmulator } from "../../../../emulator";
import { identityFor } from "../../../../provider/identity/identities";
import { readSettings } from "../../../../provider/settings/settings";

const nowMs = Date.now();
let emulator: Emulator;
afterEach(() => emulator.close());
const start = async (requiresPasscode = false) => {
  // A passcode is good for half a minute: time stands still.
  emulator = await startEmulator({ account: { requiresPasscode }, now: () => nowMs });
};

const projects = Array.from({ length: 10 }, (_, i) => `${i}`.repeat(32));

/** Looks in each project; "fulfilled", or what the error says. */
async function askIn(projectIds: string[], more: { [name: string]: string }): Promise<string[]> {
  const { authUrl, region, userId, password } = emulator;
  const env = { OS_AUTH_URL: authUrl, OS_REGION_NAME: region, OS_USER_ID: userId, OS_PASSWORD: password, ...more };
  const asked = projectIds.map((OS_PROJECT_ID) => {
    const identity = identityFor(readSettings({}, () => undefined, { ...env, OS_PROJECT_ID }));
    const path = (projectId: string) => `/v2/${projectId}/instances`;
    return identity.send({ api: "dms", method: "GET", path }, { timeoutMs: 5000 });
  });
  const results = await Promise.allSettled(asked);
  return results.map((result) => (result.status === "fulfilled" ? "fulfilled" : (result.reason as Error).message));
}

const logins = () => emulator.counts()["createToken"];

describe("a wrong password", () => {
  beforeEach(() => start());

  it("is tried once, for however many projects and agencies, together or one after the other", async () => {
    const wrong = { OS_PASSWORD: "not-the-password" };
    const messages = await askIn(projects, wrong);
    expect(messages).toHaveLength(10);
    for (const message of messages) {
      expect(message).toMatch(/^logging in as user .* was refused \(HTTP 401: The username or password is wrong\.\)/);
    }
    await askIn([emulator.projectId], wrong);
    const { agencyName, agencyDomainName } = emulator;
    await askIn(projects, {
      ...wrong,
      OS_USER_DOMAIN_NAME: emulator.domainName,
      OS_AGENCY_NAME: agencyName,
      OS_AGENCY_DOMAIN_NAME: agencyDomainName,
    });
    expect(logins()).toBe(1);
  });

  it("is not the same as another password, another user's, or the one for another IAM", async () => {
    await askIn([emulator.projectId], { OS_PASSWORD: "one" });
    await askIn([emulator.projectId], { OS_PASSWORD: "another" });
    await askIn([emulator.projectId], { OS_PASSWORD: "one", OS_USER_ID: "f".repeat(32) });
    expect(logins()).toBe(3);
    const before = emulator;
    await start();
    await askIn([emulator.projectId], { OS_PASSWORD: "one" });
    expect(logins()).toBe(1);
    await before.close();
  });

  it("that IAM refuses without saying why is tried once, too", async () => {
    const body = { error: { code: 401, message: "Unauthorized.", title: "Unauthorized" } };
    emulator.replyNext({ route: "createToken", times: 99, status: 401, body });
    await askIn(projects, { OS_PASSWORD: "refused-in-general" });
    expect(logins()).toBe(1);
  });
});

describe("a password is not refused", () => {
  it("where a project is: others are logged in to", async () => {
    await start();
    const results = await askIn([...projects.slice(1), emulator.projectId], {});
    expect(results.at(-1)).toBe("fulfilled");
    expect(new Set(results.slice(0, -1))).not.toContain("fulfilled");
  });

  it("where a passcode is: a fresh one logs in", async () => {
    await start(true);
    const right = emulator.passcode();
    const wrong = right === "000000" ? "000001" : "000000";
    expect(await askIn([emulator.projectId], { OS_PASSCODE: wrong })).toEqual([
      expect.stringContaining("set a new passcode"),
    ]);
    expect(await askIn([emulator.projectId], { OS_PASSCODE: right })).toEqual(["fulfilled"]);
  });

  it("where an agency is: the user's own projects are logged in to", async () => {
    await start();
    const agency = { OS_AGENCY_NAME: "none", OS_AGENCY_DOMAIN_NAME: emulator.agencyDomainName };
    const [refused] = await askIn([emulator.agencyProjectId], agency);
    expect(refused).toMatch(/^assuming the agency none .* was refused/);
    expect(await askIn([emulator.projectId], {})).toEqual(["fulfilled"]);
  });

  it("where it has worked, and IAM does not say why it refuses a login to another project", async () => {
    await start();
    expect(await askIn([emulator.projectId], {})).toEqual(["fulfilled"]);
    const body = { error: { code: 401, message: "The request you have made requires authentication." } };
    emulator.replyNext({ route: "createToken", status: 401, body });
    expect(await askIn(["0".repeat(32)], {})).toEqual([expect.stringContaining("was refused")]);
    const { agencyName, agencyDomainName, agencyProjectName, domainName } = emulator;
    const agency = {
      OS_USER_DOMAIN_NAME: domainName,
      OS_AGENCY_NAME: agencyName,
      OS_AGENCY_DOMAIN_NAME: agencyDomainName,
      OS_DELEGATED_PROJECT: agencyProjectName,
    };
    expect(await askIn([""], agency)).toEqual(["fulfilled"]);
  });
});
