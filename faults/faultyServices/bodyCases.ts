import { brotliCompressSync, deflateSync, gzipSync } from "node:zlib";
import type { Reply } from "../servers/faultyService";
import { inTurn, send } from "../servers/replies";
import { type FaultCase, isNotFound, type Subject, succeeds, timesOut } from "./faultCase";

const listOf = (...records: unknown[]) => JSON.stringify({ task_count: String(records.length), tasks: records });
const whole = (subject: Subject) => listOf(subject.record());

/** Bodies that are no answer, however they begin: the look is repeated until the deadline. */
const unusable: [string, (subject: Subject) => Reply][] = [
  ["is cut in half", (subject) => send(200, whole(subject).slice(0, 120))],
  ["lacks its last brace", (subject) => send(200, whole(subject).slice(0, -1))],
  ["has text after the JSON", (subject) => send(200, `${whole(subject)}x`)],
  ["is two JSON texts", (subject) => send(200, `${whole(subject)}\n${whole(subject)}`)],
  ["is a page of HTML", () => send(200, "<html><body>SUCCESS</body></html>", { "Content-Type": "text/html" })],
  ["is a word", () => send(200, "SUCCESS")],
  ["is empty", () => send(200, "")],
  ["is a space", () => send(200, " ")],
  ["is null", () => send(200, "null")],
  ["is true", () => send(200, "true")],
  ["is a number", () => send(200, "42")],
  ["is a string", () => send(200, '"SUCCESS"')],
  ["is NaN", () => send(200, "NaN")],
  ["is an empty array", () => send(200, "[]")],
  ["is an array of the task", (subject) => send(200, JSON.stringify([subject.record()]))],
  ["is an empty object", () => send(200, "{}")],
  ["is the bare task", (subject) => send(200, JSON.stringify(subject.record()))],
  ["has the task as an object", (subject) => send(200, JSON.stringify({ tasks: subject.record() }))],
  ["has the tasks by id", (subject) => send(200, JSON.stringify({ tasks: { [subject.taskId]: subject.record() } }))],
  ["has tasks that are null", () => send(200, '{"tasks":null}')],
  ["has tasks that are a string", () => send(200, '{"tasks":"SUCCESS"}')],
  ["has a task that is null", () => send(200, listOf(null))],
  ["has a task that is an array", () => send(200, listOf(["SUCCESS"]))],
  ["has a task that is a string", () => send(200, listOf("SUCCESS"))],
  ["has null beside the task", (subject) => send(200, listOf(subject.record(), null))],
  ["has the tasks one level deeper", (subject) => send(200, JSON.stringify({ data: { tasks: [subject.record()] } }))],
  ["has other letters in its names", (subject) => send(200, JSON.stringify({ Tasks: [subject.record()] }))],
  ["is the service's form of a failure", () => send(200, '{"error_code":"DMS.00500000","error_msg":"internal"}')],
  ["is an array of arrays of arrays", () => send(200, "[".repeat(200_000) + "]".repeat(200_000))],
  ["is UTF-16", (subject) => send(200, Buffer.from(whole(subject), "utf16le"))],
  ["is random bytes", () => send(200, Buffer.from(Array.from({ length: 500 }, (_, i) => (i * 151) % 256)))],
  ["is longer than 8 MiB", () => send(200, `{"tasks":[],"x":"${"x".repeat(8 * 2 ** 20)}"}`)],
  ["is a gzip bomb", () => send(200, bomb, { "Content-Encoding": "gzip" })],
  ["is said to be gzip and is not", (subject) => send(200, whole(subject), { "Content-Encoding": "gzip" })],
  ["is half of a gzip", (subject) => send(200, halfOf(gzipSync(whole(subject))), { "Content-Encoding": "gzip" })],
];

const halfOf = (bytes: Buffer) => bytes.subarray(0, bytes.length / 2);

// 200 MB of spaces around a task that has succeeded, in 200 kB.
const bomb = gzipSync(Buffer.concat([Buffer.alloc(200_000_000, " "), Buffer.from(listOf())]), { level: 1 });

const lasting = unusable.map(([what, answer]): FaultCase => ({
  name: `a body that ${what}, always`,
  answer,
  promised: timesOut(/last request failed: .*(not JSON|not what the API documents|more than 8388608 bytes|cut short)/s),
}));

const passing = unusable.map(([what, answer]): FaultCase => ({
  name: `a body that ${what}, once`,
  // The list and the call for one task.
  answer: (subject) => inTurn(answer(subject), answer(subject), subject.done),
  // Megabytes take a while where the machine is busy.
  args: { timeoutSeconds: 10 },
  promised: succeeds({ requests: 3, notBeforeSeconds: 0.2, withinSeconds: 6 }),
}));

/** Odd, but an answer. */
const usable: FaultCase[] = [
  ...(
    [
      ["gzip", gzipSync],
      ["deflate", deflateSync],
      ["br", brotliCompressSync],
    ] as const
  ).map(([encoding, compress]): FaultCase => ({
    name: `a body encoded as ${encoding}`,
    answer: (subject) => send(200, compress(whole(subject)), { "Content-Encoding": encoding }),
    promised: succeeds({ requests: 1 }),
  })),
  {
    name: "a body after a byte order mark",
    answer: (subject) => send(200, `\uFEFF${whole(subject)}`),
    promised: succeeds({ requests: 1 }),
  },
  {
    name: "a body of another content type",
    answer: (subject) => send(200, whole(subject), { "Content-Type": "text/html; charset=latin1" }),
    promised: succeeds({ requests: 1 }),
  },
  {
    name: "a body with fields that nobody knows",
    answer: (subject) => send(200, `{"__proto__":{"status":"FAILED"},"extra":[{}],${whole(subject).slice(1)}`),
    promised: succeeds({ requests: 1 }),
  },
  {
    name: "a body whose name is invalid UTF-8",
    answer: (subject) => {
      const [before, behind] = whole(subject).split("restart");
      return send(
        200,
        Buffer.concat([Buffer.from(`${before}a`), Buffer.from([0xc3, 0x28, 0xff]), Buffer.from(behind!)]),
      );
    },
    promised: succeeds({ requests: 1, fields: { name: "a\uFFFD(\uFFFD" } }),
  },
  {
    name: "a body whose id has an invalid byte",
    answer: (subject) => {
      const [before, behind] = whole(subject).split(subject.taskId);
      const id = Buffer.concat([Buffer.from(subject.taskId), Buffer.from([0xff])]);
      return send(200, Buffer.concat([Buffer.from(before!), id, Buffer.from(behind!)]));
    },
    promised: isNotFound(/Check the task's id/),
  },
  {
    // The last of two keys counts, as everywhere in JavaScript: the task is in progress.
    name: "a body with the key status twice, SUCCESS first",
    answer: (subject) => {
      const twice = JSON.stringify({ tasks: [subject.record()] }).replace(
        '"status":"SUCCESS"',
        '"status":"SUCCESS","status":"EXECUTING"',
      );
      return inTurn(send(200, twice), send(200, twice), subject.done);
    },
    promised: succeeds({ requests: 3, notBeforeSeconds: 0.1 }),
  },
  {
    name: "a body with the key tasks twice, ours first",
    answer: (subject) => {
      const twice = `{"tasks":[${JSON.stringify(subject.record())}],"tasks":[]}`;
      return send(200, twice);
    },
    promised: isNotFound(/Check the task's id/),
  },
  ...["7", "0", "-1", "many", 7, null, [], {}].map((count): FaultCase => ({
    name: `a body whose task_count is ${JSON.stringify(count)}`,
    answer: (subject) => send(200, JSON.stringify({ task_count: count, tasks: [subject.record()] })),
    promised: succeeds({ requests: 2 }),
  })),
];

export const bodyCases: FaultCase[] = [...lasting, ...passing, ...usable];
