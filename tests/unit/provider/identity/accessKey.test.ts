import { type Emulator, startEmulator } from "../../../../emulator";
import { newKeyUse, withSignature } from "../../../../provider/identity/authorizedSend";
import { headersOf, type Send } from "../../../../provider/http/exchange";
import { showTaskWith } from "../../../../provider/service/client";
import { identityFor } from "../../../../provider/identity/identities";
import { AuthenticationError } from "../../../../provider/task/errors";
import { readSettings } from "../../../../provider/settings/settings";
import { send } from "../../../../provider/http/transport";

let emulator: Emulator;
beforeEach(async () => (emulator = await startEmulator()));
afterEach(() => emulator.close());

const own = () => ({ OS_ACCESS_KEY: emulator.accessKey, OS_SECRET_KEY: emulator.secretKey });
const agency = () => ({
  OS_AGENCY_NAME: emulator.agencyName,
  OS_AGENCY_DOMAIN_NAME: emulator.agencyDomainName,
  OS_DELEGATED_PROJECT: emulator.agencyProjectName,
});

function look(more: { [name: string]: string }, times = 1, instanceId = emulator.instanceId) {
  const { authUrl, region, projectId } = emulator;
  const env = { OS_AUTH_URL: authUrl, OS_REGION_NAME: region, OS_PROJECT_ID: projectId, ...more };
  const identity = identityFor(readSettings({}, () => undefined, env));
  const subject = { instanceId, taskId: emulator.taskId };
  const one = () => showTaskWith(identity, "kafka")(subject, { timeoutMs: 5000 });
  return Promise.allSettled(Array.from({ length: times }, one));
}

const reasonOf = ([result]: PromiseSettledResult<unknown>[]) => (result as PromiseRejectedResult).reason as Error;
const statuses = (results: PromiseSettledResult<unknown>[]) => [...new Set(results.map(({ status }) => status))];

describe("an access key", () => {
  it("serves a hundred waits that begin at once", async () => {
    expect(statuses(await look(own(), 100))).toEqual(["fulfilled"]);
    expect(emulator.counts()).toEqual({ showCatalog: 1, showTask: 100 });
  });

  it("with the wrong secret is sent once, by however many waits, for however many projects", async () => {
    const wrong = { ...own(), OS_SECRET_KEY: "not-the-secret-of-this-key" };
    const results = await look(wrong, 10);
    const elsewhere = await look({ ...wrong, OS_PROJECT_ID: "0".repeat(32) }, 10);
    expect(statuses([...results, ...elsewhere])).toEqual(["rejected"]);
    expect(emulator.requests()).toHaveLength(1);
    expect(reasonOf(results)).toBeInstanceOf(AuthenticationError);
    expect(reasonOf(results).message).toMatch(
      /^the access key \(OS_ACCESS_KEY in the environment\) was refused \(HTTP 401, APIGW\.0301: .*\): check that the secret key belongs to this access key\./,
    );
  });

  it("that does not exist is said to be none", async () => {
    const [result] = await look({ ...own(), OS_ACCESS_KEY: "NOBODYS" });
    expect(reasonOf([result!]).message).toContain("the access key (OS_ACCESS_KEY in the environment) does not exist");
  });

  it("that is locked is said to be locked, for how long, and what to do", async () => {
    const wrong = { accessKey: emulator.accessKey, secretKey: "wrong" };
    for (let i = 0; i < 6; i++) {
      const sendWrong = withSignature(send, wrong, newKeyUse());
      await sendWrong({ method: "GET", url: `${emulator.authUrl}/projects`, timeoutMs: 5000 });
    }
    expect(reasonOf(await look(own())).message).toMatch(/is locked .* wait five minutes .* run the update again/);
  });

  it("is not judged by an outage: the next in line tries it", async () => {
    const wrong = { ...own(), OS_SECRET_KEY: "wrong-again", OS_DMS_ENDPOINT_OVERRIDE: emulator.url };
    emulator.replyNext({ route: "showTask", status: 503 });
    await look(wrong, 5);
    expect(emulator.counts()["showTask"]).toBe(2);
  });

  it("that is temporary cannot be renewed when it ends amid a wait: the error says how to resume", async () => {
    const { accessKey, secretKey, securityToken } = emulator.issueTemporaryKey();
    const env = { OS_ACCESS_KEY: accessKey, OS_SECRET_KEY: secretKey, OS_SECURITY_TOKEN: securityToken };
    expect(statuses(await look(env, 3))).toEqual(["fulfilled"]);
    emulator.expireTokens();
    const sent = emulator.requests().length;
    const results = await look(env, 1);
    expect(reasonOf(results).message).toMatch(
      /^the temporary access key .* may have expired, and cannot be renewed: set a new accessKey, secretKey and securityToken, then run the update again to resume\.$/,
    );
    expect(statuses(await look(env, 10))).toEqual(["rejected"]);
    expect(emulator.requests()).toHaveLength(sent + 1);
  });

  it("is asked for the id of a project by its name once", async () => {
    const { projectName, projectId } = emulator;
    const results = await look({ ...own(), OS_PROJECT_ID: "", OS_PROJECT_NAME: projectName }, 10);
    expect(results[0]).toMatchObject({ value: { projectId } });
    expect(emulator.counts()["listProjects"]).toBe(1);
  });
});

describe("twenty waits on twenty instances", () => {
  const settle = async () => {
    const ids = Array.from({ length: 20 }, () => emulator.addInstance());
    const looks = await Promise.all(ids.map((instanceId) => look(own(), 1, instanceId)));
    return statuses(looks.flat());
  };
  /** The most refusals in a row since the first so many requests. */
  const refusedInARow = (from: number) => {
    const codes = emulator
      .requests()
      .slice(from)
      .map(({ status }) => (status === 401 ? "refused" : "accepted"));
    return Math.max(
      ...codes
        .join(" ")
        .split(/(?:accepted ?)+/)
        .map((row) => row.split("refused").length - 1),
    );
  };

  it.each([3600, -3600])("do not lock their key when the service's clock jumps by %i s", async (clockSkewSeconds) => {
    await settle();
    const before = emulator.requests().length;
    emulator.configure({ clockSkewSeconds });
    expect(await settle()).toEqual(["fulfilled"]);
    expect(refusedInARow(before)).toBeLessThanOrEqual(3);
    expect(await settle()).toEqual(["fulfilled"]);
    expect(emulator.requests()).toHaveLength(before + 43);
  });

  it("send no more than three requests with a key that was revoked", async () => {
    await settle();
    const before = emulator.requests().length;
    emulator.revokeAccessKey();
    expect(await settle()).toEqual(["rejected"]);
    expect(await settle()).toEqual(["rejected"]);
    expect(emulator.requests().length).toBeLessThanOrEqual(before + 3);
  });
});

describe("the time that is signed", () => {
  const signing = (epochMs: () => number) => {
    const warnings: string[] = [];
    const { accessKey, secretKey } = emulator;
    const warn = (_key: string, message: string) => void warnings.push(message);
    const signed = withSignature(send, { accessKey, secretKey }, newKeyUse({ epochMs, warn }));
    const ask = async () => {
      const reply = await signed({ method: "GET", url: `${emulator.authUrl}/projects`, timeoutMs: 5000 });
      return reply.httpStatus;
    };
    return { ask, warnings };
  };

  it.each([60, -60])(
    "is the service's where this machine's clock is %i minutes off, after one refusal",
    async (minutes) => {
      const { ask, warnings } = signing(() => Date.now() - minutes * 60_000);
      expect([await ask(), await ask()]).toEqual([200, 200]);
      expect(emulator.counts()["listProjects"]).toBe(3);
      expect(warnings[0]).toMatch(
        minutes > 0
          ? /^this machine's clock is about 60 minutes behind the service's\./
          : /^this machine's clock is about 60 minutes ahead of the service's\./,
      );
    },
  );

  it("is the service's where ten minutes would have done, without a refusal", async () => {
    const { ask } = signing(() => Date.now() - 600_000);
    expect([await ask(), await ask()]).toEqual([200, 200]);
    expect(emulator.counts()["listProjects"]).toBe(2);
  });

  it("follows a clock that is set right amid the waits", async () => {
    let offMs = 3_600_000;
    const { ask } = signing(() => Date.now() - offMs);
    await ask();
    offMs = 0;
    expect([await ask(), await ask()]).toEqual([200, 200]);
    expect(emulator.counts()["listProjects"]).toBe(5);
  });

  it("is that of sending, however long a request queued for a socket", async () => {
    let nowMs = Date.UTC(2026, 0, 1, 12);
    const signed: string[] = [];
    const queueing: Send = async (request) => {
      nowMs += 90_000;
      signed.push(headersOf(request)["X-Sdk-Date"]!);
      return { httpStatus: 200, body: {}, header: () => undefined };
    };
    const key = { accessKey: "key", secretKey: "secret" };
    const url = "https://dms.example.com/v2";
    await withSignature(queueing, key, newKeyUse({ epochMs: () => nowMs }))({ method: "GET", url, timeoutMs: 5000 });
    expect(signed).toEqual(["20260101T120130Z"]);
  });

  it("is this machine's, and a refusal is not repeated, where the clocks agree", async () => {
    const { accessKey } = emulator;
    const signed = withSignature(send, { accessKey, secretKey: "wrong" }, newKeyUse());
    await signed({ method: "GET", url: `${emulator.authUrl}/projects`, timeoutMs: 5000 });
    expect(emulator.requests()).toHaveLength(1);
  });
});

describe("an agency", () => {
  let instanceId: string;
  beforeEach(() => {
    instanceId = emulator.addInstance({ projectId: emulator.agencyProjectId });
  });

  const byPassword = () => ({
    OS_USERNAME: emulator.username,
    OS_PASSWORD: emulator.password,
    OS_USER_DOMAIN_NAME: emulator.domainName,
  });

  it.each([
    ["an access key", own, { listAuthDomains: 1, createTemporaryKey: 1, listProjects: 1, showCatalog: 1 }],
    ["a password", byPassword, { createToken: 2 }],
  ])("on top of %s is assumed once for all waits, and again when what it gave has ended", async (_what, base, sent) => {
    const env = { ...base(), ...agency() };
    expect(statuses(await look(env, 10, instanceId))).toEqual(["fulfilled"]);
    expect(emulator.counts()).toEqual({ ...sent, showTask: 10 });
    emulator.expireTokens();
    expect(statuses(await look(env, 10, instanceId))).toEqual(["fulfilled"]);
    const [first] = Object.keys(sent);
    expect(emulator.counts()[first!]).toBe(2 * Object.values(sent)[0]!);
  });

  it.each([
    ["an access key", own],
    ["a password", byPassword],
  ])("that does not exist, on top of %s, is refused with what to check", async (_what, base) => {
    const results = await look({ ...base(), ...agency(), OS_AGENCY_NAME: "none" }, 5, instanceId);
    expect(statuses(results)).toEqual(["rejected"]);
    expect(reasonOf(results).message).toMatch(
      /^assuming the agency none of domain OTC-EMULATOR-00000000001000000002 was refused \(HTTP 403.*Agent Operator/,
    );
  });

  it("on top of a wrong access key costs one request", async () => {
    const results = await look({ ...own(), OS_SECRET_KEY: "wrong-for-agency", ...agency() }, 10, instanceId);
    expect(reasonOf(results).message).toContain("the access key (OS_ACCESS_KEY in the environment) was refused");
    expect(emulator.requests()).toHaveLength(1);
  });
});
