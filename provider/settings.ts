import type { Api } from "./credentials";
import { SettingsError } from "./errors";
import { rememberSecret } from "./secrets";
import { checkIdentifier } from "./identifier";
import { endpointOfRegion, parseBaseUrl } from "./serviceEndpoint";

/** Reads one key of the Pulumi configuration's namespace `opentelekomcloud`. */
export type ReadConfig = (key: string) => string | undefined;

/** What a program may say for one call or resource; it wins over the configuration. Credentials are never among it. */
export interface Place {
  projectId?: string;
  region?: string;
  /** Of the API that is asked. */
  endpoint?: string;
}

export type Credentials =
  { method: "token"; token: string } | { method: "password"; user: NameOrId; domain?: NameOrId; password: string };

export type NameOrId = { id: string; name?: undefined } | { name: string; id?: undefined };

/** Everything that is needed to talk to the service, checked. */
export interface Settings {
  credentials: Credentials;
  /** IAM's base URL, ends in `/v3`. */
  authUrl: string;
  /** Whether `authUrl` was set, as against made from the region's pattern. */
  authUrlIsSet: boolean;
  region?: string;
  project: NameOrId;
  /** Base URLs where they were set; else the catalog or the region's pattern tells. */
  endpoints: { [api in Api]?: string };
}

// Where each setting is looked for: the keys of the bridged Terraform provider's Pulumi configuration first, then the
// environment, where the first variable that is set wins.
// Source: provider.go of terraform-provider-opentelekomcloud; openstacksdk's `*_ENDPOINT_OVERRIDE`.
const sources = {
  authUrl: { config: "authUrl", env: ["OS_AUTH_URL"] },
  region: { config: "region", env: ["OS_REGION_NAME", "OS_REGION"] },
  dmsEndpoint: { config: "dmsEndpointOverride", env: ["OS_DMS_ENDPOINT_OVERRIDE"] },
  dcsEndpoint: { config: "dcsEndpointOverride", env: ["OS_DCS_ENDPOINT_OVERRIDE"] },
  projectId: { config: "tenantId", env: ["OS_TENANT_ID", "OS_PROJECT_ID"] },
  projectName: { config: "tenantName", env: ["OS_TENANT_NAME", "OS_PROJECT_NAME"] },
  token: { config: "token", env: ["OS_TOKEN", "OS_AUTH_TOKEN"] },
  userId: { config: "userId", env: ["OS_USER_ID"] },
  userName: { config: "userName", env: ["OS_USERNAME"] },
  password: { config: "password", env: ["OS_PASSWORD"] },
  domainId: { config: "domainId", env: ["OS_USER_DOMAIN_ID", "OS_PROJECT_DOMAIN_ID", "OS_DOMAIN_ID"] },
  domainName: {
    config: "domainName",
    env: ["OS_USER_DOMAIN_NAME", "OS_PROJECT_DOMAIN_NAME", "OS_DOMAIN_NAME", "OS_DEFAULT_DOMAIN"],
  },
};

type SettingName = keyof typeof sources;

/**
 * Finds the settings: `place` first, then the Pulumi configuration, then the environment.
 *
 * @throws SettingsError that names what is missing or malformed, and where it can be set.
 */
export function readSettings(place: Place, readConfig: ReadConfig, env: NodeJS.ProcessEnv): Settings {
  const fromConfig = (name: SettingName) => readConfig(sources[name].config) || undefined;
  const fromEnv = (name: SettingName) => sources[name].env.map((variable) => env[variable]).find(Boolean);
  const find = (name: SettingName) => fromConfig(name) ?? fromEnv(name);
  // An id and a name of the same thing come from one source, so that a name in the configuration is not overruled by
  // an id that happens to be in the environment.
  const findEither = (id: SettingName, name: SettingName): NameOrId | undefined => {
    for (const from of [fromConfig, fromEnv]) {
      const found = from(id) ? { id: from(id)! } : from(name) ? { name: from(name)! } : undefined;
      if (found) {
        return found;
      }
    }
    return undefined;
  };

  const project = place.projectId ? { id: place.projectId } : findEither("projectId", "projectName");
  if (!project) {
    throw new SettingsError(
      `no project is set: give ${placesOf("projectId")}, or its name by ${placesOf("projectName")}.`,
    );
  }
  // Region projects are named after their region: "eu-de" or "eu-de_name".
  const region = place.region ?? find("region") ?? project.name?.split("_")[0];
  const authUrl = find("authUrl");
  const endpoints: Settings["endpoints"] = {};
  for (const [api, name] of [
    ["dms", "dmsEndpoint"],
    ["dcs", "dcsEndpoint"],
  ] as const) {
    const endpoint = place.endpoint ?? find(name);
    if (endpoint !== undefined) {
      endpoints[api] = checked(name, () => parseBaseUrl(endpoint));
    }
  }
  if (!authUrl && !region) {
    throw new SettingsError(
      `no region is set: give ${placesOf("region")}, or IAM's address by ${placesOf("authUrl")}.`,
    );
  }
  return {
    credentials: readCredentials(find, findEither),
    authUrl: checked("authUrl", () => withVersion(parseBaseUrl(authUrl ?? endpointOfRegion("iam", region!)))),
    authUrlIsSet: authUrl !== undefined,
    region: region === undefined ? undefined : checked("region", () => (endpointOfRegion("iam", region), region)),
    project: project.id === undefined ? project : { id: checked("projectId", () => checkIdentifier(project.id)) },
    endpoints,
  };
}

function readCredentials(
  find: (name: SettingName) => string | undefined,
  findEither: (id: SettingName, name: SettingName) => NameOrId | undefined,
): Credentials {
  const token = find("token");
  if (token) {
    rememberSecret(token);
    return { method: "token", token };
  }
  const user = findEither("userId", "userName");
  const domain = findEither("domainId", "domainName");
  const password = find("password");
  if (password) {
    rememberSecret(password);
  }
  // A user's name is unique within its domain only; an id is unique by itself.
  if (user && password && (domain || user.id !== undefined)) {
    return { method: "password", user, domain, password };
  }
  if (!user && !password) {
    throw new SettingsError(
      `no credentials are set: give a token (${placesOf("token")}), or a user's name (${placesOf("userName")}), ` +
        `password (${placesOf("password")}) and domain (${placesOf("domainName")}).`,
    );
  }
  const missing: SettingName = !user ? "userName" : !password ? "password" : "domainName";
  throw new SettingsError(`the credentials are incomplete: ${missing} is not set: give ${placesOf(missing)}.`);
}

/** "opentelekomcloud:region in the Pulumi configuration, or OS_REGION_NAME or OS_REGION in the environment" */
function placesOf(name: SettingName): string {
  const { config, env } = sources[name];
  return `opentelekomcloud:${config} in the Pulumi configuration or ${env.join(" or ")} in the environment`;
}

function checked<T>(name: SettingName, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new SettingsError(`the setting ${name} ${(error as Error).message} (${placesOf(name)}).`);
  }
}

function withVersion(authUrl: string): string {
  return authUrl.endsWith("/v3") ? authUrl : `${authUrl}/v3`;
}
