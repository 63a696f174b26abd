import { z } from "zod";
import type { RequestBounds, Send } from "../http/exchange";
import type { NameOrId } from "../settings/credentialSettings";
import { readReply } from "../http/readReply";
import { SettingsError } from "../task/errors";
import { faultOfIdentifier } from "../http/addresses";
import { quote } from "../output/secrets";
import { type Catalog, catalogShape } from "./serviceCatalog";
import type { Settings } from "../settings/settings";
import { describePlaces } from "../settings/settingNaming";

// Requests to IAM other than those for tokens and keys. `send` adds the credentials and has handled a 401.
// Source: "Querying Project Information", "Querying the Service Catalog" and "Querying the List of Domains" of the IAM
// API reference.

/** A value that becomes a part of a URL or of a header. */
export const identifierShape = z.string().refine((id) => faultOfIdentifier(id) === undefined);

const projectsShape = z.object({ projects: z.array(z.object({ id: identifierShape })) });
const domainsShape = z.object({ domains: z.array(z.object({ id: identifierShape })) });

type Asked = Pick<Settings, "authUrl" | "isScript" | "cloudProvider">;

/** IAM's base URL, which settings may lack. */
export function iamUrlOf({ authUrl, ...naming }: Asked): string {
  if (authUrl === undefined) {
    throw new SettingsError(
      `a request to IAM is needed, but neither its address nor a region is set: set ${describePlaces("region", naming)}.`,
    );
  }
  return authUrl;
}

/** The id of the project with this name. */
export async function findProject(send: Send, settings: Asked, name: string, bounds: RequestBounds): Promise<string> {
  const url = `${iamUrlOf(settings)}/projects?name=${encodeURIComponent(name)}`;
  const reply = await send({ method: "GET", url, ...bounds });
  const { projects } = readReply(projectsShape, reply, `looking up project ${quote(name)}`);
  const [project, another] = projects;
  if (!project || another) {
    throw new SettingsError(
      project
        ? `there are ${projects.length} projects named ${quote(name)}: set the project's id instead.`
        : `there is no project named ${quote(name)} for these credentials: check the name, or set the project's id.`,
    );
  }
  return project.id;
}

/** The services' addresses as IAM lists them. */
export async function readCatalog(
  send: Send,
  settings: Asked,
  headers: { [name: string]: string },
  bounds: RequestBounds,
): Promise<Catalog> {
  const reply = await send({ method: "GET", url: `${iamUrlOf(settings)}/auth/catalog`, headers, ...bounds });
  return readReply(z.object({ catalog: catalogShape }), reply, "reading the service catalog").catalog;
}

/** The id of the account (domain) that the credentials belong to. */
export async function findDomain(
  send: Send,
  settings: Asked,
  domain: NameOrId | undefined,
  bounds: RequestBounds,
): Promise<string> {
  if (domain?.id !== undefined) {
    const fault = faultOfIdentifier(domain.id);
    if (fault) {
      throw new SettingsError(`the setting domainId ${quote(fault)} (${describePlaces("domainId", settings)}).`);
    }
    return domain.id;
  }
  const query = domain === undefined ? "" : `?name=${encodeURIComponent(domain.name)}`;
  const reply = await send({ method: "GET", url: `${iamUrlOf(settings)}/auth/domains${query}`, ...bounds });
  const { domains } = readReply(domainsShape, reply, "looking up the account's domain");
  const [found, another] = domains;
  if (!found || another) {
    throw new SettingsError(
      `the credentials belong to ${domains.length} domains${domain === undefined ? "" : ` named ${quote(domain.name)}`}: ` +
        `set the domain's id with domainId.`,
    );
  }
  return found.id;
}
