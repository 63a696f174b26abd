import { z } from "zod";
import type { RequestBounds, Send, ServiceReply } from "../http/exchange";
import type { NameOrId, PasswordCredentials } from "../settings/credentialSettings";
import { describeReply, readComplaint } from "../http/errorReply";
import { readReply } from "../http/readReply";
import { AuthenticationError, WrongEndpointError } from "../task/errors";
import { quote, rememberSecret } from "../output/secrets";
import { iamUrlOf, identifierShape } from "./identityService";
import { type Catalog, catalogShape } from "./serviceCatalog";
import type { Agency, Settings } from "../settings/settings";

// Source: "Obtaining a User Token Through Password Authentication" and "Obtaining an Agency Token" of the IAM API
// reference; auth_options.go of OTC's Go SDK for the second factor.

const time = z.string().refine((text) => !Number.isNaN(Date.parse(text)));

const tokenShape = z.object({
  token: z.object({
    issued_at: time.optional().catch(undefined),
    expires_at: time,
    project: z.object({ id: identifierShape, name: z.string().optional().catch(undefined) }).optional(),
    catalog: catalogShape.optional().catch(undefined),
  }),
});

const projectTokenShape = tokenShape.refine(({ token }) => token.project !== undefined);

export interface IssuedToken {
  value: string;
  /** Of a token that is scoped to a project. */
  project?: { id: string; name?: string };
  catalog?: Catalog;
  /** How long it remains valid, by the service's clock. */
  lifetimeMs: number;
}

/** A project's, or a whole account's, which is needed to assume an agency. */
type Scope = { project: object } | { domain: NameOrId } | undefined;

/** A project's name is only unique within its domain. */
export function projectScope(project: NameOrId, domain: NameOrId | undefined): Scope {
  const named = project.id === undefined ? { name: project.name, ...(domain && { domain }) } : { id: project.id };
  return { project: named };
}

/** Logs in with a password, and a passcode if one is set. */
export async function createUserToken(
  send: Send,
  settings: Settings,
  { user, domain, password, passcode, origin }: PasswordCredentials,
  scope: Scope,
  bounds: RequestBounds,
): Promise<IssuedToken> {
  const who = user.id === undefined ? { name: user.name, domain } : { id: user.id };
  const identity = {
    methods: passcode === undefined ? ["password"] : ["password", "totp"],
    password: { user: { ...who, password } },
    ...(passcode !== undefined && { totp: { user: { id: user.id, passcode } } }),
  };
  const what =
    `logging in as user ${quote(user.name ?? user.id)}` +
    (domain ? ` of domain ${quote(domain.name ?? domain.id)}` : "") +
    (origin === undefined ? "" : ` (${quote(origin)})`);
  const project = quote(settings.project.name ?? settings.project.id);
  return createToken(send, settings, { identity, scope }, what, bounds, (reply) => {
    const { message = "" } = readComplaint(reply.body);
    const factors = passcode === undefined ? "password" : "password, and set a new passcode";
    return /password/i.test(message)
      ? `Check the user's name, domain and ${factors}.`
      : `Check the user's name, domain and ${factors}, and that the project ${project} exists and the user has access to it.`;
  });
}

/** Obtains the token of an agency; `send` adds a token of the account that the agency delegates to. */
export function createAgencyToken(
  send: Send,
  settings: Settings,
  { name, domain }: Agency,
  bounds: RequestBounds,
): Promise<IssuedToken> {
  const whose = domain.id === undefined ? { domain_name: domain.name } : { domain_id: domain.id };
  // As in the page's example, and as OTC's SDKs for Go and Python send it.
  const identity = { methods: ["assume_role"], assume_role: { ...whose, xrole_name: name } };
  const scope = projectScope(settings.project, domain);
  return createToken(send, settings, { identity, scope }, describeAssumption({ name, domain }), bounds, () =>
    adviceOnAgency(settings),
  );
}

export function describeAssumption({ name, domain }: Agency): string {
  return `assuming the agency ${quote(name)} of domain ${quote(domain.name ?? domain.id)}`;
}

export function adviceOnAgency({ project }: Settings): string {
  return (
    `Check the agency's name and domain, that it delegates to this account, that the user has the permission ` +
    `Agent Operator, and that the agency has access to project ${quote(project.name ?? project.id)}.`
  );
}

async function createToken(
  send: Send,
  settings: Settings,
  auth: { identity: object; scope: Scope },
  what: string,
  bounds: RequestBounds,
  advice: (reply: ServiceReply) => string,
): Promise<IssuedToken> {
  const authUrl = iamUrlOf(settings);
  const reply = await send({ method: "POST", url: `${authUrl}/auth/tokens`, body: { auth }, ...bounds });
  const { code } = readComplaint(reply.body);
  if (reply.httpStatus === 401 || ("assume_role" in auth.identity && [403, 404].includes(reply.httpStatus))) {
    throw new AuthenticationError(`${what} was refused (${describeReply(reply)}). ${advice(reply)}`, {
      httpStatus: reply.httpStatus,
      code,
    });
  }
  if (reply.httpStatus === 404) {
    throw new WrongEndpointError(`${what} failed (${describeReply(reply)}): check the address ${quote(authUrl)}.`, {
      httpStatus: 404,
    });
  }
  const isOfProject = "project" in (auth.scope ?? {});
  const { token } = readReply(isOfProject ? projectTokenShape : tokenShape, reply, what, { httpStatus: 201 });
  const header = { ...reply, body: reply.header("x-subject-token") };
  const value = readReply(z.string().min(1), header, what, { httpStatus: 201 });
  rememberSecret(value);
  const nowMs = reply.serviceTimeMs ?? (token.issued_at === undefined ? Date.now() : Date.parse(token.issued_at));
  return {
    value,
    project: token.project,
    catalog: token.catalog,
    lifetimeMs: Date.parse(token.expires_at) - nowMs,
  };
}
