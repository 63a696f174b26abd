import { z } from "zod";
import type { RequestBounds } from "../http/exchange";
import { readReply } from "../http/readReply";
import { sendOver } from "../http/transport";
import type { Settings } from "../settings/settings";
import { authorizedSend } from "./identities";
import { throwIfRefused } from "./refusalText";

/** Whose the credentials are, as far as it is known. */
export interface Account {
  user?: string;
  /** The account's name. */
  domain?: string;
}

const named = z.object({ id: z.string().optional(), name: z.string().optional() });
const tokenShape = z.object({ token: z.object({ user: named.extend({ domain: named.optional() }) }) });
const domainsShape = z.object({ domains: z.array(named) });

/**
 * Whose the credentials are. IAM is asked about a token ("Verifying a Token") and about an access key, of which it names the
 * account only ("Querying the List of Accounts Accessible to a User"); a password comes with its user's name.
 *
 * @returns undefined if IAM's address is not known.
 * @throws AuthenticationError, ServiceError
 */
export async function accountOf(settings: Settings, bounds: RequestBounds): Promise<Account | undefined> {
  const { credentials, authUrl } = settings;
  if (credentials.method === "password") {
    const { user, domain } = credentials;
    return { user: user.name ?? user.id, domain: domain?.name ?? domain?.id };
  }
  if (authUrl === undefined) {
    return undefined;
  }
  const send = throwIfRefused(authorizedSend(settings, sendOver(settings.connection)), credentials, settings);
  if (credentials.method === "token") {
    const headers = { "X-Subject-Token": credentials.token };
    const url = `${authUrl}/auth/tokens?nocatalog=true`;
    const reply = await send({ method: "GET", url, headers, ...bounds });
    const { user } = readReply(tokenShape, reply, "asking IAM about the token").token;
    return { user: user.name ?? user.id, domain: user.domain?.name ?? user.domain?.id };
  }
  const reply = await send({ method: "GET", url: `${authUrl}/auth/domains`, ...bounds });
  const { domains } = readReply(domainsShape, reply, "asking IAM for the access key's account");
  return { domain: domains[0]?.name ?? domains[0]?.id };
}
