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
import { describePlaces, placesOf, type ScriptFlag, type SettingName, settingNames } from "./settingTable";
import { readFlag } from "./settingValues";
import type { Folders } from "./cloudsFile";
export type { ReadConfig } from "./settingSources";

/** Arguments of a call or resource that take precedence over the configuration. Credentials are never arguments. */
export interface Place {
  /** An entry of clouds.yaml, which then takes precedence over the configuration and the environment. */
  cloud?: string;
  projectId?: string;
  region?: string;
  /** Base URL of the API that the request goes to. */
  endpoint?: string;
}

/** An agency, and the domain of the account that it belongs to. */
export interface Agency {
  name: string;
  domain: NameOrId;
}

type EndpointType = "public" | "internal" | "admin";

/** Everything that is needed to send requests to the service, checked. */
export interface Settings extends ScriptFlag {
  credentials: Credentials;
  /** Acts in a project of another account; `project` is then that project. */
  agency?: Agency;
  /** IAM's base URL, ends in `/v3`; undefined if it is unknown and not needed. */
  authUrl?: string;
  /** Whether `authUrl` was set. If not, it is made from the region's pattern. */
  authUrlIsSet: boolean;
  region?: string;
  project: NameOrId;
  /** Base URLs that were set. Default: from the catalog or the region's pattern. */
  endpoints: { [api in Api]?: string };
  /** Which of the catalog's endpoints to use. Default: public. */
  endpointType?: EndpointType;
  connection?: ConnectionSettings;
  /** Whether plain http is accepted for other machines. */
  allowHttp?: true;
  /** Where each setting was found, for debugging. Secrets are shown without their value. */
  origins?: string[];
  /** How long one request may take. Default: 10 s. */
  requestTimeoutMs?: number;
}

/**
 * Finds the settings: `place` first, then the Pulumi configuration, the environment, and an entry of clouds.yaml.
 *
 * Without `readConfig`, the program is a plain script, and no error names the Pulumi configuration.
 *
 * @throws SettingsError that names what is missing or malformed, where to set it, and what was found where.
 */
export function readSettings(
  place: Place,
  readConfig: ReadConfig | undefined,
  env: Environment,
  folders?: Folders,
): Settings {
  const sources = findSources(place.cloud, readConfig, env, folders);
  const flag: ScriptFlag = sources.isScript ? { isScript: true } : {};
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
  refuseForeignRegion(project!, { region, endpoints, ...flag });
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
    ...flag,
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
      `the agency is incomplete: ${given?.place} needs the setting ${part}. Set ${sources.describePlaces(part)}.`,
    );
  }
  // OTC's Go SDK accepts the domain's name as target_domain_id.
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
      `no project is set: set ${sources.describePlaces("projectId")}, or set its name with ${sources.isScript ? "OS_PROJECT_NAME" : "tenantName or OS_PROJECT_NAME"}.`,
      {
        inPulumi: "pulumi config set opentelekomcloud:tenantName eu-de_myproject",
        inScript: "export OS_PROJECT_NAME=eu-de_myproject",
      },
    );
  }
  return project.id === undefined
    ? project
    : { id: withSettingName("projectId", sources, () => checkIdentifier(project.id)) };
}

function readRegion(place: Place, sources: Sources, project: NameOrId | undefined): string | undefined {
  // Region projects are named after their region: "eu-de" or "eu-de_name".
  const region = place.region ?? sources.find("region")?.value ?? project?.name?.split("_")[0];
  return region === undefined
    ? undefined
    : withSettingName("region", sources, () => (endpointOfRegion("iam", region), region));
}

/** A project of another region contains none of the region's instances. An endpoint that was set may be of any cloud. */
export function refuseForeignRegion(
  project: NameOrId,
  { region, endpoints, isScript }: Pick<Settings, "region" | "endpoints" | "isScript">,
): void {
  const own = project.name === undefined ? undefined : regionOfProject(project.name);
  if (own !== undefined && region !== undefined && own !== region && Object.keys(endpoints).length === 0) {
    throw new SettingsError(
      `the project ${quote(project.name!)} belongs to region ${own}, but the region is set to ${region}: ` +
        `set the region to ${own}, or set a project of ${region} (${describePlaces("projectName", { isScript })}).`,
    );
  }
}

function readEndpoints(place: Place, sources: Sources, url: (text: string) => string): Settings["endpoints"] {
  const endpoints: Settings["endpoints"] = {};
  for (const api of apiNames) {
    const name = `${api}Endpoint` as const;
    const endpoint = place.endpoint ?? sources.find(name)?.value;
    if (endpoint !== undefined) {
      endpoints[api] = withSettingName(name, sources, () => url(endpoint));
    }
  }
  return endpoints;
}

// Placeholders for the region that profiles use in IAM's address.
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
      `no region is set: set ${sources.describePlaces("region")}; or set IAM's address with ${sources.describePlaces("authUrl")}.`,
      { inPulumi: "pulumi config set opentelekomcloud:region eu-de", inScript: "export OS_REGION_NAME=eu-de" },
    );
  }
  const text = found === undefined ? endpointOfRegion("iam", region!) : found.replace(regionPlaceholder, region ?? "");
  return { authUrl: withSettingName("authUrl", sources, () => withVersion(url(text))), authUrlIsSet: !isPattern };
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

function withSettingName<T>(name: SettingName, sources: Sources, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new SettingsError(
      `the setting ${name} ${quote((error as Error).message)} (${sources.describePlaces(name)}).`,
    );
  }
}

function withVersion(authUrl: string): string {
  return authUrl.endsWith("/v3") ? authUrl : `${authUrl}/v3`;
}
