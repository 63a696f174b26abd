import { withSignature, withToken } from "./authorizedSend";
import type { RequestBounds, Send } from "../http/exchange";
import type { KeyCredentials, PasswordCredentials, TokenCredentials } from "../settings/credentialSettings";
import { readComplaint } from "../http/errorReply";
import { AuthenticationError } from "../task/errors";
import { findDomain, findProject, readCatalog } from "./identityService";
import { createAgencyToken, createUserToken, type IssuedToken, projectScope } from "./issuedToken";
import { describeRefusal } from "./refusalText";
import type { LogIn, Session } from "./renewedIdentity";
import { needsCatalog } from "./serviceCatalog";
import { apiNames } from "../task/services";
import { type Agency, refuseForeignRegion, type Settings } from "../settings/settings";
import { createTemporaryKey } from "./temporaryKey";
import { Trial } from "./trial";

/** Logs in with a user's password. */
export function byPassword(settings: Settings, credentials: PasswordCredentials, send: Send): LogIn {
  const scope = projectScope(settings.project, credentials.domain);
  return oncePerPasscode(credentials, async (bounds) =>
    sessionOf(await createUserToken(send, settings, credentials, scope, bounds), settings, send),
  );
}

/** Assumes an agency, on top of whatever credentials: with a key by a temporary key, else by a token of the agency's. */
export function byAgency(settings: Settings, agency: Agency, send: Send, trial = new Trial()): LogIn {
  const { credentials } = settings;
  const assume = async (bounds: RequestBounds, token: string) =>
    sessionOf(await createAgencyToken(withToken(send, token), settings, agency, bounds), settings, send);
  switch (credentials.method) {
    case "token":
      return (bounds) => trial.run(bounds, () => tryWith(trial, () => assume(bounds, credentials.token)));
    case "password": {
      const scope = credentials.domain && { domain: credentials.domain };
      return oncePerPasscode(credentials, async (bounds) =>
        assume(bounds, (await createUserToken(send, settings, credentials, scope, bounds)).value),
      );
    }
    case "key":
      return (bounds) =>
        trial.run(bounds, () => tryWith(trial, () => sessionOfAgencyKey(settings, credentials, agency, send, bounds)));
  }
}

async function sessionOfAgencyKey(
  settings: Settings,
  credentials: KeyCredentials,
  agency: Agency,
  send: Send,
  bounds: RequestBounds,
): Promise<Session> {
  const signed = throwIfRefused(withSignature(send, credentials), credentials, settings);
  const domainId = await findDomain(signed, settings, credentials.domain, bounds);
  const key = await createTemporaryKey(signed, settings, agency, domainId, bounds);
  const asAgency = withSignature(send, key);
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
    refuseForeignRegion({ name: project.name }, settings.region, settings.endpoints);
  }
  return { send: withToken(send, value), projectId: project!.id, catalog, lifetimeMs };
}

/** A passcode is good for half a minute: the session that it opened cannot be renewed. */
function oncePerPasscode({ passcode, origin }: PasswordCredentials, logIn: LogIn): LogIn {
  let used = false;
  return async (bounds) => {
    if (used) {
      throw new AuthenticationError(
        `the session that was opened with a passcode${origin === undefined ? "" : ` (${origin})`} has ended, and a passcode is good for half a minute: ` +
          `give a fresh one, then run the update again to resume.`,
      );
    }
    const session = await logIn(bounds);
    used = passcode !== undefined;
    return session;
  };
}

/** A 401 is an error of its own, with advice on these credentials. */
function throwIfRefused(send: Send, credentials: TokenCredentials | KeyCredentials, settings: Settings): Send {
  return async (request) => {
    const reply = await send(request);
    if (reply.httpStatus === 401) {
      throw new AuthenticationError(describeRefusal(reply, credentials, settings), {
        httpStatus: 401,
        code: readComplaint(reply.body).code,
      });
    }
    return reply;
  };
}

async function tryWith<T>(trial: Trial, logIn: () => Promise<T>): Promise<T> {
  try {
    const session = await logIn();
    trial.prove();
    return session;
  } catch (error) {
    throw error instanceof AuthenticationError && error.httpStatus === 401 ? trial.refuse(error) : error;
  }
}
