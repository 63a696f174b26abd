import * as http from "node:http";
import * as https from "node:https";
import * as net from "node:net";
import { inspect } from "node:util";
import { TransientError, WrongEndpointError } from "../../../../provider/task/errors";
import { sendOver } from "../../../../provider/http/transport";
import { selfSignedCertificate } from "./certificate";

const token = "a-secret-token-of-some-length";
const own = selfSignedCertificate();
const others = selfSignedCertificate();

const servers: (http.Server | https.Server)[] = [];
const environment = { ...process.env };

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
  process.env = { ...environment };
});

async function listen<S extends http.Server | https.Server>(server: S): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as net.AddressInfo).port;
}

const answer: http.RequestListener = (_request, response) => response.end('{"a":1}');
const get = (url: string, connection = {}, warn: (key: string, message: string) => void = () => undefined) =>
  sendOver(connection, warn)({ method: "GET", url, headers: { "X-Auth-Token": token }, timeoutMs: 5000 });

describe("a connection", () => {
  it("is made to a server that the given authority vouches for, and to no other", async () => {
    const url = `https://127.0.0.1:${await listen(https.createServer(own, answer))}/tasks`;
    await expect(get(url, { caCert: own.cert })).resolves.toMatchObject({ httpStatus: 200 });
    await expect(get(url, { caCert: others.cert })).rejects.toThrow(WrongEndpointError);
    await expect(get(url)).rejects.toThrow("is not trusted (DEPTH_ZERO_SELF_SIGNED_CERT)");
  });

  it("is made to anybody where certificates are not to be verified, with one warning", async () => {
    const url = `https://127.0.0.1:${await listen(https.createServer(own, answer))}/tasks`;
    const warnings: string[] = [];
    const warn = (_key: string, message: string) => void warnings.push(message);
    await expect(get(url, { insecure: true }, warn)).resolves.toMatchObject({ httpStatus: 200 });
    await get(url, { insecure: true }, warn);
    expect(warnings).toEqual([expect.stringMatching(/^certificates are not verified, as the setting insecure says/)]);
  });

  it("shows the client's certificate", async () => {
    const asking = { ...own, ca: others.cert, requestCert: true, rejectUnauthorized: true };
    const url = `https://127.0.0.1:${await listen(https.createServer(asking, answer))}/tasks`;
    const client = { clientCert: others.cert, clientKey: others.key };
    await expect(get(url, { caCert: own.cert, ...client })).resolves.toMatchObject({ httpStatus: 200 });
    await expect(get(url, { caCert: own.cert })).rejects.toThrow(TransientError);
  });
});

describe("a proxy", () => {
  /** Tunnels everything to one port of this machine, and keeps what it was told. */
  async function startProxy(targetPort: number, refusal?: string) {
    const seen: string[] = [];
    const proxy = http.createServer((request, response) => {
      seen.push(`${request.method} ${request.url}`);
      response.end("{}");
    });
    proxy.on("connect", (request: http.IncomingMessage, socket: net.Socket) => {
      seen.push(`CONNECT ${request.url} ${inspect(request.headers)}`);
      if (refusal !== undefined) {
        socket.end(refusal);
        return;
      }
      const target = net.connect(targetPort, "127.0.0.1", () => {
        socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
        target.pipe(socket).pipe(target);
      });
      for (const end of [socket, target]) {
        end.on("error", () => undefined);
      }
    });
    process.env["HTTPS_PROXY"] = process.env["HTTP_PROXY"] =
      `http://me:p%40ss-of-proxy@127.0.0.1:${await listen(proxy)}`;
    return seen;
  }

  it("tunnels TLS, and so sees no credentials but its own", async () => {
    const seen = await startProxy(await listen(https.createServer(own, answer)));
    const reply = await get("https://dms.example.test/tasks", { caCert: own.cert });
    expect(reply.body).toEqual({ a: 1 });
    expect(seen).toEqual([expect.stringContaining("CONNECT dms.example.test:443")]);
    expect(seen[0]).toContain(Buffer.from("me:p@ss-of-proxy").toString("base64"));
    expect(seen[0]).not.toContain(token);
  });

  it("does not spare a server its certificate", async () => {
    await startProxy(await listen(https.createServer(own, answer)));
    await expect(get("https://dms.example.test/tasks", { caCert: others.cert })).rejects.toThrow(WrongEndpointError);
  });

  it("is passed by where NO_PROXY says so", async () => {
    const seen = await startProxy(0);
    process.env["NO_PROXY"] = ".example.test";
    await expect(get("https://dms.example.test/tasks", { caCert: own.cert })).rejects.toThrow(
      /could not be reached, since the host dms\.example\.test is not known \(E.*\): check the region and the endpoint/,
    );
    expect(seen).toEqual([]);
  });

  it("is passed by on the way to this machine", async () => {
    const port = await listen(http.createServer(answer));
    const seen = await startProxy(0);
    await expect(get(`http://127.0.0.1:${port}/tasks`)).resolves.toMatchObject({ body: { a: 1 } });
    expect(seen).toEqual([]);
  });

  it("that refuses is told of without its password", async () => {
    const refusal = "HTTP/1.1 407 Proxy Authentication Required: me:p@ss-of-proxy\r\nContent-Length: 0\r\n\r\n";
    await startProxy(0, refusal);
    const error = await get("https://dms.example.test/other", { caCert: own.cert }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    const shown = inspect(error, { depth: 10, showHidden: true });
    expect(shown).not.toMatch(/p(@|%40)ss-of-proxy/);
    expect(shown).not.toContain(token);
    expect((error as Error).message).toMatch(
      /^the proxy on the way to GET https:\/\/dms\.example\.test\/other wants a user and a password \(HTTP 407\)/,
    );
  });

  it("that is no URL is an error that names the variable", async () => {
    process.env["HTTPS_PROXY"] = "socks5://host:1080";
    await expect(get("https://dms.example.test/tasks")).rejects.toThrow(
      'HTTPS_PROXY in the environment must be a URL such as "http://host:port".',
    );
  });
});
