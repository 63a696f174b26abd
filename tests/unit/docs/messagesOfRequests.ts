import dns from "node:dns";
import * as http from "node:http";
import * as https from "node:https";
import type { AddressInfo } from "node:net";
import type { Emulator } from "../../../emulator";
import { getBackgroundTask } from "../../../provider/functions/getBackgroundTask";
import { faultOfConnection } from "../../../provider/http/connectionFault";
import { send, sendOver } from "../../../provider/http/transport";
import { newKeyUse, withSignature } from "../../../provider/identity/authorizedSend";
import { readEveryPage } from "../../../provider/service/taskList";
import { selfSignedCertificate } from "../provider/http/certificate";
import { startConnectProxy } from "../provider/http/connectProxy";
import { errorFrom, type Producer } from "./producedMessage";
import { type Environment, identityWith, lookWith } from "./settingsOfUsers";

// What requests end with that are refused, or reach nobody.

const request = { method: "GET" as const, url: "https://dms.example.test/tasks", timeoutMs: 5000 };
const ofKey = ({ accessKey, secretKey }: Emulator) => ({ OS_ACCESS_KEY: accessKey, OS_SECRET_KEY: secretKey });

/** A look that the service answers as planned. */
const answering =
  (status: number, code?: string, message?: string, body?: unknown): Producer =>
  (cloud) => {
    cloud.replyNext({ route: "showTask", status, code, message, body });
    return lookWith(cloud);
  };

/** A request to a server on this machine. */
async function toServer(server: http.Server | https.Server, scheme: string, timeoutMs = 5000): Promise<never> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `${scheme}://127.0.0.1:${(server.address() as AddressInfo).port}/tasks`;
  try {
    throw await errorFrom(() => send({ ...request, url, timeoutMs }));
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

async function throughProxy(answer: string): Promise<never> {
  const proxy = await startConnectProxy({ answer });
  process.env["HTTPS_PROXY"] = `http://127.0.0.1:${proxy.port}`;
  try {
    throw await errorFrom(() => sendOver({})(request));
  } finally {
    proxy.close();
  }
}

/** A look with a token that the service knows, once it has expired. */
async function withExpiredToken(cloud: Emulator): Promise<unknown> {
  const { authUrl, username: name, password, domainName, projectId } = cloud;
  const identity = { methods: ["password"], password: { user: { name, password, domain: { name: domainName } } } };
  const auth = { identity, scope: { project: { id: projectId } } };
  const reply = await fetch(`${authUrl}/auth/tokens`, { method: "POST", body: JSON.stringify({ auth }) });
  cloud.expireTokens();
  return lookWith(cloud, { OS_TOKEN: reply.headers.get("x-subject-token")!, OS_DMS_ENDPOINT_OVERRIDE: cloud.url });
}

async function withLockedKey(cloud: Emulator): Promise<unknown> {
  for (let i = 0; i < 6; i++) {
    const wrong = withSignature(
      send,
      { accessKey: cloud.accessKey, secretKey: "not-the-secret-of-this-key" },
      newKeyUse(),
    );
    await wrong({ ...request, url: `${cloud.authUrl}/projects` });
  }
  return lookWith(cloud, ofKey(cloud));
}

async function afterPasscode(cloud: Emulator): Promise<unknown> {
  const own = { OS_USER_ID: cloud.userId, OS_PASSCODE: cloud.passcode(), OS_USERNAME: "", OS_DOMAIN_NAME: "" };
  const identity = identityWith(cloud, own);
  const ask = () =>
    identity.send({ api: "dms", method: "GET", path: (id) => `/v2/${id}/instances` }, { timeoutMs: 5000 });
  await ask();
  cloud.expireTokens();
  return ask();
}

/** The second of two requests to a host that no name server knows, 15 s apart. */
async function toUnknownHost(url: string): Promise<unknown> {
  let nowMs = performance.now();
  jest.spyOn(performance, "now").mockImplementation(() => nowMs);
  const fail = (host: string, _options: unknown, callback: (error: Error) => void) =>
    process.nextTick(callback, Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: "ENOTFOUND" }));
  jest.spyOn(dns, "lookup").mockImplementation(fail as never);
  await errorFrom(() => send({ ...request, url }));
  nowMs += 15_000;
  return send({ ...request, url });
}

const pages = (count: number | undefined) =>
  readEveryPage(
    async ({ skip }) => ({
      tasks: Array.from({ length: 100 }, (_, i) => ({
        taskId: `task-${count === undefined ? skip + i : i}`,
        instanceId: "instance",
      })),
      count,
      projectId: "project",
    }),
    { instanceId: "instance" },
    (ask) => ask({ timeoutMs: 1000 }),
    ["start"],
  );

const agency: Environment = { OS_AGENCY_NAME: "nobody", OS_AGENCY_DOMAIN_NAME: "nowhere" };

export const messagesOfRequests: [entry: string, what: string, produce: Producer][] = [
  [
    "AuthenticationError",
    "a wrong password",
    (cloud) => lookWith(cloud, { OS_PASSWORD: "not-the-password-of-this-user" }),
  ],
  [
    "AuthenticationError",
    "an unknown project",
    (cloud) => lookWith(cloud, { OS_PROJECT_ID: "", OS_PROJECT_NAME: "eu-de_other" }),
  ],
  ["AuthenticationError", "an expired token", withExpiredToken],
  ["AuthenticationError", "an unknown token", (cloud) => lookWith(cloud, { OS_TOKEN: "unknown" })],
  [
    "AuthenticationError",
    "a wrong secret",
    (cloud) => lookWith(cloud, { ...ofKey(cloud), OS_SECRET_KEY: "not-the-secret-of-this-key" }),
  ],
  ["AuthenticationError", "an unknown key", (cloud) => lookWith(cloud, { ...ofKey(cloud), OS_ACCESS_KEY: "NOBODYS" })],
  ["AuthenticationError", "a locked key", withLockedKey],
  [
    "AuthenticationError",
    "a temporary key that has expired",
    (cloud) => {
      const { accessKey, secretKey, securityToken } = cloud.issueTemporaryKey();
      cloud.expireTokens();
      return lookWith(cloud, {
        OS_ACCESS_KEY: accessKey,
        OS_SECRET_KEY: secretKey,
        OS_SECURITY_TOKEN: securityToken,
      });
    },
  ],
  ["AuthenticationError", "a session opened with a passcode", afterPasscode],
  ["AuthenticationError", "an agency", (cloud) => lookWith(cloud, agency)],
  ["RequestRefusedError", "a permission that is missing", answering(403, "DMS.00403002", "forbidden")],
  [
    "RequestRefusedError",
    "a project that is not open",
    (cloud) => lookWith(cloud, { ...ofKey(cloud), OS_PROJECT_NAME: "", OS_PROJECT_ID: "0".repeat(32) }),
  ],
  ["RequestRefusedError", "anything else", answering(409, "DMS.00400099", "no")],
  ["WrongEndpointError", "an API that is not there", answering(404, "APIGW.0101", "The API does not exist")],
  [
    "WrongEndpointError",
    "a redirect",
    () =>
      toServer(
        http.createServer((_, reply) => reply.writeHead(302, { Location: "/" }).end()),
        "http",
      ),
  ],
  ["WrongEndpointError", "a certificate", () => toServer(https.createServer(selfSignedCertificate()), "https")],
  ["WrongEndpointError", "a port without TLS", () => toServer(http.createServer(), "https")],
  ["WrongEndpointError", "a host that does not exist", () => toUnknownHost("https://dms.eu-dee.test/tasks")],
  [
    "WrongEndpointError",
    "an IAM that is not there",
    (cloud) => lookWith(cloud, { OS_AUTH_URL: `${cloud.url}/elsewhere` }),
  ],
  ["ProxyError", "a password", () => throughProxy("HTTP/1.1 407 Required\r\nContent-Length: 0\r\n\r\n")],
  ["ProxyError", "a refusal", () => throughProxy("HTTP/1.1 403 No\r\nContent-Length: 0\r\n\r\n")],
  [
    "ProxyError",
    "a host that does not exist",
    () => {
      process.env["HTTPS_PROXY"] = "http://no-such-proxy.test:3128";
      return toUnknownHost(request.url);
    },
  ],
  [
    "TransientError",
    "an overload, without a wait",
    (cloud) => {
      cloud.replyNext({ route: "any", times: 9, status: 503, message: "busy" });
      return getBackgroundTask({ instanceId: cloud.instanceId, taskId: cloud.taskId, wait: false });
    },
  ],
  ["TransientError", "nobody who listens", () => send({ ...request, url: "http://127.0.0.1:9/tasks" })],
  [
    "TransientError",
    "no answer",
    () =>
      toServer(
        http.createServer((_, reply) => reply.destroy()),
        "http",
      ),
  ],
  ["TransientError", "a late answer", () => toServer(http.createServer(), "http", 50)],
  ["BadResponseError", "no JSON", answering(200, undefined, undefined, "<html>")],
  ["BadResponseError", "another JSON", answering(200, undefined, undefined, { tusks: [] })],
  [
    "BadResponseError",
    "too much",
    () =>
      toServer(
        http.createServer((_, reply) => reply.end("x".repeat(9 * 1024 * 1024))),
        "http",
      ),
  ],
  ["PagingError", "the same page again", () => pages(1000)],
  ["PagingError", "too many pages", () => pages(undefined)],
  [
    "ServiceError",
    "a request that cannot be sent",
    () => {
      throw faultOfConnection(new TypeError("Invalid character in header"), request, undefined, 1);
    },
  ],
];
