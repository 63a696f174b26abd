import {
  type KeyUse,
  newKeyUse,
  newPasswordStanding,
  newTokenStanding,
  withGivenToken,
  withPassword,
  withSignature,
} from "./authorizedSend";
import type { Credentials } from "../settings/credentialSettings";
import { debug } from "../output/log";
import { GivenIdentity } from "./givenIdentity";
import type { Identity } from "./identity";
import { byAgency, byPassword } from "./logIn";
import { RenewedIdentity } from "./renewedIdentity";
import type { Settings } from "../settings/settings";
import type { Send } from "../http/exchange";
import { sendOver } from "../http/transport";
import type { Standing } from "./standing";

const identities = new Map<string, Identity>();
const tokens = new Map<string, Standing>();
const keys = new Map<string, KeyUse>();
const passwords = new Map<string, Standing>();

/** The identity of these settings. All waits of a process with the same settings share it, including its token. */
export function identityFor(settings: Settings): Identity {
  const { origins, ...essential } = settings;
  return getOrCreate(identities, { ...essential, credentials: withoutOrigin(settings.credentials) }, () => {
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
  const authorized = authorizedSend(settings, send);
  if (agency) {
    return new RenewedIdentity(settings, byAgency(settings, agency, authorized, send));
  }
  return credentials.method === "password"
    ? new RenewedIdentity(settings, byPassword(settings, credentials, authorized, send))
    : new GivenIdentity(settings, credentials, authorized);
}

/** Sends with the credentials. The same key, token or password may serve several projects, which share its standing. */
export function authorizedSend({ credentials, authUrl }: Settings, send: Send): Send {
  switch (credentials.method) {
    case "token": {
      const { token } = credentials;
      return withGivenToken(send, token, getOrCreate(tokens, { token }, newTokenStanding));
    }
    case "key": {
      const { accessKey, secretKey, securityToken } = credentials;
      return withSignature(send, credentials, getOrCreate(keys, { accessKey, secretKey, securityToken }, newKeyUse));
    }
    case "password": {
      const { user, password } = credentials;
      const domain = user.id === undefined ? credentials.domain : undefined;
      return withPassword(send, getOrCreate(passwords, { authUrl, user, domain, password }, newPasswordStanding));
    }
  }
}

/** The same credentials are one identity, wherever they were found. */
function withoutOrigin(credentials: Credentials): Credentials {
  return { ...credentials, origin: undefined };
}

function getOrCreate<T>(store: Map<string, T>, of: object, make: () => T): T {
  const key = JSON.stringify(of);
  let value = store.get(key);
  if (value === undefined) {
    store.set(key, (value = make()));
  }
  return value;
}
