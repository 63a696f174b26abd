import { PasswordIdentity } from "./passwordIdentity";
import type { Settings } from "./settings";
import { TokenIdentity } from "./tokenIdentity";
import type { ServiceReply } from "./transport";

/** How long one request may take, and what ends it early. */
export interface RequestBounds {
  timeoutMs: number;
  signal?: AbortSignal;
}

/** The APIs that are asked: the Distributed Message Service's, and the Distributed Cache Service's. */
export type Api = "dms" | "dcs";

/** A request to one of them. */
export interface ProjectRequest {
  api: Api;
  method: "GET" | "DELETE";
  /** Path and query of the URL, beginning with a slash. */
  path: (projectId: string) => string;
}

/** Somebody who may ask the service: one for each set of credentials and project of a process. */
export interface Identity {
  /**
   * Sends a request with this identity's credentials, renewing them where that can help, and resolves with the reply,
   * whatever its HTTP status but 401.
   *
   * @throws AuthenticationError when the credentials are refused.
   */
  send(request: ProjectRequest, bounds: RequestBounds): Promise<GrantedReply>;
}

export interface GrantedReply {
  projectId: string;
  reply: ServiceReply;
}

const identities = new Map<string, Identity>();

/** The identity of these settings; all waits of a process that have the same settings share it, and so its token. */
export function identityFor(settings: Settings): Identity {
  const key = JSON.stringify(settings);
  let identity = identities.get(key);
  if (!identity) {
    const { credentials } = settings;
    identity =
      credentials.method === "token"
        ? new TokenIdentity(settings, credentials)
        : new PasswordIdentity(settings, credentials);
    identities.set(key, identity);
  }
  return identity;
}
