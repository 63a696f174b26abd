import * as http from "node:http";
import * as https from "node:https";
import type * as net from "node:net";
import { once } from "node:events";
import { inspect } from "node:util";
import { ProxyError, TransientError, WrongEndpointError } from "../../../../provider/task/errors";
import { sendOver } from "../../../../provider/http/transport";
import { selfSignedCertificate } from "./certificate";
import { type ConnectProxy, type ProxyOptions, startConnectProxy } from "./connectProxy";

const token = "a-secret-token-of-some-length";
const own = selfSignedCertificate();
const others = selfSignedCertificate();
const environment = { ...process.env };
const service = "https://dms.example.test";

let serviceConnections: number;
let server: https.Server;
let answer: http.RequestListener;
let proxy: ConnectProxy;

beforeEach(async () => {
  answer = (_request, response) => response.end('{"a":1}');
  serviceConnections = 0;
  server = https.createServer(own, (request, response) => answer(request, response));
  server.on("secureConnection", () => serviceConnections++);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});

afterEach(() => {
  server.closeAllConnections();
  server.close();
  proxy.close();
  process.env = { ...environment };
});

async function startProxy(options: ProxyOptions = {}, scheme = "http"): Promise<void> {
  proxy = await startConnectProxy({ targetPort: (server.address() as net.AddressInfo).port, ...options });
  process.env["HTTPS_PROXY"] = process.env["HTTP_PROXY"] = `${scheme}://me:p%40ss-of-proxy@127.0.0.1:${proxy.port}`;
}

function get(url: string, options: { caCert?: string; signal?: AbortSignal; instanceId?: string } = {}) {
  const { caCert = own.cert, ...request } = options;
  return sendOver({ caCert })({
    method: "GET",
    url,
    headers: { "X-Auth-Token": token },
    timeoutMs: 5000,
    ...request,
  });
}

async function failing(url: string): Promise<Error> {
  const error: unknown = await get(url).catch((thrown: unknown) => thrown);
  const shown = inspect(error, { depth: 10, showHidden: true });
  expect(shown).not.toMatch(/p(@|%40)ss-of-proxy/);
  expect(shown).not.toContain(token);
  return error as Error;
}

describe("a tunnel through a proxy", () => {
  it("hides all but the host's name from it", async () => {
    await startProxy();
    await expect(get(`${service}/tasks`)).resolves.toMatchObject({ body: { a: 1 } });
    expect(proxy.seen).toEqual([expect.stringContaining("CONNECT dms.example.test:443")]);
    expect(proxy.seen[0]).toContain(Buffer.from("me:p@ss-of-proxy").toString("base64"));
    expect(proxy.seen[0]).not.toContain(token);
  });

  it("can be opened over TLS, to a proxy that the authority vouches for", async () => {
    await startProxy({ certificate: own }, "https");
    await expect(get(`${service}/tasks`)).resolves.toMatchObject({ body: { a: 1 } });
    const error: unknown = await get(`${service}/tasks`, { caCert: others.cert }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ProxyError);
    expect((error as Error).message).toMatch(
      /^the certificate of the proxy https:\/\/127\.0\.0\.1:\d+ \(HTTPS_PROXY\) is not trusted/,
    );
  });

  it("does not spare a server its certificate", async () => {
    await startProxy();
    await expect(get(`${service}/tasks`, { caCert: others.cert })).rejects.toThrow(WrongEndpointError);
  });

  it("is kept for the next request", async () => {
    await startProxy();
    for (let i = 0; i < 3; i++) {
      await get(`${service}/tasks`);
    }
    expect(proxy.seen).toHaveLength(1);
    expect(serviceConnections).toBe(1);
  });

  it("is opened no oftener than requests of an instance may be on their way at a time", async () => {
    await startProxy();
    const waits = Array.from({ length: 40 }, (_, i) => get(`${service}/tasks/${i}`, { instanceId: "tunnelled" }));
    await expect(Promise.all(waits)).resolves.toHaveLength(40);
    expect(proxy.seen.length).toBeLessThanOrEqual(8);
    expect(serviceConnections).toBe(proxy.seen.length);
  });

  it("is no longer waited for when its request is given up", async () => {
    await startProxy({ answer: "" });
    const abort = new AbortController();
    const reply = get(`${service}/tasks`, { signal: abort.signal });
    await eventually(() => proxy.seen.length === 1);
    abort.abort(new Error("enough"));
    await expect(reply).rejects.toThrow("enough");
    await eventually(async () => (await proxy.connections()) === 0);
  });
});

describe("a proxy's own answer is no answer of the service:", () => {
  const token = "HTTP/1.1 201 Created\r\nX-Subject-Token: forged\r\nContent-Type: application/json\r\n";
  const body = '{"token":{"expires_at":"2030-01-01T00:00:00.000000Z"},"tasks":[{"id":"t","status":"SUCCESS"}]}';

  it.each([
    ["201 Created, with a token", `${token}Content-Length: ${body.length}\r\n\r\n${body}`, 201],
    ["202 and a task", `HTTP/1.1 202 Accepted\r\nContent-Length: ${body.length}\r\n\r\n${body}`, 202],
    ["a redirect", "HTTP/1.1 302 Found\r\nLocation: http://portal.test/\r\nContent-Length: 0\r\n\r\n", 302],
    ["401", "HTTP/1.1 401 Unauthorized\r\nContent-Length: 2\r\n\r\n{}", 401],
    ["403", "HTTP/1.1 403 Forbidden\r\nContent-Length: 2\r\n\r\n{}", 403],
    ["404", "HTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\n{}", 404],
  ])("%s", async (_what, reply, status) => {
    await startProxy({ answer: reply });
    const error = await failing(`${service}/tasks`);
    expect(error).toBeInstanceOf(ProxyError);
    expect(error).toMatchObject({ httpStatus: undefined });
    expect(error.message).toMatch(
      new RegExp(
        `^the proxy http://127\\.0\\.0\\.1:\\d+ \\(HTTPS_PROXY\\) did not open a tunnel for GET ${service}/tasks, ` +
          `but answered HTTP ${status} itself\\. The request did not reach the service`,
      ),
    );
  });

  it.each([429, 502, 503, 504])("%i may pass", async (status) => {
    await startProxy({ answer: `HTTP/1.1 ${status} No\r\nContent-Length: 0\r\n\r\n` });
    const error = await failing(`${service}/tasks`);
    expect(error).toBeInstanceOf(TransientError);
    expect(error.message).toMatch(/^the proxy http.* did not open a tunnel/);
  });

  it("407 names the variable that wants a user and a password", async () => {
    await startProxy({ answer: "HTTP/1.1 407 Required: me:p@ss-of-proxy\r\nContent-Length: 0\r\n\r\n" });
    const error = await failing(`${service}/other`);
    expect(error).toBeInstanceOf(ProxyError);
    expect(error.message).toMatch(
      /^the proxy .* on the way to GET https:\/\/dms\.example\.test\/other requires a user and a password \(HTTP 407\): set them in HTTPS_PROXY/,
    );
  });

  it("what is no HTTP at all may pass", async () => {
    await startProxy({ answer: "SSH-2.0-OpenSSH_9.2\r\n" });
    const error = await failing(`${service}/tasks`);
    expect(error).toBeInstanceOf(TransientError);
    expect(error.message).toMatch(/could not be reached through the proxy/);
  });

  it("a proxy that is not there is named", async () => {
    await startProxy();
    proxy.close();
    const error = await failing(`${service}/tasks`);
    expect(error).toBeInstanceOf(TransientError);
    expect(error.message).toMatch(
      /^GET https:\/\/dms\.example\.test\/tasks could not be reached through the proxy http:\/\/127\.0\.0\.1:\d+ \(HTTPS_PROXY\) \(ECONNREFUSED\): check HTTPS_PROXY in the environment/,
    );
  });
});

describe("without TLS, which the user must have allowed,", () => {
  it("a proxy forwards the request, over connections that are kept", async () => {
    await startProxy();
    const clients: unknown[] = [];
    for (let i = 0; i < 2; i++) {
      await expect(get("http://dms.example.test/tasks")).resolves.toMatchObject({ body: {} });
      clients.push(await proxy.connections());
    }
    expect(proxy.seen).toEqual(Array(2).fill(expect.stringMatching(/^GET http:\/\/dms\.example\.test\/tasks/)));
    expect(clients).toEqual([1, 1]);
  });

  it("an address of this machine is asked directly", async () => {
    await startProxy();
    const plain = http.createServer((_request, response) => response.end('{"a":1}')).listen(0, "127.0.0.1");
    await once(plain, "listening");
    const { port } = plain.address() as net.AddressInfo;
    await expect(get(`http://127.0.0.1:${port}/tasks`)).resolves.toMatchObject({ body: { a: 1 } });
    expect(proxy.seen).toEqual([]);
    plain.closeAllConnections();
    plain.close();
  });
});

/** Resolves as soon as the condition holds, which what happens on other sockets makes true. */
async function eventually(condition: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await condition())) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}
