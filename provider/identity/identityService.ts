import { z } from "zod";
import type { RequestBounds, Send } from "../http/exchange";
import type { NameOrId } from "../settings/credentialSettings";
import { readReply } from "../http/readReply";
import { SettingsError } from "../task/errors";
import { checkIdentifier } from "../http/addresses";
import { quote } from "../output/secrets";
import { type Catalog, catalogShape } from "./serviceCatalog";
import type { Settings } from "../settings/settings";

// What IAM is asked beside tokens and keys. `send` bears the credentials, and has dealt with a 401.
// Source: "Querying Project Information", "Querying the Service Catalog" and "Querying the List of Domains" of the IAM
// API reference.

const projectsShape = z.object({ projects: z.array(z.object({ id: z.string() })) });
const domainsShape = z.object({ domains: z.array(z.object({ id: z.string() })) });

type Asked = Pick<Settings, "authUrl">;

/** The id of the project with this name. */
export async function findProject(
  send: Send,
  settings: Pick<Settings, "authUrl" | "region">,
  name: string,
  bounds: RequestBounds,
): Promise<string> {
  const url = `${settings.authUrl}/projects?name=${encodeURIComponent(name)}`;
  const reply = await send({ method: "GET", url, ...bounds });
  const { projects } = readReply(projectsShape, reply, `looking up project ${quote(name)}`);
  const [project, another] = projects;
  if (!project || another) {
    throw new SettingsError(
      project
        ? `there are ${projects.length} projects named ${quote(name)}: give the project's id instead.`
        : `there is no project named ${quote(name)} for these credentials: check the name, or give the project's id.`,
    );
  }
  return checkIdentifier(project.id);
}

/** The services' addresses as IAM lists them. */
export async function readCatalog(
  send: Send,
  { authUrl }: Asked,
  headers: { [name: string]: string },
  bounds: RequestBounds,
): Promise<Catalog> {
  const reply = await send({ method: "GET", url: `${authUrl}/auth/catalog`, headers, ...bounds });
  return readReply(z.object({ catalog: catalogShape }), reply, "reading the service catalog").catalog;
}

/** The id of the account (domain) that the credentials belong to. */
export async function findDomain(
  send: Send,
  { authUrl }: Asked,
  domain: NameOrId | undefined,
  bounds: RequestBounds,
): Promise<string> {
  if (domain?.id !== undefined) {
    return domain.id;
  }
  const query = domain === undefined ? "" : `?name=${encodeURIComponent(domain.name)}`;
  const reply = await send({ method: "GET", url: `${authUrl}/auth/domains${query}`, ...bounds });
  const { domains } = readReply(domainsShape, reply, "looking up the account's domain");
  const [found, another] = domains;
  if (!found || another) {
    throw new SettingsError(
      `the credentials belong to ${domains.length} domains${domain === undefined ? "" : ` named ${quote(domain.name)}`}: ` +
        `give the domain's id by domainId.`,
    );
  }
  return found.id;
}
