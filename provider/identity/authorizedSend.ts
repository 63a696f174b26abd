import { readComplaint } from "../http/errorReply";
import { bodyText, headersOf, type Send, type ServiceReply } from "../http/exchange";
import type { Warn } from "../output/log";
import type { KeyCredentials } from "../settings/credentialSettings";
import { signatureHeaders } from "./signature";
import { SignedTime } from "./signedTime";
import { Standing, type Verdict } from "./standing";

/** Sends requests that bear a token. */
export function withToken(send: Send, token: string): Send {
  return (request) => send({ ...request, headers: { ...headersOf(request), "X-Auth-Token": token } });
}

// Nothing is locked by a token, but one that was refused is not sent again by each of many waits.
const unansweredMs = 2000;

/** Of a token that cannot be renewed. */
export function newTokenStanding(): Standing {
  return new Standing({ most: Infinity, unansweredMs });
}

/** Sends requests that bear a token that cannot be renewed. */
export function withGivenToken(send: Send, token: string, standing: Standing): Send {
  return standing.guard(send, () => ({
    headers: (request) => ({ ...headersOf(request), "X-Auth-Token": token }),
  }));
}

// A wrong password is tried once, however long the answer takes.
export function newPasswordStanding(): Standing {
  return new Standing({ most: mostSigned, unansweredMs: Infinity });
}

/** Sends logins with a password. */
export function withPassword(send: Send, standing: Standing): Send {
  return standing.guard(send, () => ({ headers: headersOf, read401: readLoginRefusal }));
}

// A project that is not the user's, or a stale passcode, is refused with a 401 as well. IAM's texts are not documented;
// OTC's for a wrong password is "The username or password is wrong.", Keystone's is the same for all of them.
function readLoginRefusal(reply: ServiceReply, haveWorked: boolean): Verdict {
  const { message = "" } = readComplaint(reply.body);
  const isOfOther = haveWorked || /project|tenant|scope|mfa|passcode|verification/i.test(message);
  return /password/i.test(message) || !isOfOther ? "refused" : "undecided";
}

/** What this process knows of an access key. */
export interface KeyUse {
  standing: Standing;
  time: SignedTime;
}

// More than five refused requests in a row lock an access key for five minutes: whatever happens to the key or to the
// clocks, those that are on their way must be fewer ("Common Errors Related to IAM Authentication Information", API
// Gateway user guide).
const mostSigned = 3;

export function newKeyUse(time: { epochMs?: () => number; warn?: Warn } = {}): KeyUse {
  return { standing: new Standing({ most: mostSigned, unansweredMs }), time: new SignedTime(time) };
}

/** Sends requests that are signed with an access key as they are sent. */
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
