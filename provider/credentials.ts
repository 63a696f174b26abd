import { PasswordIdentity } from "./passwordIdentity";
import type { Settings } from "./settings";
import { TokenIdentity } from "./tokenIdentity";
import type { ServiceReply } from "./transport";

/** How long one request may take, and what ends it early. */
export interface RequestBounds {
  timeoutMs: number;
  signal?: AbortSignal;
}

/** What a request to DMS needs to know of who sends it. */
export interface Access {
  projectId: string;
  /** DMS's base URL, without version. */
  endpoint: string;
}

/** Somebody who may ask the service: one for each set of credentials and project of a process. */
export interface Identity {
  /**
   * Sends a GET request to DMS with this identity's credentials, renewing them where that can help, and resolves with
   * the reply, whatever its HTTP status but 401.
   *
   * @throws AuthenticationError when the credentials are refused.
   */
  get(urlFor: (access: Access) => string, bounds: RequestBounds): Promise<GrantedReply>;
}

export interface GrantedReply extends Access {
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
