import { z } from "zod";
import type { Api, RequestBounds } from "./credentials";
import { describeReply, errorForReply, readComplaint } from "./errorReply";
import { AuthenticationError, SettingsError, WrongEndpointError } from "./errors";
import { checkIdentifier } from "./identifier";
import { quote, rememberSecret } from "./secrets";
import { endpointOfRegion, parseBaseUrl, withoutVersion } from "./serviceEndpoint";
import type { Credentials, NameOrId, Settings } from "./settings";
import type { Send, ServiceReply } from "./transport";

// IAM's calls, as far as a wait needs them.
// Source: "Obtaining a User Token Through Password Authentication", "Querying Project Information" and
// "Querying the Service Catalog" of the IAM API reference.

const catalogShape = z.array(
  z.object({
    type: z.string(),
    endpoints: z.array(z.object({ interface: z.string(), region: z.string().optional(), url: z.string() })),
  }),
);
export type Catalog = z.infer<typeof catalogShape>;

const time = z.string().refine((text) => !Number.isNaN(Date.parse(text)));

const tokenShape = z.object({
  token: z.object({
    issued_at: time.optional().catch(undefined),
    expires_at: time,
    project: z.object({ id: z.string() }),
    catalog: catalogShape.optional().catch(undefined),
  }),
});

export interface IssuedToken {
  value: string;
  projectId: string;
  catalog?: Catalog;
  /** How long it is good for from now on, by the service's clock. */
  lifetimeMs: number;
}

type PasswordCredentials = Extract<Credentials, { method: "password" }>;

/** Logs in by password, scoped to the settings' project. */
export async function createToken(
  send: Send,
  settings: Settings,
  credentials: PasswordCredentials,
  bounds: RequestBounds,
): Promise<IssuedToken> {
  const { user, domain, password } = credentials;
  const who = user.id === undefined ? { name: user.name, domain } : { id: user.id };
  const what = `logging in as user ${quote(user.name ?? user.id)}${domain ? ` of domain ${quote(domain.name ?? domain.id)}` : ""}`;
  const reply = await send({
    method: "POST",
    url: `${settings.authUrl}/auth/tokens`,
    body: {
      auth: {
        identity: { methods: ["password"], password: { user: { ...who, password } } },
        scope: { project: scopeOf(settings.project, domain) },
      },
    },
    ...bounds,
  });
  if (reply.httpStatus === 401) {
    throw new AuthenticationError(
      `${what} was refused (${describeReply(reply)}). Check the user's name, domain and password, and that ` +
        `the user may act in project ${quote(settings.project.name ?? settings.project.id)}.`,
      { httpStatus: 401, code: readComplaint(reply.body).code },
    );
  }
  if (reply.httpStatus === 404) {
    throw new WrongEndpointError(`${what} was answered with ${describeReply(reply)}: check ${settings.authUrl}.`, {
      httpStatus: 404,
    });
  }
  const value = reply.header("x-subject-token");
  const body = tokenShape.safeParse(reply.body);
  if (reply.httpStatus !== 201 || !value || !body.success) {
    throw errorForReply(asAnswer(reply, 201), what);
  }
  rememberSecret(value);
  const { token } = body.data;
  const nowMs = reply.serviceTimeMs ?? (token.issued_at === undefined ? Date.now() : Date.parse(token.issued_at));
  return {
    value,
    projectId: checkIdentifier(token.project.id),
    catalog: token.catalog,
    lifetimeMs: Date.parse(token.expires_at) - nowMs,
  };
}

/** The id of the project with this name. */
export async function findProject(
  send: Send,
  settings: Settings,
  name: string,
  token: string,
  bounds: RequestBounds,
): Promise<{ id: string } | { refused: ServiceReply }> {
  const reply = await send({
    method: "GET",
    url: `${settings.authUrl}/projects?name=${encodeURIComponent(name)}`,
    headers: { "X-Auth-Token": token },
    ...bounds,
  });
  if (reply.httpStatus === 401) {
    return { refused: reply };
  }
  const body = z.object({ projects: z.array(z.object({ id: z.string() })) }).safeParse(reply.body);
  if (reply.httpStatus !== 200 || !body.success) {
    throw errorForReply(reply, `looking up project ${quote(name)}`);
  }
  const [project, another] = body.data.projects;
  if (!project || another) {
    throw new SettingsError(
      project
        ? `there are ${body.data.projects.length} projects named ${quote(name)}: give the project's id instead.`
        : `there is no project named ${quote(name)} for these credentials: check the name, or give the project's id.`,
    );
  }
  return { id: checkIdentifier(project.id) };
}

/** The services' addresses as IAM lists them. */
export async function readCatalog(
  send: Send,
  settings: Settings,
  token: string,
  bounds: RequestBounds,
): Promise<{ catalog: Catalog } | { refused: ServiceReply }> {
  const reply = await send({
    method: "GET",
    url: `${settings.authUrl}/auth/catalog`,
    headers: { "X-Auth-Token": token },
    ...bounds,
  });
  if (reply.httpStatus === 401) {
    return { refused: reply };
  }
  const body = z.object({ catalog: catalogShape }).safeParse(reply.body);
  if (reply.httpStatus !== 200 || !body.success) {
    throw errorForReply(reply, "reading the service catalog");
  }
  return { catalog: body.data.catalog };
}

// Where the catalog lists an API: openstacksdk's python-otcextensions and OTC's Go SDK look under these types.
const catalogTypes: { [api in Api]: string[] } = { dms: ["dmsv2", "dms"], dcs: ["dcsv2", "dcsv1", "dcs"] };

/** An API's base URL without a version: as set, else from the catalog, else by the region's pattern. */
export function endpointOf(api: Api, { endpoints, region }: Settings, catalog: Catalog | undefined): string {
  const endpoint = endpoints[api];
  if (endpoint !== undefined) {
    return withoutVersion(endpoint);
  }
  const entry = catalog
    ?.filter(({ type }) => catalogTypes[api].includes(type))
    .flatMap(({ endpoints }) => endpoints)
    .find((e) => e.interface === "public" && (region === undefined || e.region === undefined || e.region === region));
  try {
    if (entry) {
      return withoutVersion(parseBaseUrl(entry.url));
    }
    if (region !== undefined) {
      return endpointOfRegion(api, region);
    }
  } catch (error) {
    throw new SettingsError(`the address of ${api.toUpperCase()} in the service catalog ${(error as Error).message}.`);
  }
  throw new SettingsError(
    `the service catalog has no address of ${api.toUpperCase()}, and no region is set that would tell it.`,
  );
}

// A project's name is unique within its domain only.
function scopeOf(project: NameOrId, domain: NameOrId | undefined): object {
  return project.id === undefined ? { name: project.name, ...(domain ? { domain } : {}) } : { id: project.id };
}

// A reply that has the right HTTP status but not the documented body is no answer, however successful it looks.
function asAnswer(reply: ServiceReply, expected: number): ServiceReply {
  return reply.httpStatus === expected ? { ...reply, httpStatus: 200 } : reply;
}
