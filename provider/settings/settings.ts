import type { ConnectionSettings } from "../http/exchange";
import { readConnection } from "./connectionSettings";
import { asNameOrId, type Credentials, isOfAnother, type NameOrId, readCredentials } from "./credentialSettings";
import { type Api, apiNames } from "../task/services";
import { SettingsError } from "../task/errors";
import { checkIdentifier, endpointOfRegion, parseBaseUrl, regionOfProject } from "../http/addresses";
import { rememberHostOrigins } from "./hostOrigins";
import { MissingSetting, MissingSettings } from "./missingSettings";
import { quote } from "../output/secrets";
import { type Environment, findSources, type Found, type ReadConfig, type Sources } from "./settingSources";
import { describePlaces, placesOf, type SettingName, settingNames } from "./settingTable";
import { readFlag } from "./settingValues";
import type { Folders } from "./cloudsFile";
export type { ReadConfig } from "./settingSources";

/** What a program may say for one call or resource; it wins over the configuration. Credentials are never among it. */
export interface Place {
  /** An entry of clouds.yaml, which then goes before the configuration and the environment. */
  cloud?: string;
  projectId?: string;
  region?: string;
  /** Of the API that is asked. */
  endpoint?: string;
}

/** An agency of another account, and whose it is. */
export interface Agency {
  name: string;
  domain: NameOrId;
}

type EndpointType = "public" | "internal" | "admin";

/** Everything that is needed to talk to the service, checked. */
export interface Settings {
  credentials: Credentials;
  /** To act in another account's project, which `project` then is. */
  agency?: Agency;
  /** IAM's base URL, ends in `/v3`; undefined where it is not known, and nothing has to be asked of IAM. */
  authUrl?: string;
  /** Whether `authUrl` was set, as against made from the region's pattern. */
  authUrlIsSet: boolean;
  region?: string;
  project: NameOrId;
  /** Base URLs where they were set; else the catalog or the region's pattern tells. */
  endpoints: { [api in Api]?: string };
  /** Which of the catalog's endpoints; default public. */
  endpointType?: EndpointType;
  connection?: ConnectionSettings;
  /** Whether plain http is taken, beyond this machine. */
  allowHttp?: true;
  /** Where each setting was found, for whoever debugs; of secrets the place alone. */
  origins?: string[];
  /** How long one request may take; default 10 s. */
  requestTimeoutMs?: number;
}

/**
 * Finds the settings: `place` first, then the Pulumi configuration, the environment, and an entry of clouds.yaml.
 *
 * @throws SettingsError that names what is missing or malformed, where it can be set, and what was found where.
 */
export function readSettings(place: Place, readConfig: ReadConfig, env: Environment, folders?: Folders): Settings {
  const sources = findSources(place.cloud, readConfig, env, folders);
  const missing = new MissingSettings();
  const credentials = missing.collect(() => readCredentials(sources));
  const agency = credentials && readAgency(sources.without((source) => isOfAnother(source, credentials)));
  const project = missing.collect(() => readProject(place, sources, agency));
  const region = readRegion(place, sources, project);
  const allowHttp = readFlag("allowHttp", sources.find("allowHttp")) ?? false;
  const url = (text: string) => parseBaseUrl(text, { allowHttp });
  const endpoints = readEndpoints(place, sources, url);
  const needsIam =
    agency !== undefined ||
    credentials?.method === "password" ||
    project?.id === undefined ||
    Object.keys(endpoints).length === 0;
  const auth = missing.collect(() => readAuthUrl(sources, region, url, needsIam));
  missing.throwIfAny(sources);
  refuseForeignRegion(project!, region, endpoints);
  rememberHostOrigins(place, sources, { ...auth!, region, endpoints });
  return {
    credentials: credentials!,
    ...(agency && { agency }),
    ...auth!,
    region,
    project: project!,
    endpoints,
    ...readEndpointType(sources),
    ...(allowHttp && { allowHttp }),
    ...readConnection(sources, folders),
    origins: originsOf(place, sources),
  };
}

function originsOf(place: Place, sources: Sources): string[] {
  const given = Object.entries({ ...place } as { [name: string]: unknown }).flatMap(([name, value]) =>
    ["cloud", "projectId", "region", "endpoint"].includes(name) && typeof value === "string"
      ? [`${name} ${quote(value)} (argument)`]
      : [],
  );
  const found = settingNames.flatMap((name) => {
    const setting = sources.find(name);
    const isShown = !placesOf(name).isSecret && name !== "accessKey" && !setting?.value.includes("-----BEGIN");
    return setting ? [`${name}${isShown ? ` ${quote(setting.value)}` : ""} (${quote(setting.place)})`] : [];
  });
  return [...given, ...found];
}

function readAgency(sources: Sources): Agency | undefined {
  const name = sources.find("agencyName");
  const either = sources.findEither("agencyDomainId", "agencyDomainName");
  if (!name && !either) {
    return undefined;
  }
  if (!name || !either) {
    const part: SettingName = name ? "agencyDomainName" : "agencyName";
    const given = name ?? (either && "id" in either ? either.id : either?.name);
    throw new SettingsError(
      `the agency is incomplete: ${part} is not set, which ${given?.place} needs beside it: give ${describePlaces(part)}.`,
    );
  }
  // OTC's Go SDK reads target_domain_id as the domain's name.
  const domain = asNameOrId(either);
  const isReallyName = domain.id !== undefined && !/^[0-9a-f]{32}$/i.test(domain.id);
  return { name: name.value, domain: isReallyName ? { name: domain.id } : domain };
}

function readProject({ projectId }: Place, sources: Sources, agency: Agency | undefined): NameOrId {
  const either =
    (agency && sources.findEither("delegatedProjectId", "delegatedProjectName")) ??
    sources.findEither("projectId", "projectName");
  const project: NameOrId | undefined =
    projectId !== undefined ? { id: projectId } : either ? asNameOrId(either) : undefined;
  if (!project) {
    throw new MissingSetting(
      `no project is set: give ${describePlaces("projectId")}, or its name by tenantName and the like.`,
      "pulumi config set opentelekomcloud:tenantName eu-de_myproject",
    );
  }
  return project.id === undefined ? project : { id: withSettingName("projectId", () => checkIdentifier(project.id)) };
}

function readRegion(place: Place, sources: Sources, project: NameOrId | undefined): string | undefined {
  // Region projects are named after their region: "eu-de" or "eu-de_name".
  const region = place.region ?? sources.find("region")?.value ?? project?.name?.split("_")[0];
  return region === undefined ? undefined : withSettingName("region", () => (endpointOfRegion("iam", region), region));
}

/** A project of another region has none of the region's instances; an endpoint that was set may be of any cloud. */
export function refuseForeignRegion(
  project: NameOrId,
  region: string | undefined,
  endpoints: Settings["endpoints"],
): void {
  const own = project.name === undefined ? undefined : regionOfProject(project.name);
  if (own !== undefined && region !== undefined && own !== region && Object.keys(endpoints).length === 0) {
    throw new SettingsError(
      `the project ${quote(project.name!)} is one of region ${own}, but the region is ${region}: ` +
        `set the region to ${own}, or name a project of ${region} (${describePlaces("projectName")}).`,
    );
  }
}

function readEndpoints(place: Place, sources: Sources, url: (text: string) => string): Settings["endpoints"] {
  const endpoints: Settings["endpoints"] = {};
  for (const api of apiNames) {
    const name = `${api}Endpoint` as const;
    const endpoint = place.endpoint ?? sources.find(name)?.value;
    if (endpoint !== undefined) {
      endpoints[api] = withSettingName(name, () => url(endpoint));
    }
  }
  return endpoints;
}

// How profiles write a region into IAM's address.
const regionPlaceholder = /\{region(_name)?\}|%\(region_name\)s/g;

function readAuthUrl(
  sources: Sources,
  region: string | undefined,
  url: (text: string) => string,
  isNeeded: boolean,
): Pick<Settings, "authUrl" | "authUrlIsSet"> {
  const found = sources.find("authUrl")?.value;
  const isPattern = found === undefined || found.search(regionPlaceholder) >= 0;
  if (isPattern && region === undefined) {
    if (!isNeeded) {
      return { authUrlIsSet: false };
    }
    throw new MissingSetting(
      `no region is set: give ${describePlaces("region")}, or IAM's address by ${describePlaces("authUrl")}.`,
      "pulumi config set opentelekomcloud:region eu-de",
    );
  }
  const text = found === undefined ? endpointOfRegion("iam", region!) : found.replace(regionPlaceholder, region ?? "");
  return { authUrl: withSettingName("authUrl", () => withVersion(url(text))), authUrlIsSet: !isPattern };
}

function readEndpointType(sources: Sources): Pick<Settings, "endpointType"> {
  const found: Found | undefined = sources.find("endpointType");
  const type = found?.value.replace(/URL$/, "");
  if (found && type !== "public" && type !== "internal" && type !== "admin") {
    throw new SettingsError(
      `the setting endpointType must be public, internal or admin, but is ${JSON.stringify(quote(found.value))} (${found.place}).`,
    );
  }
  return type === undefined ? {} : { endpointType: type as EndpointType };
}

function withSettingName<T>(name: SettingName, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new SettingsError(`the setting ${name} ${quote((error as Error).message)} (${describePlaces(name)}).`);
  }
}

function withVersion(authUrl: string): string {
  return authUrl.endsWith("/v3") ? authUrl : `${authUrl}/v3`;
}
