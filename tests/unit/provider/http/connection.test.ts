import * as http from "node:http";
import * as https from "node:https";
import * as net from "node:net";
import { TransientError, WrongEndpointError } from "../../../../provider/task/errors";
import { sendOver } from "../../../../provider/http/transport";
import { selfSignedCertificate } from "./certificate";

const own = selfSignedCertificate();
const others = selfSignedCertificate();

const servers: net.Server[] = [];
const sockets: net.Socket[] = [];

afterEach(() => {
  servers.splice(0).forEach((server) => server.close());
  sockets.splice(0).forEach((socket) => socket.destroy());
});

async function listen(server: net.Server): Promise<number> {
  servers.push(server);
  server.on("connection", (socket) => sockets.push(socket.on("error", () => undefined)));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as net.AddressInfo).port;
}

const answer: http.RequestListener = (_request, response) => response.end('{"a":1}');
const get = (url: string, connection = {}, warn: (key: string, message: string) => void = () => undefined) =>
  sendOver(connection, warn)({ method: "GET", url, timeoutMs: 5000 });
async function failing(url: string): Promise<Error> {
  return (await get(url, { caCert: own.cert }).catch((thrown: unknown) => thrown)) as Error;
}

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
    expect(warnings).toEqual([expect.stringMatching(/^certificates are not verified because the setting insecure/)]);
  });

  it.each(["TLSv1.2", "TLSv1.3"] as const)(
    "shows the client's certificate to a server that wants one by %s",
    async (version) => {
      const asking = { ...own, ca: others.cert, requestCert: true, rejectUnauthorized: true };
      const server = https.createServer({ ...asking, maxVersion: version }, answer);
      const url = `https://127.0.0.1:${await listen(server)}/tasks`;
      const client = { clientCert: others.cert, clientKey: others.key };
      await expect(get(url, { caCert: own.cert, ...client })).resolves.toMatchObject({ httpStatus: 200 });
      const error = await failing(url);
      expect(error).toBeInstanceOf(WrongEndpointError);
      expect(error.message).toMatch(/could not be reached: it requires a client certificate.* set OS_CERT and OS_KEY/);
    },
  );
});

describe("TLS that cannot work ends a request for good:", () => {
  const tooOld = { minVersion: "TLSv1", maxVersion: "TLSv1", ciphers: "ALL@SECLEVEL=0" } as const;
  const foreignCipher = { maxVersion: "TLSv1.2", ciphers: "ECDHE-RSA-AES128-SHA" } as const;

  it.each([
    ["plain http on the port", () => http.createServer(answer), /the port does not use TLS \(wrong version number\)/],
    ["TLS 1.0 only", () => https.createServer({ ...own, ...tooOld }, answer), /it does not support TLS 1\.2 or later/],
    ["no cipher in common", () => https.createServer({ ...own, ...foreignCipher }, answer), /has no cipher in common/],
    ["another host's name", () => alerting(112), /it does not know the host's name/],
  ])("%s", async (_what, start, cause) => {
    const error = await failing(`https://127.0.0.1:${await listen(start())}/tasks`);
    expect(error).toBeInstanceOf(WrongEndpointError);
    expect(error.message).toMatch(cause);
  });

  it.each([
    ["a reset", () => net.createServer((socket) => socket.once("data", () => socket.resetAndDestroy()))],
    ["an end", () => net.createServer((socket) => socket.once("data", () => socket.end()))],
    ["an end amid a record", () => net.createServer((socket) => socket.end(Buffer.from([22, 3, 3, 0, 100, 2, 0])))],
    ["an internal error", () => alerting(80)],
  ])("not so %s of the handshake", async (_what, start) => {
    const error = await failing(`https://127.0.0.1:${await listen(start())}/tasks`);
    expect(error).toBeInstanceOf(TransientError);
  });

  /** Answers with a fatal TLS alert (RFC 8446, section 6). */
  function alerting(description: number): net.Server {
    return net.createServer((socket) =>
      socket.once("data", () => socket.end(Buffer.from([21, 3, 3, 0, 2, 2, description]))),
    );
  }
});
