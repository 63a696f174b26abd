import type { ServiceReply, ServiceRequest } from "../../../../provider/http/exchange";
import { RenewedIdentity, type Session } from "../../../../provider/identity/renewedIdentity";
import type { Settings } from "../../../../provider/settings/settings";
import { AuthenticationError, TransientError } from "../../../../provider/task/errors";

const settings: Settings = {
  credentials: { method: "token", token: "given" },
  authUrlIsSet: false,
  project: { id: "p" },
  endpoints: { dms: "https://dms.example.com" },
};
const foreignProject = "DMS.10240104";

/** Sessions that last so long; `statuses` answers the requests in turn, the last of them for ever. */
function identityOf({ lifetimeMs = 3_600_000, statuses = [200], more = {}, body = {}, clock = true } = {}) {
  const sent: { session: number; request: ServiceRequest }[] = [];
  const logins: { timeoutMs: number }[] = [];
  const state = { nowMs: 1000, failure: undefined as Error | undefined };
  const openSession = async (bounds: { timeoutMs: number }): Promise<Session> => {
    logins.push(bounds);
    if (state.failure) {
      throw state.failure;
    }
    const session = logins.length;
    const send = async (request: ServiceRequest): Promise<ServiceReply> => {
      const httpStatus = statuses[Math.min(sent.length, statuses.length - 1)]!;
      sent.push({ session, request });
      return { httpStatus, body, header: () => undefined };
    };
    return { send, headers: { "X-Project-Id": "p" }, projectId: "p", lifetimeMs };
  };
  const all = { ...settings, ...more };
  const identity = clock
    ? new RenewedIdentity(all, openSession, () => state.nowMs)
    : new RenewedIdentity(all, openSession);
  const ask = () => identity.send({ api: "dms", method: "GET", path: (id) => `/v2/${id}/tasks` }, { timeoutMs: 1000 });
  return { ask, sent, logins, state };
}

describe("a session", () => {
  it("sends what it was given for the project, to the service's address", async () => {
    const { ask, sent } = identityOf();
    await expect(ask()).resolves.toMatchObject({ projectId: "p", reply: { httpStatus: 200 } });
    expect(sent).toMatchObject([
      {
        request: {
          method: "GET",
          url: "https://dms.example.com/v2/p/tasks",
          headers: { "X-Project-Id": "p" },
          timeoutMs: 1000,
        },
      },
    ]);
  });

  it("serves one request after the other on the machine's own clock", async () => {
    const { ask, logins } = identityOf({ clock: false });
    await ask();
    await ask();
    expect(logins).toHaveLength(1);
  });

  it.each([
    ["a minute before it ends", 3_600_000, 3_540_000],
    ["a tenth of its time before it ends, where that is less", 100_000, 90_000],
  ])("is renewed %s", async (_when, lifetimeMs, afterMs) => {
    const { ask, sent, state } = identityOf({ lifetimeMs });
    await ask();
    state.nowMs += afterMs - 1;
    await ask();
    state.nowMs += 1;
    await ask();
    expect(sent.map(({ session }) => session)).toEqual([1, 1, 2]);
  });

  it.each([
    ["ten seconds", {}, 10_000],
    ["as long as the setting says", { requestTimeoutMs: 25_000 }, 25_000],
  ])("is opened within %s", async (_what, more, timeoutMs) => {
    const { ask, logins } = identityOf({ more });
    await ask();
    expect(logins).toMatchObject([{ timeoutMs }]);
  });

  it("that was renewed because its time was over is replaced once if it is refused at once", async () => {
    const { ask, sent, state } = identityOf({ lifetimeMs: 100_000, statuses: [200, 401, 200] });
    await ask();
    state.nowMs += 95_000;
    await expect(ask()).resolves.toMatchObject({ reply: { httpStatus: 200 } });
    expect(sent.map(({ session }) => session)).toEqual([1, 2, 3]);
  });

  it.each([
    [{ region: "eu-de" }, "belongs to the region eu-de, and"],
    [{}, "belongs to the region, and"],
    [{ project: { name: "eu-de_shop" } }, "has access to project eu-de_shop, that"],
  ])("that is refused when it was new twice ends in what to check: %j", async (more, text) => {
    const { ask, logins } = identityOf({ statuses: [401], more, body: { error_code: "APIGW.0301" } });
    const asked = ask();
    await expect(asked).rejects.toThrow(AuthenticationError);
    await expect(asked).rejects.toMatchObject({ httpStatus: 401, code: "APIGW.0301" });
    await expect(asked).rejects.toThrow(text);
    expect(logins).toHaveLength(2);
  });

  it("of another project is not replaced", async () => {
    const { ask, logins } = identityOf({ statuses: [401], body: { error_code: foreignProject } });
    await expect(ask()).rejects.toMatchObject({ httpStatus: 401, code: foreignProject });
    expect(logins).toHaveLength(1);
  });
});

describe("a login", () => {
  it("that was refused is not repeated: each later request gets the same error", async () => {
    const { ask, logins, state } = identityOf();
    state.failure = new AuthenticationError("refused", { httpStatus: 401 });
    await expect(ask()).rejects.toBe(state.failure);
    const refusal = state.failure;
    state.failure = undefined;
    await expect(ask()).rejects.toBe(refusal);
    expect(logins).toHaveLength(1);
  });

  it("that got no answer is repeated", async () => {
    const { ask, logins, state } = identityOf();
    state.failure = new TransientError("no answer");
    await expect(ask()).rejects.toBe(state.failure);
    state.failure = undefined;
    await expect(ask()).resolves.toMatchObject({ projectId: "p" });
    expect(logins).toHaveLength(2);
  });
});
