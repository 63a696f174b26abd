import type * as net from "node:net";
import type { TlsOptions } from "node:tls";
import { selfSignedCertificate } from "../../tests/unit/provider/http/certificate";
import { type FaultCase, fails, type Subject, succeeds, timesOut } from "./faultCase";

const own = selfSignedCertificate();
const others = selfSignedCertificate();

const secured = {
  answer: (subject: Subject) => subject.done,
  endpoint: (port: number) => `https://127.0.0.1:${port}`,
  cloud: () => ({ cacert: own.cert }),
};
const spoken = (tls: TlsOptions) => ({
  ...secured,
  server: () => ({ tls: { ...own, ...tls } }),
  isResumed: false as const,
});

/** A fatal TLS alert (RFC 8446, section 6) in place of a handshake. */
const alert = (description: number) => (socket: net.Socket) =>
  socket.once("data", () => socket.end(Buffer.from([21, 3, 3, 0, 2, 2, description])));

/** Of each connection, what comes instead of a handshake. */
const broken: [string, (socket: net.Socket) => unknown][] = [
  ["a reset", (socket) => socket.once("data", () => socket.resetAndDestroy())],
  ["an end", (socket) => socket.once("data", () => socket.end())],
  ["an end amid a record", (socket) => socket.end(Buffer.from([22, 3, 3, 0, 100, 2, 0]))],
  ["the alert internal_error", alert(80)],
];

const lasting: [string, FaultCase["server"] & object, RegExp][] = [
  [
    "TLS 1.0 only",
    () => ({ tls: { ...own, minVersion: "TLSv1", maxVersion: "TLSv1", ciphers: "ALL@SECLEVEL=0" } }),
    /does not support TLS 1\.2/,
  ],
  [
    "no cipher in common",
    () => ({ tls: { ...own, maxVersion: "TLSv1.2", ciphers: "ECDHE-RSA-AES128-SHA" } }),
    /no cipher in common/,
  ],
  ["plain http on the port", () => ({}), /the port does not use TLS/],
  [
    "a client certificate required by TLS 1.2",
    () => ({ tls: { ...own, ca: others.cert, requestCert: true, rejectUnauthorized: true, maxVersion: "TLSv1.2" } }),
    /client certificate/,
  ],
  [
    "a client certificate required by TLS 1.3",
    () => ({ tls: { ...own, ca: others.cert, requestCert: true, rejectUnauthorized: true } }),
    /client certificate/,
  ],
  ["the alert protocol_version", () => ({ connect: alert(70) }), /TLS 1\.2/],
  ["the alert unrecognized_name", () => ({ connect: alert(112) }), /does not know the host's name/],
  ["the alert handshake_failure", () => ({ connect: alert(40) }), /cipher/],
  ["a certificate of somebody else", () => ({ tls: others }), /is not trusted/],
];

export const tlsCases: FaultCase[] = [
  { name: "TLS, as it should be", ...spoken({}), promised: succeeds({ requests: 1 }) },
  {
    name: "TLS with a certificate that nobody vouches for",
    ...spoken({}),
    cloud: () => ({}),
    promised: fails("WrongEndpointError", /is not trusted \(DEPTH_ZERO_SELF_SIGNED_CERT\)/, {
      requests: 0,
      connections: 2,
    }),
  },
  {
    name: "TLS with the certificate of another host",
    ...spoken({}),
    endpoint: (port, { label }) => `https://${label}.here.test:${port}`,
    promised: fails("WrongEndpointError", /is not trusted \(ERR_TLS_CERT_ALTNAME_INVALID\)/, {
      requests: 0,
      connections: 2,
    }),
  },
  {
    name: "TLS on a plain port",
    answer: (subject) => subject.done,
    server: () => ({ tls: own }),
    promised: timesOut(/cut short|could not be reached|HTTP/, { requests: 0 }),
    isResumed: false,
  },
  ...lasting.map(([what, server, message]): FaultCase => ({
    name: `TLS: ${what}`,
    ...secured,
    server,
    promised: fails("WrongEndpointError", message, { requests: 0, connections: 2 }),
    isResumed: false,
  })),
  ...broken.map(([what, connect]): FaultCase => ({
    name: `TLS: ${what} of the handshake, always`,
    ...secured,
    server: () => ({ tls: own, connect: (socket) => void connect(socket) }),
    promised: timesOut(/cut short|could not be reached/, { requests: 0 }),
    isResumed: false,
  })),
  ...broken.map(([what, connect]): FaultCase => ({
    name: `TLS: ${what} of the handshake, twice`,
    ...secured,
    server: () => ({ tls: own, connect: (socket, nth, serve) => void (nth <= 2 ? connect(socket) : serve(socket)) }),
    promised: succeeds({ notBeforeSeconds: 0.5, requests: 1 }),
  })),
  {
    name: "TLS: silence in the handshake",
    ...secured,
    server: () => ({ tls: own, connect: () => undefined }),
    promised: timesOut(/did not answer within 3 s/, { requests: 0, connections: 1 }),
    isResumed: false,
  },
];
