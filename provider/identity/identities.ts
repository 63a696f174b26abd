import type { Credentials } from "../settings/credentialSettings";
import { debug } from "../output/log";
import { GivenIdentity } from "./givenIdentity";
import type { Identity } from "./identity";
import { byAgency, byPassword } from "./logIn";
import { RenewedIdentity } from "./renewedIdentity";
import type { Settings } from "../settings/settings";
import type { Send } from "../http/exchange";
import { sendOver } from "../http/transport";
import { Trial } from "./trial";

const identities = new Map<string, Identity>();
const trials = new Map<string, Trial>();

/** The identity of these settings; all waits of a process that have the same settings share it, and so its token. */
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
  // The same key or token may be asked to work for several projects: its standing is one.
  const trial = () => getOrCreate(trials, { ...withoutOrigin(credentials), domain: undefined }, () => new Trial());
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

function getOrCreate<T>(store: Map<string, T>, of: object, make: () => T): T {
  const key = JSON.stringify(of);
  let value = store.get(key);
  if (value === undefined) {
    store.set(key, (value = make()));
  }
  return value;
}
