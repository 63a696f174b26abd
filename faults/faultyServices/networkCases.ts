import { after, bytes, hangUp, inTurn, reset, response, send, silent, trickle } from "../servers/replies";
import type { FaultyService } from "../servers/faultyService";
import { hosts } from "../servers/nameServer";
import { type FaultCase, fails, type Subject, succeeds, timesOut } from "./faultCase";

const twice = (fault: (subject: Subject) => Parameters<typeof inTurn>[0]) => (subject: Subject) =>
  inTurn(fault(subject), fault(subject), subject.done);

const bodyOf = (subject: Subject) => JSON.stringify({ task_count: "1", tasks: [subject.record()] });
const cut = (subject: Subject, headers?: string) => {
  const { head, body } = response(bodyOf(subject), headers);
  return head + body.slice(0, body.length / 2);
};
const chunked = "Transfer-Encoding: chunked\r\n";

/** What can go wrong on a connection once there is one, each by itself and for good. */
const onConnections: [string, (subject: Subject) => Parameters<typeof inTurn>[0], reason: RegExp][] = [
  ["a reset before the reply", () => reset, /could not be reached|cut short/],
  ["the connection's end before the reply", () => hangUp, /could not be reached|cut short/],
  ["a reset amid the head", () => bytes("HTTP/1.1 200 OK\r\nContent-", "reset"), /cut short/],
  ["a reset amid the body", (subject) => bytes(cut(subject), "reset"), /cut short/],
  ["the end amid a body of known length", (subject) => bytes(cut(subject)), /cut short/],
  ["the end amid a chunk", (subject) => bytes(`${response("", chunked).head}fff\r\n${bodyOf(subject)}`), /cut short/],
  [
    "the end between two chunks",
    (subject) => bytes(`${response("", chunked).head}8\r\n${bodyOf(subject).slice(0, 8)}\r\n`),
    /cut short/,
  ],
  ["a chunk of malformed length", () => bytes(`${response("", chunked).head}xyz\r\n`), /cut short/],
  ["no HTTP at all", () => bytes("SSH-2.0-OpenSSH_9.2\r\n"), /cut short/],
  ["a malformed header", () => bytes("HTTP/1.1 200 OK\r\nBad Header\u0000: x\r\n\r\n"), /cut short/],
  ["a head of 100 kB", () => bytes(`HTTP/1.1 200 OK\r\nX: ${"x".repeat(100_000)}\r\n\r\n`), /cut short/],
  [
    "two lengths that contradict each other",
    () => bytes(response("{}", "Content-Length: 2\r\nContent-Length: 3\r\n").head + "{}"),
    /cut short/,
  ],
];

const passing = onConnections.map(([name, fault]): FaultCase => ({
  name: `${name}, twice`,
  answer: twice(fault),
  promised: succeeds({ notBeforeSeconds: 0.5 }),
}));

const lasting = onConnections.map(([name, fault, reason]): FaultCase => ({
  name: `${name}, always`,
  answer: fault,
  promised: timesOut(reason),
}));

const slow: FaultCase[] = [
  { name: "silence", answer: () => silent, promised: timesOut(/did not answer within 3 s/, { requests: 1 }) },
  {
    name: "one byte a second",
    answer: (subject) => trickle(`${response(bodyOf(subject)).head}${bodyOf(subject)}`, 1000),
    promised: timesOut(/did not answer within 3 s/, { requests: 1 }),
  },
  {
    name: "a head without its body",
    answer: (subject) => bytes(response(bodyOf(subject)).head, "stay"),
    promised: timesOut(/did not answer within 3 s/, { requests: 1 }),
  },
  {
    name: "silence once, with requestTimeout 1 s",
    answer: (subject) => inTurn(silent, subject.done),
    cloud: () => ({ api_timeout: 1 }),
    promised: succeeds({ notBeforeSeconds: 1, requests: 2 }),
  },
  {
    name: "silence once",
    answer: (subject) => inTurn(silent, subject.done),
    args: { timeoutSeconds: 30 },
    promised: succeeds({ notBeforeSeconds: 10, withinSeconds: 11, requests: 2 }),
    isLong: true,
  },
  {
    name: "each reply takes 0.3 s",
    answer: (subject) => inTurn(after(300, subject.pending), after(300, subject.pending), after(300, subject.done)),
    promised: succeeds({ notBeforeSeconds: 0.9 }),
  },
  {
    name: "an interim response first",
    answer: (subject) => (exchange) => {
      exchange.response.writeProcessing();
      subject.done(exchange);
    },
    promised: succeeds({ requests: 1 }),
  },
  {
    name: "each connection closed after its reply",
    answer: (subject) => {
      const closing = (status: string) =>
        send(200, JSON.stringify({ tasks: [subject.record({ status })] }), { Connection: "close" });
      return inTurn(closing("EXECUTING"), closing("EXECUTING"), closing("SUCCESS"));
    },
    promised: succeeds({ requests: 3 }),
  },
  {
    name: "a kept connection reset during a pause",
    answer: (subject) =>
      inTurn((exchange) => {
        subject.pending(exchange);
        setTimeout(() => exchange.socket.resetAndDestroy(), 30);
      }, subject.done),
    promised: succeeds({ requests: 3 }),
  },
];

const gone = (service: FaultyService, forMs: number) => {
  service.vanish();
  setTimeout(() => void service.listen(), forMs);
};

const absent: FaultCase[] = [
  {
    name: "connection refused, always",
    answer: (subject) => subject.done,
    begin: (service) => service.vanish(),
    promised: timesOut(/ECONNREFUSED/, { requests: 0 }),
  },
  {
    name: "connection refused for the first second",
    answer: (subject) => subject.done,
    begin: (service) => gone(service, 1000),
    promised: succeeds({ notBeforeSeconds: 0.9 }),
  },
  {
    name: "the service restarted between two looks",
    answer: (subject) =>
      inTurn((exchange) => {
        subject.pending(exchange);
        setTimeout(() => gone(exchange.service, 500), 30);
      }, subject.done),
    promised: succeeds({ notBeforeSeconds: 0.5 }),
  },
  {
    name: "the service restarted amid a reply",
    answer: (subject) => inTurn(subject.pending, (exchange) => gone(exchange.service, 500), subject.done),
    promised: succeeds({ notBeforeSeconds: 0.5 }),
  },
];

const at = (host: (label: string) => string) => ({
  endpoint: (port: number, { label }: Subject) => `http://${host(label)}:${port}`,
  cloud: () => ({ allow_http: true }),
});

const names: FaultCase[] = [
  {
    name: "a host that does not exist",
    ...at(hosts.missing),
    answer: (subject) => subject.done,
    args: { timeoutSeconds: 60 },
    promised: fails("WrongEndpointError", /is unknown \(ENOTFOUND\).*dms_endpoint_override/s, {
      notBeforeSeconds: 14,
      withinSeconds: 17,
      requests: 0,
    }),
    isResumed: false,
    isLong: true,
  },
  {
    name: "a host that does not exist until the deadline",
    ...at(hosts.missing),
    answer: (subject) => subject.done,
    promised: timesOut(/is unknown \(ENOTFOUND\)/, { requests: 0 }),
    isResumed: false,
  },
  {
    name: "a name server's outage",
    ...at(hosts.again),
    answer: (subject) => subject.done,
    promised: timesOut(/is unknown \(EAI_AGAIN\)/, { requests: 0 }),
    isResumed: false,
  },
  {
    name: "a name server's outage beyond 15 s",
    ...at(hosts.again),
    answer: (subject) => subject.done,
    args: { timeoutSeconds: 18 },
    promised: timesOut(/is unknown \(EAI_AGAIN\)/, { notBeforeSeconds: 18, withinSeconds: 19, requests: 0 }),
    isResumed: false,
    isLong: true,
  },
  {
    name: "a host that resolves after 1.5 s",
    ...at(hosts.late),
    answer: (subject) => subject.done,
    args: { timeoutSeconds: 8 },
    promised: succeeds({ notBeforeSeconds: 1.5, withinSeconds: 5, requests: 1 }),
  },
  {
    name: "a host that no longer resolves between two looks",
    ...at(hosts.lapsed),
    answer: (subject) =>
      inTurn(
        send(200, JSON.stringify({ tasks: [subject.record({ status: "EXECUTING" })] }), { Connection: "close" }),
        subject.done,
      ),
    args: { timeoutSeconds: 5 },
    promised: succeeds({ notBeforeSeconds: 0.5, withinSeconds: 5, requests: 2 }),
  },
];

export const networkCases: FaultCase[] = [...passing, ...lasting, ...slow, ...absent, ...names];
