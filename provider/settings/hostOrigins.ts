import { endpointOfRegion } from "../http/addresses";
import { hostNames } from "../http/hostNames";
import { quote } from "../output/secrets";
import { type Api, apiNames } from "../task/services";
import type { CloudSite } from "../http/cloudHosts";
import type { Found } from "./settingSource";
import type { Sources } from "./settingSources";

/** Arguments of the call or resource. */
interface Given {
  region?: string;
  endpoint?: string;
}

interface Addresses extends CloudSite {
  region?: string;
  authUrl?: string;
  authUrlIsSet: boolean;
  endpoints: { [api in Api]?: string };
}

/** Remembers which setting names each host, for the error about a host that does not exist. */
export function rememberHostOrigins(
  given: Given,
  sources: Sources,
  { region, authUrl, authUrlIsSet, endpoints, ...site }: Addresses,
): void {
  if (region !== undefined) {
    const origin = originOfRegion(given, sources, region);
    const ofIam = authUrl === undefined || authUrlIsSet ? [] : [authUrl];
    for (const url of [...ofIam, ...apiNames.map((api) => endpointOfRegion(api, region, site))]) {
      hostNames.rememberOrigin(url, origin);
    }
  }
  if (authUrl !== undefined && authUrlIsSet) {
    hostNames.rememberOrigin(authUrl, `the setting authUrl (${sources.find("authUrl")!.place})`);
  }
  for (const api of apiNames) {
    const url = endpoints[api];
    const setting = `${api}Endpoint` as const;
    if (url !== undefined) {
      const found = given.endpoint === undefined ? sources.find(setting) : undefined;
      hostNames.rememberOrigin(url, found ? `the setting ${setting} (${found.place})` : "the argument endpoint");
    }
  }
}

function originOfRegion(given: Given, sources: Sources, region: string): string {
  const found: Found | undefined = sources.find("region");
  if (given.region !== undefined) {
    return `the region ${quote(region)} (argument)`;
  }
  return found
    ? `the region ${quote(region)} (${found.place})`
    : `the region ${quote(region)} (the beginning of the project's name)`;
}
