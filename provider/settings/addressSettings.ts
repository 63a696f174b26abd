import { endpointOfRegion } from "../http/addresses";
import { type CloudSite, isHuaweiHost } from "../http/cloudHosts";
import { quote } from "../output/secrets";
import { SettingsError } from "../task/errors";
import { apiNames } from "../task/services";
import type { NameOrId } from "./credentialSettings";
import { MissingSetting } from "./missingSettings";
import type { EndpointType, Place, Settings } from "./foundSettings";
import { remedyOf } from "./settingNaming";
import type { Found } from "./settingSource";
import type { Sources } from "./settingSources";
import type { SettingName } from "./settingTable";

/** Whose hosts are meant, if not Open Telekom Cloud's. */
export function readSite(sources: Sources): CloudSite {
  if (sources.cloudProvider !== "huaweicloud") {
    return {};
  }
  const found = sources.find("cloudDomain");
  if (found && !/^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(found.value)) {
    throw new SettingsError(
      `the setting cloudDomain must be a domain such as "myhuaweicloud.com", but is ${JSON.stringify(quote(found.value))} (${found.place}).`,
    );
  }
  return { cloudProvider: "huaweicloud", ...(found && { cloudDomain: found.value.toLowerCase() }) };
}

export function readRegion(place: Place, sources: Sources, project: NameOrId | undefined): string | undefined {
  // Region projects are named after their region: "eu-de" or "eu-de_name".
  const region = place.region ?? sources.find("region")?.value ?? project?.name?.split("_")[0];
  return region === undefined
    ? undefined
    : withSettingName("region", sources, () => (endpointOfRegion("iam", region), region));
}

export function readEndpoints(place: Place, sources: Sources, url: (text: string) => string): Settings["endpoints"] {
  const endpoints: Settings["endpoints"] = {};
  for (const api of apiNames) {
    const name = `${api}Endpoint` as const;
    const endpoint = place.endpoint ?? sources.find(name)?.value;
    if (endpoint !== undefined) {
      endpoints[api] = withSettingName(name, sources, () => url(withScheme(endpoint, sources)));
    }
  }
  return endpoints;
}

/** Huawei Cloud's provider accepts a host alone (flattenProviderEndpoints in its provider.go). */
function withScheme(endpoint: string, { cloudProvider }: Sources): string {
  return cloudProvider === "huaweicloud" && !endpoint.startsWith("http") ? `https://${endpoint}` : endpoint;
}

// Placeholders for the region that profiles use in IAM's address.
const regionPlaceholder = /\{region(_name)?\}|%\(region_name\)s/g;

/**
 * IAM's address. Huawei Cloud's provider never reads the catalog: any address of the cloud's own IAM, global or of a region,
 * goes with the region's pattern for the other hosts (newServiceClientByName in config.go).
 */
export function readAuthUrl(
  sources: Sources,
  region: string | undefined,
  url: (text: string) => string,
  { isNeeded, ...site }: { isNeeded: boolean } & CloudSite,
): Pick<Settings, "authUrl" | "authUrlIsSet"> {
  const found = sources.find("authUrl")?.value;
  const isPattern = found === undefined || found.search(regionPlaceholder) >= 0;
  if (isPattern && region === undefined) {
    if (!isNeeded) {
      return { authUrlIsSet: false };
    }
    throw new MissingSetting(
      `no region is set: set ${sources.describePlaces("region")}; or set IAM's address with ${sources.describePlaces("authUrl")}.`,
      remedyOf("region", site.cloudProvider === "huaweicloud" ? "eu-west-101" : "eu-de", site.cloudProvider),
    );
  }
  const text =
    found === undefined ? endpointOfRegion("iam", region!, site) : found.replace(regionPlaceholder, region ?? "");
  const authUrl = withSettingName("authUrl", sources, () => withVersion(url(text)));
  const isOwn = site.cloudProvider === "huaweicloud" && isHuaweiHost(new URL(authUrl).hostname, site);
  return { authUrl, authUrlIsSet: !isPattern && !isOwn };
}

export function readEndpointType(sources: Sources): Pick<Settings, "endpointType"> {
  const found: Found | undefined = sources.find("endpointType");
  const type = found?.value.replace(/URL$/, "");
  if (found && type !== "public" && type !== "internal" && type !== "admin") {
    throw new SettingsError(
      `the setting endpointType must be public, internal or admin, but is ${JSON.stringify(quote(found.value))} (${found.place}).`,
    );
  }
  return type === undefined ? {} : { endpointType: type as EndpointType };
}

export function withSettingName<T>(name: SettingName, sources: Sources, read: () => T): T {
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
