import * as http from "node:http";
import * as https from "node:https";
import type { AddressInfo } from "node:net";
import { inspect } from "node:util";
import { errorForReply } from "../../../../provider/http/errorReply";
import {
  BackgroundTaskError,
  BadResponseError,
  TransientError,
  WrongEndpointError,
} from "../../../../provider/task/errors";
import { rememberSecret } from "../../../../provider/output/secrets";
import { systemClock } from "../../../../provider/clock/clock";
import { send } from "../../../../provider/http/transport";
import { selfSignedCertificate } from "./certificate";

let server: http.Server;
let answer: http.RequestListener;
let url: string;
let requests: string[];

beforeEach(async () => {
  requests = [];
  server = http.createServer((request, response) => {
    requests.push(request.url!);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tasks`;
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const token = "a-secret-token-of-some-length";
const get = (timeoutMs = 5000) => send({ method: "GET", url, headers: { "X-Auth-Token": token }, timeoutMs });
const failing = async (timeoutMs?: number) => {
  const error: unknown = await get(timeoutMs).catch((thrown: unknown) => thrown);
  expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(token);
  return error as Error;
};

describe("a request", () => {
  it.each([200, 404, 500])("resolves with a whole JSON reply, also of HTTP %i", async (status) => {
    answer = (_, response) => response.writeHead(status, { Date: "Mon, 15 Jun 2020 08:55:56 GMT" }).end('{"a":1}');
    await expect(get()).resolves.toMatchObject({
      httpStatus: status,
      body: { a: 1 },
      serviceTimeMs: Date.parse("2020-06-15T08:55:56Z"),
    });
  });

  it.each([
    ["7", 7000],
    ["0", 0],
    ["86400", 60_000],
    ["Mon, 15 Jun 2020 08:56:06 GMT", 10_000],
    ["soon", undefined],
  ])("reads Retry-After %j as %j ms", async (value, retryAfterMs) => {
    const headers = { "Retry-After": value, Date: "Mon, 15 Jun 2020 08:55:56 GMT" };
    answer = (_, response) => response.writeHead(429, headers).end("{}");
    expect((await get()).retryAfterMs).toBe(retryAfterMs);
  });

  it("measures the service's clock by one that goes on when this machine's is set meanwhile", async () => {
    answer = (_, response) => {
      const answeredMs = systemClock.epochMs();
      jest.spyOn(Date, "now").mockReturnValue(answeredMs + 600_000);
      response.writeHead(200, { Date: new Date(answeredMs).toUTCString() }).end("{}");
    };
    const { leastMs, greatestMs } = (await get()).clockOffset!;
    jest.restoreAllMocks();
    expect(leastMs).toBeGreaterThan(-10_000);
    expect(leastMs).toBeLessThan(0);
    expect(greatestMs).toBeGreaterThan(0);
    expect(greatestMs).toBeLessThan(10_000);
  });

  it("does not follow a redirect", async () => {
    answer = (_, response) => response.writeHead(302, { Location: "/elsewhere" }).end();
    expect(await failing()).toBeInstanceOf(WrongEndpointError);
    expect(requests).toEqual(["/tasks"]);
  });

  it.each([
    ["is not JSON", (response: http.ServerResponse) => response.end("<html>")],
    ["is cut within its JSON", (response: http.ServerResponse) => response.end('{"tasks":[')],
    ["is larger than 8 MiB", (response: http.ServerResponse) => response.end(`"${"x".repeat(9 * 1024 * 1024)}"`)],
  ])("takes a body that %s for no answer", async (_what, respond) => {
    answer = (_, response) => respond(response);
    expect(await failing()).toBeInstanceOf(BadResponseError);
  });

  it.each([
    [
      "cuts the body short",
      (response: http.ServerResponse) => response.writeHead(200, { "Content-Length": 100 }).write('{"a":'),
    ],
    ["resets the connection", () => undefined],
  ])("is transient when the service %s", async (_what, respond) => {
    answer = (request, response) => {
      respond(response);
      setImmediate(() => request.socket.destroy());
    };
    expect(await failing()).toBeInstanceOf(TransientError);
  });

  it("is transient when the reply takes longer than it may", async () => {
    answer = (_, response) => response.write("{");
    expect((await failing(50)).message).toMatch(/^GET http.*\/tasks did not answer within 0.05 s$/);
  });

  it("is transient when nobody listens", async () => {
    server.close();
    expect((await failing()).message).toMatch(/could not be reached.*ECONNREFUSED/);
  });

  it.each([
    ["short", `token=${token}`],
    ["longer than what is shown of it", `${"<p>".padEnd(190, "x")}${token}`],
  ])("shows nothing of a secret that a body has which is no JSON and %s", async (_what, body) => {
    rememberSecret(token);
    answer = (_, response) => response.end(body);
    const error = await failing();
    expect(error.message).toContain("answered with a body that is not JSON");
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(token.slice(0, 6));
  });

  it("ends at once, with the reason given, when it is aborted amid the reply", async () => {
    const abort = new AbortController();
    const reason = new Error("enough");
    answer = (_, response) => {
      response.write("{");
      setImmediate(() => abort.abort(reason));
    };
    await expect(send({ method: "GET", url, timeoutMs: 60_000, signal: abort.signal })).rejects.toBe(reason);
  });

  it("is not sent to a server whose certificate nobody trusts, and asking again would not help", async () => {
    const secure = https.createServer(selfSignedCertificate(), (request) => requests.push(request.url!));
    await new Promise<void>((resolve) => secure.listen(0, "127.0.0.1", resolve));
    url = `https://127.0.0.1:${(secure.address() as AddressInfo).port}/tasks`;
    const error = await failing();
    secure.close();
    expect(error).toBeInstanceOf(WrongEndpointError);
    expect(error.message).toBe(
      `the certificate of GET ${url} is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT). ` +
        "Check the endpoint; to trust your own certificate authority, set OS_CACERT to its certificate.",
    );
    expect(requests).toEqual([]);
  });

  it("makes its headers when it is sent, and is not sent where that throws", async () => {
    const refusal = new Error("the key was refused meanwhile");
    const headers = () => {
      throw refusal;
    };
    await expect(send({ method: "GET", url, headers, timeoutMs: 5000 })).rejects.toBe(refusal);
    expect(requests).toEqual([]);
    answer = (request, response) => response.end(JSON.stringify(request.headers["x-auth-token"]));
    const made = send({ method: "GET", url, headers: () => ({ "X-Auth-Token": token }), timeoutMs: 5000 });
    await expect(made).resolves.toMatchObject({ body: token });
  });

  it("that cannot be sent is an error of the package, without its headers", async () => {
    const broken = send({ method: "GET", url, headers: { "X-Auth-Token": token, "a name": "x" }, timeoutMs: 5000 });
    const error: unknown = await broken.catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BackgroundTaskError);
    expect(inspect(error, { depth: 10, showHidden: true })).not.toContain(token);
  });

  it.each(["Sat, 13 Sep 275760 00:00:00 GMT", "Fri, 01 Jan 10000 00:00:00 GMT", "-000001-01-01", "soon"])(
    "takes no time from the Date header %j",
    async (date) => {
      answer = (_, response) =>
        response.writeHead(429, { Date: date, "Retry-After": "Mon, 15 Jun 2020 08:56:06 GMT" }).end("{}");
      await expect(get()).resolves.toMatchObject({ serviceTimeMs: undefined, clockOffset: undefined, retryAfterMs: 0 });
    },
  );

  it("reads a body that is nested without end", async () => {
    const depth = 1_000_000;
    answer = (_, response) => response.writeHead(500).end(`${'{"error":'.repeat(depth / 2)}1${"}".repeat(depth / 2)}`);
    const reply = await get();
    expect(errorForReply(reply, "looking").message).toBe("looking returned HTTP 500");
  });
});

describe("requests for an instance that does not answer", () => {
  const ask = (instanceId: string, bounds = {}) => send({ method: "GET", url, instanceId, timeoutMs: 5000, ...bounds });

  it("hold up none for others", async () => {
    answer = (request, response) => (request.url === "/tasks?silent" ? undefined : response.end("{}"));
    const abort = new AbortController();
    const silent = Array.from({ length: 16 }, (_, i) => [1, 2].map(() => i)).flat();
    const silentUrl = `${url}?silent`;
    const unanswered = silent.map((i) =>
      send({ method: "GET", url: silentUrl, instanceId: `silent ${i}`, timeoutMs: 60_000, signal: abort.signal }),
    );
    await expect(ask("healthy")).resolves.toMatchObject({ httpStatus: 200 });
    expect(requests.filter((path) => path === "/tasks?silent").length).toBeLessThanOrEqual(16);
    abort.abort(new Error("enough"));
    await Promise.allSettled(unanswered);
  });

  it("have their time from when they are sent, and all in all no more than their caller has", async () => {
    answer = (_, response) => response.write("{");
    const [first, second, third] = await Promise.allSettled([
      ask("slow", { timeoutMs: 100 }),
      ask("slow", { timeoutMs: 400, mostMs: 10_000 }),
      ask("slow", { timeoutMs: 400, mostMs: 50 }),
    ]);
    const message = (result: PromiseSettledResult<unknown>) => String((result as PromiseRejectedResult).reason);
    // The time until it is sent counts for the first one, which has no more in all.
    expect(message(first)).toMatch(/did not answer within 0\.(1|0\d) s$/);
    expect(message(second)).toMatch(/did not answer within 0\.4 s$/);
    expect(message(third)).toMatch(/could not be sent within 0\.05 s because other requests are in flight$/);
    expect(requests).toHaveLength(2);
  });
});
