import type { Clock } from "../clock/clock";
import { type Refusal, type RefusalName, refuse } from "../http/refusals";
import { type Account, isNamed, type Party, type Project, projectsOf } from "./account";
import type { SignedRequest } from "./canonicalRequest";
import type { KeyStore } from "./keys";
import { accessKeyOf, isRightlySigned, signedAtMs } from "./signature";
import type { Token, TokenStore } from "./tokens";

/** Who calls: the holder of a token, or of a key pair. */
export type Caller = { party: Party } & (
  { kind: "token"; token: Token } | { kind: "key"; projectIdHeader: string | undefined }
);

/** What was issued to callers, and the clock by which it ends. */
interface Issued {
  tokens: TokenStore;
  keys: KeyStore;
  clock: Clock;
}

/** What is wrong with a call's authentication. */
type Fault = "missing" | "unknown" | "expired" | "signature" | "keyUnknown" | "keyExpired" | "keyLocked";

export function identify(issued: Issued, request: SignedRequest): Caller | Fault {
  const { authorization, "x-auth-token": tokenText } = request.headers;
  if (authorization !== undefined && tokenText === undefined) {
    return identifyByKey(issued, request);
  }
  if (typeof tokenText !== "string" || tokenText === "") {
    return "missing";
  }
  const token = issued.tokens.find(tokenText);
  if (token === undefined) {
    return "unknown";
  }
  return issued.tokens.isExpired(token) ? "expired" : { kind: "token", token, party: token.party };
}

// "API Request Signing Guide": the gateway refuses a signature whose time is further from its own.
const BORNE_SKEW_MS = 15 * 60_000;

function identifyByKey({ keys, clock }: Issued, request: SignedRequest): Caller | Fault {
  const accessKey = accessKeyOf(request);
  const key = accessKey === undefined ? undefined : keys.find(accessKey);
  if (key === undefined) {
    return accessKey === undefined ? "signature" : "keyUnknown";
  }
  if (keys.isLocked(key)) {
    return "keyLocked";
  }
  const { "x-project-id": projectId, "x-security-token": securityToken } = request.headers;
  const skewMs = Math.abs((signedAtMs(request) ?? NaN) - clock.nowMs());
  if (
    !isRightlySigned(request, () => key.secretKey) ||
    !(skewMs <= BORNE_SKEW_MS) ||
    securityToken !== key.securityToken
  ) {
    keys.noteRefused(key);
    return "signature";
  }
  keys.noteAccepted(key);
  return keys.isExpired(key)
    ? "keyExpired"
    : { kind: "key", party: key.party, projectIdHeader: typeof projectId === "string" ? projectId : undefined };
}

const keyRefusals: { [fault in Fault]?: RefusalName } = {
  signature: "signatureWrong",
  keyUnknown: "keyUnknown",
  keyExpired: "keyExpired",
  keyLocked: "keyLocked",
};

/** DMS's refusals, or its gateway's: a setting selects which, because both occur. */
export function dmsRefusal(answering: "service" | "gateway", fault: Fault): Refusal {
  const byService: { [fault in Fault]?: RefusalName } = {
    missing: "tokenMissing",
    unknown: "tokenInvalid",
    expired: "tokenExpired",
  };
  const byGateway: { [fault in Fault]?: RefusalName } = { expired: "tokenStale" };
  const ofTokens = answering === "service" ? byService : byGateway;
  return refuse(keyRefusals[fault] ?? ofTokens[fault] ?? "authWrong");
}

/** IAM's own form for tokens; signatures are checked by the gateway before it. */
export function iamRefusal(fault: Fault): Refusal {
  return refuse(keyRefusals[fault] ?? "iamUnauthorized");
}

/** Lets through who may call DMS in this project. */
export function authorizeForProject(account: Account, caller: Caller, projectId: string): Project {
  if (caller.kind === "token") {
    const { scope } = caller.token;
    if (!("project" in scope) || scope.project.id !== projectId) {
      throw refuse("tokenProject");
    }
  } else if (caller.projectIdHeader !== undefined && caller.projectIdHeader !== projectId) {
    throw refuse("tokenProject");
  }
  const project = projectsOf(account, caller.party).find((it) => isNamed(it, { id: projectId }));
  if (project === undefined) {
    throw refuse("projectUnavailable");
  }
  return project;
}
