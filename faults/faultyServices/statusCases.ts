import { inTurn, refusal, send } from "../servers/replies";
import type { Reply } from "../servers/faultyService";
import { type FaultCase, fails, isNotFound, type Promised, type Subject, succeeds, timesOut } from "./faultCase";

const html = "<!DOCTYPE html><html><head><title>Sorry</title></head><body>Not now.</body></html>";

/** A failure's body: in the service's form, as a page of something on the way, and none. */
const bodies = (status: number, code = `TEST.${status}`): [string, Reply][] => [
  ["JSON", refusal(status, code)],
  ["HTML", send(status, html, { "Content-Type": "text/html" })],
  ["an empty body", send(status, "")],
];

/** Of a request that the service rejects: it fails at once, in each form. */
const refused = [400, 402, 403, 405, 406, 409, 410, 411, 412, 413, 414, 415, 418, 422, 423, 426, 431, 451].flatMap(
  (status) =>
    bodies(status).map(([form, answer]): FaultCase => ({
      name: `HTTP ${status} with ${form}`,
      answer: () => answer,
      promised: fails("RequestRefusedError", new RegExp(`HTTP ${status}`)),
    })),
);

// A reply that says neither yes nor no.
const unexpected = [201, 202, 203, 204, 205, 206].map((status): FaultCase => ({
  name: `HTTP ${status} with a task that has succeeded`,
  answer: (subject) => send(status, status === 204 ? "" : JSON.stringify({ tasks: [subject.record()] })),
  promised: fails("RequestRefusedError", new RegExp(`HTTP ${status}`)),
}));

const missing = bodies(404).map(([form, answer]): FaultCase => ({
  name: `HTTP 404 with ${form}`,
  answer: () => answer,
  promised: isNotFound(/HTTP 404.*Check the task's id/),
}));

const transient = [408, 429, 500, 501, 502, 503, 504, 507, 520, 599].flatMap((status) =>
  bodies(status).map(([form, answer]): FaultCase => ({
    name: `HTTP ${status} with ${form}, twice`,
    answer: (subject) => inTurn(answer, answer, subject.done),
    promised: succeeds({ notBeforeSeconds: 0.5, requests: 3 }),
  })),
);

const lasting = [408, 429, 500, 503].flatMap((status) =>
  bodies(status).map(([form, answer]): FaultCase => ({
    name: `HTTP ${status} with ${form}, always`,
    answer: () => answer,
    promised: timesOut(new RegExp(`last request failed: .*HTTP ${status}`), { requests: 7 }),
  })),
);

/** What each of the service's and the gateway's codes means. */
const codes: [status: number, code: string, promised: Promised][] = [
  [400, "DMS.00400002", fails("RequestRefusedError", /HTTP 400, DMS\.00400002: text/)],
  [400, "DMS.10240005", fails("RequestRefusedError", /HTTP 400, DMS\.10240005: text/)],
  [400, "DMS.00400030", fails("RequestRefusedError", /HTTP 400, DMS\.00400030: text/)],
  [400, "DMS.00400061", fails("RequestRefusedError", /HTTP 400, DMS\.00400061: text/)],
  [400, "DMS.00400070", isNotFound(/DMS\.00400070.*Check the task's id/)],
  ...["DMS.10240101", "DMS.10240102", "DMS.10240103", "DMS.10240104", "APIGW.0301", "APIG.0301", "APIGW.0307"].map(
    (code): [number, string, Promised] => [401, code, fails("AuthenticationError", new RegExp(code), { requests: 1 })],
  ),
  ...["DMS.00403002", "DMS.00403003", "DMS.10240309", "DMS.10240312", "APIG.0302"].map(
    (code): [number, string, Promised] => [
      403,
      code,
      fails("RequestRefusedError", /The permission dms:instance:getBackgroundTask is needed/),
    ],
  ),
  ...["APIGW.0310", "APIG.0310", "APIG.0802", "APIGW.0802"].map((code): [number, string, Promised] => [
    403,
    code,
    fails("RequestRefusedError", /no access to this region: check the project and the region/),
  ]),
  [404, "DMS.00404022", isNotFound(/^instance .* was not found .*DMS\.00404022/)],
  ...["DMS.00404001", "DMS.10240406", "APIGW.0101", "APIG.0101"].map((code): [number, string, Promised] => [
    404,
    code,
    fails("WrongEndpointError", /check the endpoint and the region/),
  ]),
  [404, "DMS.10240407", timesOut(/DMS\.10240407/, { requests: 7 })],
];

const coded = codes.map(([status, code, promised]): FaultCase => ({
  name: `HTTP ${status} ${code}`,
  answer: () => refusal(status, code),
  promised,
}));

const passing: [number, string][] = [
  [404, "DMS.10240407"],
  [408, "DMS.111501024"],
  [503, "DMS.111501025"],
  [429, "APIGW.0308"],
  [429, "APIG.0308"],
  [429, "IAM.0012"],
  [500, "DMS.00500000"],
  [500, "DMS.00500006"],
  [500, "DMS.00500017"],
  [502, "APIG.0201"],
  [504, "APIG.0202"],
  [503, "APIG.0203"],
  [500, "APIG.0601"],
];

const throttled = passing.map(([status, code]): FaultCase => ({
  name: `HTTP ${status} ${code}, twice`,
  answer: (subject) => inTurn(refusal(status, code), refusal(status, code), subject.done),
  promised: succeeds({ notBeforeSeconds: 0.5, requests: 3 }),
}));

/** A redirect is never followed, wherever it leads. */
const redirects = [300, 301, 302, 303, 304, 305, 307, 308].map((status): FaultCase => ({
  name: `HTTP ${status} to a place that answers`,
  answer: (subject) => (exchange) =>
    exchange.request.url!.startsWith("/elsewhere")
      ? subject.done(exchange)
      : send(status, "", { Location: `http://127.0.0.1:${exchange.service.port}/elsewhere` })(exchange),
  promised: fails("WrongEndpointError", /answered with a redirect .* is not followed/),
  and: (service) => {
    if (service.requests.some(({ path }) => path.startsWith("/elsewhere")))
      throw new Error("the redirect was followed");
  },
}));

/** After a task was seen. */
const midway: FaultCase[] = [403, 404, 409].map((status): FaultCase => ({
  name: `HTTP ${status} after the task was seen in progress`,
  answer: (subject: Subject) => inTurn(subject.pending, subject.pending, refusal(status, "TEST.0001")),
  promised:
    status === 404
      ? fails("OutcomeUnknownError", /disappeared .* outcome is unknown/, {
          notBeforeSeconds: 0.5,
          withinSeconds: 1.5,
          requests: 16,
        })
      : fails("RequestRefusedError", new RegExp(`HTTP ${status}`), { withinSeconds: 1, requests: 4 }),
}));

export const statusCases: FaultCase[] = [
  ...refused,
  ...unexpected,
  ...missing,
  ...transient,
  ...lasting,
  ...coded,
  ...throttled,
  ...redirects,
  ...midway,
];
