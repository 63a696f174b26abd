import { readComplaint } from "../http/errorReply";
import { bodyText, headersOf, type Send, type ServiceReply } from "../http/exchange";
import type { Warn } from "../output/log";
import type { KeyCredentials } from "../settings/credentialSettings";
import { signatureHeaders } from "./signature";
import { SignedTime } from "./signedTime";
import { Standing, type Verdict } from "./standing";

/** Sends requests with a token. */
export function withToken(send: Send, token: string): Send {
  return (request) => send({ ...request, headers: { ...headersOf(request), "X-Auth-Token": token } });
}

// A token locks nothing, but many waits should not each send one that was refused.
const unansweredMs = 2000;

/** The standing of a token that cannot be renewed. */
export function newTokenStanding(): Standing {
  return new Standing({ most: Infinity, unansweredMs });
}

/** Sends requests with a token that cannot be renewed. */
export function withGivenToken(send: Send, token: string, standing: Standing): Send {
  return standing.guard(send, () => ({
    headers: (request) => ({ ...headersOf(request), "X-Auth-Token": token }),
  }));
}

// A password is tried once, however long the answer takes.
export function newPasswordStanding(): Standing {
  return new Standing({ most: mostSigned, unansweredMs: Infinity });
}

/** Sends logins with a password. */
export function withPassword(send: Send, standing: Standing): Send {
  return standing.guard(send, () => ({ headers: headersOf, read401: readLoginRefusal }));
}

// A foreign project or an expired passcode is refused with a 401 as well. IAM's texts are not documented. For a wrong password,
// OTC's is "The username or password is wrong."; Keystone's is the same in all cases.
function readLoginRefusal(reply: ServiceReply, haveWorked: boolean): Verdict {
  const { message = "" } = readComplaint(reply.body);
  const isOfOther = haveWorked || /project|tenant|scope|mfa|passcode|verification/i.test(message);
  return /password/i.test(message) || !isOfOther ? "refused" : "undecided";
}

/** What this process knows about an access key. */
export interface KeyUse {
  standing: Standing;
  time: SignedTime;
}

// More than five refused requests in a row lock an access key for five minutes. The key or a clock may change at any time, so
// fewer requests than that may be in flight ("Common Errors Related to IAM Authentication Information", API
// Gateway user guide).
const mostSigned = 3;

export function newKeyUse(time: { epochMs?: () => number; warn?: Warn } = {}): KeyUse {
  return { standing: new Standing({ most: mostSigned, unansweredMs }), time: new SignedTime(time) };
}

/** Sends requests with an access key; each is signed when it is sent. */
export function withSignature(
  send: Send,
  key: Pick<KeyCredentials, "accessKey" | "secretKey" | "securityToken">,
  { standing, time }: KeyUse,
): Send {
  return standing.guard(send, () => {
    let correctionMs = time.correctionMs;
    return {
      headers: (request) => {
        correctionMs = time.correctionMs;
        const headers = {
          ...headersOf(request),
          ...(key.securityToken !== undefined && { "X-Security-Token": key.securityToken }),
        };
        const { method, url } = request;
        const signed = signatureHeaders({ method, url, headers, body: bodyText(request) }, key, time.nowMs());
        return { ...headers, ...signed };
      },
      onReply: (reply) => time.hear(reply),
      read401: (reply) => (time.isMisdated(reply, correctionMs) ? "misdated" : "refused"),
    };
  });
}
