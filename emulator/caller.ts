import type { Project } from "./account";
import type { SignedRequest } from "./canonicalRequest";
import type { Refusal, RefusalName } from "./refusals";
import { refuse } from "./refusals";
import type { Service } from "./service";
import { isRightlySigned } from "./signature";
import type { Token } from "./tokens";

/** Who calls: the holder of a token, or of the key pair. */
export type Caller = { kind: "token"; token: Token } | { kind: "key"; projectIdHeader: string | undefined };

/** What is wrong with a call's authentication. */
type Fault = "missing" | "unknown" | "expired" | "signature";

export function identify(service: Service, request: SignedRequest): Caller | Fault {
  const { authorization, "x-auth-token": tokenText, "x-project-id": projectId } = request.headers;
  if (authorization !== undefined && tokenText === undefined) {
    const { accessKey, secretKey } = service.account;
    return isRightlySigned(request, (key) => (key === accessKey ? secretKey : undefined))
      ? { kind: "key", projectIdHeader: typeof projectId === "string" ? projectId : undefined }
      : "signature";
  }
  if (typeof tokenText !== "string" || tokenText === "") {
    return "missing";
  }
  const token = service.tokens.find(tokenText);
  if (token === undefined) {
    return "unknown";
  }
  return service.tokens.isExpired(token) ? "expired" : { kind: "token", token };
}

/** DMS's refusals, or its gateway's: which of the two answers is a setting, since both are seen. */
export function dmsRefusal(service: Service, fault: Fault): Refusal {
  const byService: { [fault in Fault]: RefusalName } = {
    missing: "tokenMissing",
    unknown: "tokenInvalid",
    expired: "tokenExpired",
    signature: "authWrong",
  };
  const byGateway: { [fault in Fault]: RefusalName } = {
    missing: "authWrong",
    unknown: "authWrong",
    expired: "tokenStale",
    signature: "authWrong",
  };
  return refuse((service.settings.tokenRefusals === "service" ? byService : byGateway)[fault]);
}

/** Lets through who may call DMS in this project. */
export function authorizeForProject(service: Service, caller: Caller, projectId: string): Project {
  const project = service.account.projects.find(({ id }) => id === projectId);
  if (caller.kind === "token") {
    const { scope } = caller.token;
    if (!("project" in scope) || scope.project.id !== projectId) {
      throw refuse("tokenProject");
    }
  } else if (caller.projectIdHeader !== undefined && caller.projectIdHeader !== projectId) {
    throw refuse("tokenProject");
  }
  if (project === undefined) {
    throw refuse("projectUnavailable");
  }
  return project;
}
