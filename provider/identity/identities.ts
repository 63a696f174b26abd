import type { Api } from "../task/api";
import type { Credentials } from "../settings/credentialSettings";
import { debug } from "../output/debugLog";
import { GivenIdentity } from "./givenIdentity";
import { byAgency, byPassword } from "./logIn";
import { RenewedIdentity } from "./renewedIdentity";
import type { Settings } from "../settings/settings";
import { type Send, sendOver, type ServiceReply } from "../http/transport";
import { Trial } from "./trial";

/** How long one request may take, and what ends it early. */
export interface RequestBounds {
  timeoutMs: number;
  /** The most that a setting may make of it; default: no more than it is. */
  mostMs?: number;
  signal?: AbortSignal;
}

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
const trials = new Map<string, Trial>();

/** The identity of these settings; all waits of a process that have the same settings share it, and so its token. */
export function identityFor(settings: Settings): Identity {
  const { origins, ...essential } = settings;
  return kept(identities, { ...essential, credentials: withoutOrigin(settings.credentials) }, () => {
    debug(() => `settings: ${origins?.join(", ") ?? "none"}`);
    const { requestTimeoutMs } = settings;
    const identity = openIdentity(settings, sendOver(settings.connection));
    return {
      send: (request, bounds) => {
        const mostMs = bounds.mostMs ?? bounds.timeoutMs;
        return identity.send(request, { ...bounds, timeoutMs: Math.min(requestTimeoutMs ?? bounds.timeoutMs, mostMs) });
      },
    };
  });
}

function openIdentity(settings: Settings, send: Send): Identity {
  const { credentials, agency } = settings;
  // The same key or token may be asked to work for several projects: its standing is one.
  const trial = () => kept(trials, { ...withoutOrigin(credentials), domain: undefined }, () => new Trial());
  if (agency) {
    return new RenewedIdentity(settings, byAgency(settings, agency, send, trial()));
  }
  return credentials.method === "password"
    ? new RenewedIdentity(settings, byPassword(settings, credentials, send))
    : new GivenIdentity(settings, credentials, send, trial());
}

/** Who is meant, wherever it was found. */
function withoutOrigin(credentials: Credentials): Credentials {
  return { ...credentials, origin: undefined };
}

function kept<T>(store: Map<string, T>, of: object, make: () => T): T {
  const key = JSON.stringify(of);
  let value = store.get(key);
  if (value === undefined) {
    store.set(key, (value = make()));
  }
  return value;
}
