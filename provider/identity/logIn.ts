import { newKeyUse, withSignature, withToken } from "./authorizedSend";
import type { RequestBounds, Send } from "../http/exchange";
import type { PasswordCredentials } from "../settings/credentialSettings";
import { AuthenticationError } from "../task/errors";
import { findDomain, findProject, readCatalog } from "./identityService";
import { createAgencyToken, createUserToken, type IssuedToken, projectScope } from "./issuedToken";
import { runAgain, throwIfRefused } from "./refusalText";
import type { LogIn, Session } from "./renewedIdentity";
import { needsCatalog } from "./serviceCatalog";
import { apiNames } from "../task/services";
import { type Agency, refuseForeignRegion, type Settings } from "../settings/settings";
import { createTemporaryKey, type TemporaryKey } from "./temporaryKey";

/** Logs in with a user's password over `login`; requests with the obtained token go over `send`. */
export function byPassword(settings: Settings, credentials: PasswordCredentials, login: Send, send: Send): LogIn {
  const scope = projectScope(settings.project, credentials.domain);
  return oncePerPasscode(credentials, settings, async (bounds) =>
    sessionOf(await createUserToken(login, settings, credentials, scope, bounds), settings, send),
  );
}

/**
 * Assumes an agency with any credentials: an access key obtains a temporary key, other credentials obtain a token of the agency.
 * Requests with the credentials go over `authorized`, requests with what was obtained over `send`.
 */
export function byAgency(settings: Settings, agency: Agency, authorized: Send, send: Send): LogIn {
  const { credentials } = settings;
  const assume = async (bounds: RequestBounds, byToken: Send) =>
    sessionOf(await createAgencyToken(byToken, settings, agency, bounds), settings, send);
  switch (credentials.method) {
    case "token":
      return (bounds) => assume(bounds, authorized);
    case "password": {
      const scope = credentials.domain && { domain: credentials.domain };
      return oncePerPasscode(credentials, settings, async (bounds) => {
        const { value } = await createUserToken(authorized, settings, credentials, scope, bounds);
        return assume(bounds, withToken(send, value));
      });
    }
    case "key": {
      const signed = throwIfRefused(authorized, credentials, settings);
      return async (bounds) => {
        const domainId = await findDomain(signed, settings, credentials.domain, bounds);
        return sessionOfKey(
          await createTemporaryKey(signed, settings, agency, domainId, bounds),
          settings,
          send,
          bounds,
        );
      };
    }
  }
}

async function sessionOfKey(
  key: TemporaryKey,
  settings: Settings,
  send: Send,
  bounds: RequestBounds,
): Promise<Session> {
  const asAgency = withSignature(send, key, newKeyUse());
  const asAgencyOrThrow = throwIfRefused(asAgency, { method: "key", ...key }, settings);
  const { project } = settings;
  const projectId = project.id ?? (await findProject(asAgencyOrThrow, settings, project.name, bounds));
  const headers = { "X-Project-Id": projectId };
  const catalog = apiNames.some((api) => needsCatalog(settings, api))
    ? await readCatalog(asAgencyOrThrow, settings, headers, bounds)
    : undefined;
  return { send: asAgency, headers, projectId, catalog, lifetimeMs: key.lifetimeMs };
}

function sessionOf(token: IssuedToken, settings: Settings, send: Send): Session {
  const { value, project, catalog, lifetimeMs } = token;
  if (project?.name !== undefined) {
    refuseForeignRegion({ name: project.name }, settings);
  }
  return { send: withToken(send, value), projectId: project!.id, catalog, lifetimeMs };
}

/** A passcode is valid for half a minute: the session that it opened cannot be renewed. */
function oncePerPasscode({ passcode, origin }: PasswordCredentials, settings: Settings, logIn: LogIn): LogIn {
  let used = false;
  return async (bounds) => {
    if (used) {
      throw new AuthenticationError(
        `the session opened with a passcode${origin === undefined ? "" : ` (${origin})`} has ended, and a passcode is valid for half a minute only: ` +
          `set a new one, ${runAgain(settings)}.`,
      );
    }
    const session = await logIn(bounds);
    used = passcode !== undefined;
    return session;
  };
}
