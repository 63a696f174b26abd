import type { CloudSite } from "../http/cloudHosts";
import { readConnection } from "./connectionSettings";
import { isOfAnother, readCredentials } from "./credentialSettings";
import type { CloudProvider } from "../task/cloudProviders";
import { parseBaseUrl } from "../http/addresses";
import { readAuthUrl, readEndpoints, readEndpointType, readRegion, readSite } from "./addressSettings";
import { rememberHostOrigins } from "./hostOrigins";
import { MissingSettings } from "./missingSettings";
import { quote } from "../output/secrets";
import { readAgency, readProject, refuseForeignRegion } from "./projectSettings";
import type { ReadConfig } from "./settingSource";
import type { Place, Settings } from "./foundSettings";
import { type Environment, findSources, type Sources } from "./settingSources";
import type { Naming } from "./settingNaming";
import { placesOf, settingNames } from "./settingTable";
import { readFlag } from "./settingValues";
import type { Folders } from "./cloudsFile";
export { refuseForeignRegion } from "./projectSettings";
export type { ReadConfig } from "./settingSource";
export type { Agency, Place, Settings } from "./foundSettings";

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
  const sources = findSources(place, readConfig, env, folders);
  const site = readSite(sources);
  const naming: Naming & CloudSite = { ...(sources.isScript && { isScript: true }), ...site };
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
  const auth = missing.collect(() => readAuthUrl(sources, region, url, { isNeeded: needsIam, ...site }));
  missing.throwIfAny(sources);
  refuseForeignRegion(project!, { region, endpoints, ...naming });
  rememberHostOrigins(place, sources, { ...auth!, ...site, region, endpoints });
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
    ...naming,
    origins: originsOf(place, sources),
  };
}

/**
 * Whose settings count for a place.
 *
 * @throws SettingsError if the names that are set do not tell.
 */
export function cloudOf(place: Place, readConfig: ReadConfig | undefined, env: Environment): CloudProvider {
  return findSources(place, readConfig, env).cloudProvider;
}

function originsOf(place: Place, sources: Sources): string[] {
  const given = Object.entries({ ...place } as { [name: string]: unknown }).flatMap(([name, value]) =>
    ["cloud", "cloudProvider", "projectId", "region", "endpoint"].includes(name) && typeof value === "string"
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
