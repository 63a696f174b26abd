import { inTurn, refusal, tasks } from "../servers/replies";
import { recordOf } from "../servers/replies";
import { type FaultCase, fails, isNotFound, type Subject, succeeds, timesOut } from "./faultCase";

const another = (fields: object = {}) => recordOf("f".repeat(32), { status: "SUCCESS", ...fields });
const none = tasks();

const ofOthers: FaultCase[] = [
  { name: "no task", answer: () => none, promised: isNotFound(/Check the task's id, the project and the region/) },
  {
    name: "another task, which has succeeded",
    answer: () => tasks(another()),
    promised: isNotFound(/the service answered with another task/),
  },
  {
    name: "another task, which has failed",
    answer: () => tasks(another({ status: "FAILED" })),
    promised: isNotFound(/the service answered with another task/),
  },
  {
    name: "another task before ours, which is in progress and then succeeds",
    answer: (subject) =>
      inTurn(
        tasks(another(), subject.record({ status: "EXECUTING" })),
        tasks(another({ status: "FAILED" }), subject.record({ status: "EXECUTING" })),
        tasks(another({ status: "FAILED" }), subject.record()),
      ),
    promised: succeeds({ requests: 3, notBeforeSeconds: 0.1 }),
  },
  {
    name: "another task behind ours, which fails",
    answer: (subject) => tasks(subject.record({ status: "FAILED" }), another()),
    promised: fails("TaskFailedError", /restart .* ended with status FAILED/, { requests: 1 }),
  },
  ...(
    [
      ["in capitals", (id: string) => id.toUpperCase()],
      ["with a space", (id: string) => `${id} `],
      ["with a line end", (id: string) => `${id}\n`],
      ["cut", (id: string) => id.slice(0, -1)],
      ["with another behind", (id: string) => `${id},${"f".repeat(32)}`],
    ] as const
  ).map(([how, change]): FaultCase => ({
    name: `the task's id ${how}`,
    answer: ({ taskId }) => tasks(recordOf(change(taskId), { status: "SUCCESS" })),
    promised: isNotFound(/Check the task's id/),
  })),
  ...[7, null, true, ["x"], { id: "x" }].map((id): FaultCase => ({
    name: `a task whose id is ${JSON.stringify(id)}`,
    answer: () => tasks({ ...another(), id }),
    promised: isNotFound(/Check the task's id/),
  })),
  {
    name: "a task without an id",
    answer: () => tasks({ ...another(), id: undefined }),
    promised: isNotFound(/Check the task's id/),
  },
];

const longWord = "X".repeat(10_000);
const oddStatuses: unknown[] = [
  ..."success,Success,SUCCEEDED,COMPLETED,DONE,OK,SUCCESS\n,SUCCESS\u0000,ＳＵＣＣＥＳＳ,FAIL,ERROR,PAUSED,RUNNING,__proto__,constructor".split(
    ",",
  ),
  "SUCCESS ",
  " SUCCESS",
  "FAILED ",
  "SUCCESS,FAILED",
  longWord,
  "\u202eSSECCUS",
  0,
  1,
  200,
  true,
  false,
  [],
  ["SUCCESS"],
  {},
  { status: "SUCCESS" },
];

const named = (status: unknown) => {
  const text = JSON.stringify(status);
  return text.length > 60 ? "a word of 10 kB" : text;
};

/** Unknown is in progress: neither success nor failure, and named at the deadline. */
const unknown = oddStatuses.map((status): FaultCase => ({
  name: `the status ${named(status)}, always`,
  answer: (subject) => subject.is(status),
  promised: fails("UnknownStatusError", /its last status was .*, which is unknown\./s, {
    notBeforeSeconds: 2,
    withinSeconds: 3,
    requests: 25,
  }),
}));

const unknownFirst = oddStatuses.map((status): FaultCase => ({
  name: `the status ${named(status)}, then SUCCESS`,
  answer: (subject) => inTurn(subject.is(status), subject.is(status), subject.done),
  promised: succeeds({ requests: 3, notBeforeSeconds: 0.1 }),
}));

const pending = ["CREATED", "EXECUTING", "", null, undefined].map((status): FaultCase => ({
  name: `the status ${status === undefined ? "missing" : JSON.stringify(status)}, always`,
  answer: (subject) => subject.is(status),
  promised: timesOut(/its last status was (CREATED|EXECUTING|missing|empty)\. The service keeps working on it/, {
    requests: 25,
  }),
}));

const failed = ["FAILED", "DELETED", "CANCELLED", "CANCELED"].flatMap((status): FaultCase[] => [
  {
    name: `the status ${status}`,
    answer: (subject) => subject.is(status),
    promised: fails("TaskFailedError", new RegExp(`ended with status ${status} \\(started`), { requests: 1 }),
  },
  {
    name: `the status EXECUTING, then ${status}`,
    answer: (subject) => inTurn(subject.pending, subject.pending, subject.is(status)),
    promised: fails("TaskFailedError", new RegExp(`ended with status ${status}`), { withinSeconds: 1.5, requests: 3 }),
  },
]);

const turning: FaultCase[] = [
  {
    name: "SUCCESS, then EXECUTING again",
    answer: (subject) => inTurn(subject.done, subject.pending),
    promised: succeeds({ requests: 1 }),
  },
  {
    name: "FAILED, then SUCCESS",
    answer: (subject) => inTurn(subject.is("FAILED"), subject.done),
    promised: fails("TaskFailedError", /FAILED/, { requests: 1 }),
  },
  {
    name: "EXECUTING, CREATED, EXECUTING, SUCCESS",
    answer: (subject) => inTurn(subject.pending, subject.is("CREATED"), subject.pending, subject.done),
    promised: succeeds({ requests: 4, notBeforeSeconds: 0.2 }),
  },
];

const times: [string, object][] = [
  ["no times", { created_at: undefined, updated_at: undefined }],
  ["times that are null", { created_at: null, updated_at: null }],
  ["times that are numbers", { created_at: 1592211353606, updated_at: 1592211356600 }],
  ["times that are words", { created_at: "yesterday", updated_at: "now" }],
  ["times without a zone", { created_at: "2020-06-15T08:55:53.606", updated_at: "2020-06-15T08:55:56.600" }],
  ["days that do not exist", { created_at: "2020-02-31T08:55:53.606Z", updated_at: "2020-13-01T00:00:00Z" }],
  ["a start in 1970", { created_at: "1970-01-01T00:00:00Z" }],
  ["a start in the year 0001", { created_at: "0001-01-01T00:00:00Z" }],
  ["a start in an hour", { created_at: new Date(Date.now() + 3_600_000).toISOString() }],
  ["a start in the year 9999", { created_at: "9999-12-31T23:59:59.999Z", updated_at: "9999-12-31T23:59:59.999Z" }],
  ["a start in the year 275760", { created_at: "+275760-09-13T00:00:00.000Z" }],
  ["an end before the start", { created_at: "2020-06-15T08:55:56Z", updated_at: "2020-06-15T08:55:53Z" }],
  ["an empty start", { created_at: "" }],
];

/** The wait goes by the status alone. What makes no sense of the times is left out, and nothing is invented. */
const oddTimes = times.map(([what, fields]): FaultCase => ({
  name: `a task with ${what}`,
  answer: (subject) =>
    inTurn(subject.is("EXECUTING", fields), subject.is("EXECUTING", fields), subject.is("SUCCESS", fields)),
  promised: succeeds({ requests: 3, notBeforeSeconds: 0.1, fields: textsOf(fields) }),
}));

function textsOf(fields: { created_at?: unknown }): { [field: string]: unknown } {
  if (!("created_at" in fields)) return {};
  return { createdAt: typeof fields.created_at === "string" ? fields.created_at : undefined };
}

const oddDates = ["", "yesterday", "Thu, 01 Jan 1970 00:00:00 GMT", "Fri, 31 Dec 9999 23:59:59 GMT", "1e300"].map(
  (date): FaultCase => ({
    name: `a Date header of ${JSON.stringify(date)}`,
    answer: (subject) => (exchange) => {
      exchange.response.sendDate = false;
      if (date !== "") exchange.response.setHeader("Date", date);
      inTurn(subject.pending, subject.pending, subject.done)(exchange);
    },
    promised: succeeds({ requests: 3, notBeforeSeconds: 0.1 }),
  }),
);

const instanceGone = refusal(404, "DMS.00404022");
const vanishing = (gone: (subject: Subject) => typeof none): Pick<FaultCase, "answer" | "promised"> => ({
  answer: (subject) => inTurn(subject.pending, subject.pending, gone(subject)),
  promised: fails("OutcomeUnknownError", /disappeared after .*, while the task was in progress.*outcome is unknown/s, {
    notBeforeSeconds: 0.5,
    withinSeconds: 1.6,
    requests: 16,
  }),
});

const goings: FaultCase[] = [
  { name: "the record vanishes while the task is in progress", ...vanishing(() => none) },
  { name: "another record in its place while the task is in progress", ...vanishing(() => tasks(another())) },
  { name: "the instance vanishes while the task is in progress", ...vanishing(() => instanceGone) },
  {
    name: "the record is gone for two looks",
    answer: (subject) => inTurn(subject.pending, none, none, subject.done),
    promised: succeeds({ requests: 4, notBeforeSeconds: 0.2 }),
  },
  {
    name: "the record appears late",
    // The list and the call for one task, then the latter again.
    answer: (subject) => inTurn(none, none, none, subject.pending, subject.done),
    promised: succeeds({ requests: 5, notBeforeSeconds: 0.2 }),
  },
  {
    name: "the instance appears late",
    answer: (subject) => inTurn(instanceGone, instanceGone, instanceGone, subject.done),
    promised: succeeds({ requests: 4, notBeforeSeconds: 0.1 }),
  },
  {
    name: "the record appears after an outage longer than the time to appear",
    answer: (subject) => {
      const outage = refusal(503, "DMS.111501025");
      return inTurn(none, none, outage, outage, none, subject.done);
    },
    // The two pauses alone may take 1.5 s.
    args: { timeoutSeconds: 6 },
    promised: succeeds({ requests: 6, notBeforeSeconds: 0.7, withinSeconds: 5 }),
  },
];

export const taskCases: FaultCase[] = [
  ...ofOthers,
  ...unknown,
  ...unknownFirst,
  ...pending,
  ...failed,
  ...turning,
  ...oddTimes,
  ...oddDates,
  ...goings,
];
