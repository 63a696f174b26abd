import { project, token } from "../servers/login";
import { inTurn, json, refusal, reset, send, silent } from "../servers/replies";
import type { Exchange, Reply } from "../servers/faultyService";
import { type FaultCase, fails, type Subject, succeeds, timesOut } from "./faultCase";

const keystone = (status: number, message: string): Reply =>
  json({ error: { code: status, message, title: "Error" } }, status);

/** Logins on the one hand, looks on the other. */
const answering =
  (logins: Reply, looks: (subject: Subject) => Reply) =>
  (subject: Subject): Reply =>
  (exchange: Exchange) =>
    exchange.route === "other" ? logins(exchange) : looks(subject)(exchange);

const byPassword = (port: number, { label }: Subject) => ({
  auth_type: "password",
  auth: {
    auth_url: `http://127.0.0.1:${port}/v3`,
    username: `user-${label}`,
    password: `password-of-${label}`,
    user_domain_name: "OTC00000000001000000000",
    project_id: project.id,
  },
});

const done = (subject: Subject) => subject.done;

const passing: [string, Reply][] = [
  ["HTTP 500", keystone(500, "internal")],
  ["HTTP 503 with HTML", send(503, "<html></html>")],
  ["HTTP 429 IAM.0012", refusal(429, "IAM.0012")],
  ["HTTP 408", send(408, "")],
  ["a reset", reset],
  ["a body that is cut", send(201, '{"token":{"expires_at":"2099-', { "X-Subject-Token": "half" })],
];

const refused: [string, Reply, string, RegExp][] = [
  ["HTTP 401, wrong password", keystone(401, "The username or password is wrong."), "AuthenticationError", /refused/],
  ["HTTP 403", keystone(403, "Forbidden"), "RequestRefusedError", /HTTP 403/],
  ["HTTP 400", keystone(400, "Bad"), "RequestRefusedError", /HTTP 400/],
  ["a redirect", send(302, "", { Location: "http://127.0.0.1:1/" }), "WrongEndpointError", /redirect/],
];

const iam: FaultCase[] = [
  ...passing.map(([what, reply]): FaultCase => ({
    name: `login: ${what}, twice`,
    answer: answering(inTurn(reply, reply, token), done),
    cloud: byPassword,
    // An unusable reply sends the list's look to the call for one task, which logs in at once.
    promised: succeeds({ notBeforeSeconds: what === "a body that is cut" ? 0.2 : 0.5, requests: 1, logins: 3 }),
  })),
  ...passing.map(([what, reply]): FaultCase => ({
    name: `login: ${what}, always`,
    answer: answering(reply, done),
    cloud: byPassword,
    promised: timesOut(/last request failed/, { requests: 0, logins: 14 }),
  })),
  ...refused.map(([what, reply, name, message]): FaultCase => ({
    name: `login: ${what}`,
    answer: answering(reply, done),
    cloud: byPassword,
    promised: fails(name, message, { requests: 0, logins: 2 }),
  })),
  {
    name: "login: silence",
    answer: answering(silent, done),
    cloud: byPassword,
    promised: timesOut(/did not answer within|no answer/, { requests: 0, logins: 1 }),
  },
  {
    name: "a token that expires between two looks",
    answer: answering(token, (subject) => inTurn(subject.pending, refusal(401, "APIGW.0307"), subject.done)),
    cloud: byPassword,
    promised: succeeds({ requests: 3, logins: 2, notBeforeSeconds: 0.1 }),
  },
  {
    name: "a token that expires, and a new one that is refused",
    answer: answering(token, (subject) => inTurn(subject.pending, refusal(401, "APIGW.0301"))),
    cloud: byPassword,
    promised: fails("AuthenticationError", /APIGW\.0301/, { withinSeconds: 1, requests: 3, logins: 2 }),
  },
  {
    name: "each token expires after one look",
    answer: answering(token, (subject) =>
      inTurn(
        subject.pending,
        refusal(401, "DMS.10240102"),
        subject.pending,
        refusal(401, "DMS.10240102"),
        subject.pending,
        refusal(401, "DMS.10240102"),
        subject.done,
      ),
    ),
    cloud: byPassword,
    promised: succeeds({ requests: 7, logins: 4, notBeforeSeconds: 0.3 }),
  },
  {
    name: "a login refused while the token expires",
    answer: answering(inTurn(token, keystone(401, "The username or password is wrong.")), (subject) =>
      inTurn(subject.pending, refusal(401, "APIGW.0307")),
    ),
    cloud: byPassword,
    promised: fails("AuthenticationError", /refused/, { withinSeconds: 1, requests: 2, logins: 2 }),
  },
];

export const loginCases: FaultCase[] = iam;
