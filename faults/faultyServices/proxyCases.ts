import { selfSignedCertificate } from "../../tests/unit/provider/http/certificate";
import type { Tunnelling } from "../servers/faultyProxy";
import { type FaultCase, fails, type Promised, type Subject, succeeds, timesOut } from "./faultCase";

const own = selfSignedCertificate("*.proxied.test");
const forged = selfSignedCertificate("*.proxied.test");

const success = '{"token":{"expires_at":"2030-01-01T00:00:00.000000Z"},"tasks":[{"id":"t","status":"SUCCESS"}]}';
const head = (status: number | string, body = "") =>
  `HTTP/1.1 ${status} X\r\nContent-Type: application/json\r\nX-Subject-Token: forged\r\nContent-Length: ${body.length}\r\n\r\n${body}`;

const says =
  (status: number): Tunnelling =>
  (socket) =>
    void socket.end(head(status, success));

interface ProxyFault {
  label: string;
  name: string;
  tunnelling: Tunnelling;
  promised: Promised;
  tls?: typeof own;
}

const own407 = fails("ProxyError", /requires a user and a password \(HTTP 407\): set them in HTTPS_PROXY/, {
  requests: 0,
});
const refusing = (status: number): ProxyFault => ({
  label: `says${status}`,
  name: `answers ${status} itself, with a task that has succeeded`,
  tunnelling: says(status),
  promised:
    status === 407
      ? own407
      : fails(
          "ProxyError",
          new RegExp(`did not open a tunnel .*answered HTTP ${status} itself.*did not reach the service`),
          {
            requests: 0,
          },
        ),
});

const busy = (status: number): ProxyFault[] => [
  {
    label: `twice${status}`,
    name: `answers ${status} twice, then opens a tunnel`,
    tunnelling: (socket, open, nth) => (nth < 2 ? says(status)(socket, open, nth) : open()),
    promised: succeeds({ notBeforeSeconds: 0.5, requests: 1 }),
  },
  {
    label: `always${status}`,
    name: `answers ${status}, always`,
    tunnelling: says(status),
    promised: timesOut(new RegExp(`the proxy .*answered HTTP ${status} itself`), { requests: 0 }),
  },
];

const faults: ProxyFault[] = [
  {
    label: "opens",
    name: "opens a tunnel, as it should",
    tunnelling: (_socket, open) => open(),
    promised: succeeds({ requests: 1 }),
  },
  ...[201, 202, 204, 301, 302, 307, 400, 401, 403, 404, 405, 407, 418, 451].map(refusing),
  ...[429, 500, 502, 503, 504].flatMap(busy),
  {
    label: "stalls",
    name: "never answers",
    tunnelling: () => undefined,
    promised: timesOut(/did not answer within 3 s/, { requests: 0 }),
  },
  {
    label: "trickles",
    name: "sends half of a head, and no more",
    tunnelling: (socket) => void socket.write("HTTP/1.1 200 Connec"),
    promised: timesOut(/did not answer within 3 s/, { requests: 0 }),
  },
  {
    label: "resets",
    name: "resets the connection",
    tunnelling: (socket) => socket.resetAndDestroy(),
    promised: timesOut(/could not be reached through the proxy/, { requests: 0 }),
  },
  {
    label: "greets",
    name: "speaks no HTTP",
    tunnelling: (socket) => void socket.end("SSH-2.0-OpenSSH_9.2\r\n"),
    promised: timesOut(/could not be reached through the proxy/, { requests: 0 }),
  },
  {
    label: "silences",
    name: "opens a tunnel to nowhere",
    tunnelling: (socket) => void socket.write(head(200).replace("Content-Length: 0\r\n", "")),
    promised: timesOut(/did not answer within 3 s/, { requests: 0 }),
  },
  {
    label: "drops",
    name: "opens a tunnel and resets it",
    tunnelling: (socket) => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      socket.once("data", () => socket.resetAndDestroy());
    },
    promised: timesOut(/could not be reached|cut short/, { requests: 0 }),
  },
  {
    label: "forges",
    name: "opens a tunnel to a service with a forged certificate",
    tunnelling: (_socket, open) => open(),
    tls: forged,
    promised: fails("WrongEndpointError", /is not trusted/, { requests: 0 }),
  },
  {
    label: "speaks",
    name: "answers in the tunnel in plain text, with a task that has succeeded",
    tunnelling: (socket) => {
      socket.write("HTTP/1.1 200 OK\r\n\r\n");
      socket.once("data", () => socket.end(head(200, success)));
    },
    promised: fails("WrongEndpointError", /the port does not use TLS/, { requests: 0 }),
  },
];

/** What the proxy of these cases does, by the first part of a host's name. */
export const tunnellings: ReadonlyMap<string, Tunnelling> = new Map(
  faults.map(({ label, tunnelling }) => [label, tunnelling]),
);

const hostOf = ({ label: kind }: ProxyFault, { label }: Subject) => `${kind}-${label}.proxied.test`;

const tunnelled = faults.map((fault): FaultCase => ({
  name: `a proxy that ${fault.name}`,
  answer: (subject) => subject.done,
  server: () => ({ tls: fault.tls ?? own }),
  endpoint: (port, subject) => `https://${hostOf(fault, subject)}:${port}`,
  cloud: () => ({ cacert: own.cert }),
  promised: fault.promised,
  isResumed: false,
}));

const plain: FaultCase = {
  name: "a proxy that wants a password, in plain http",
  answer: (subject) => subject.done,
  endpoint: (port, { label }) => `http://plain-${label}.proxied.test:${port}`,
  cloud: () => ({ allow_http: true }),
  promised: fails("ProxyError", /requires a user and a password \(HTTP 407\): set them in HTTP_PROXY/, { requests: 0 }),
  isResumed: false,
};

export const proxyCases: FaultCase[] = [...tunnelled, plain];
