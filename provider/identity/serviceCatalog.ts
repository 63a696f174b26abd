import { z } from "zod";
import { type Api, apis } from "../task/services";
import { SettingsError } from "../task/errors";
import { endpointOfRegion, parseBaseUrl, withoutVersion } from "../http/addresses";
import { quote } from "../output/secrets";
import type { Settings } from "../settings/settings";
import { describePlaces } from "../settings/settingTable";

/** The services' addresses as IAM lists them, in a token or by itself. */
export const catalogShape = z.array(
  z.object({
    type: z.string(),
    endpoints: z.array(z.object({ interface: z.string(), region: z.string().optional(), url: z.string() })),
  }),
);
export type Catalog = z.infer<typeof catalogShape>;

const endpointSettings = { dms: "dmsEndpoint", dcs: "dcsEndpoint" } as const;

/**
 * Whether the catalog has to be asked for an API's address. Without an address of IAM from the user, the region's pattern
 * is as good as a catalog, and costs no request.
 */
export function needsCatalog({ authUrlIsSet, endpoints }: Settings, api: Api): boolean {
  return authUrlIsSet && endpoints[api] === undefined;
}

/** An API's base URL without a version: as set, else from the catalog, else by the region's pattern. */
export function endpointOf(api: Api, settings: Settings, catalog: Catalog | undefined): string {
  const { endpoints, endpointType = "public", region, allowHttp } = settings;
  const endpoint = endpoints[api];
  const catalogTypes: readonly string[] = apis[api].catalogTypes;
  if (endpoint !== undefined) {
    return withoutVersion(endpoint);
  }
  const entry = catalog
    ?.filter(({ type }) => catalogTypes.includes(type))
    .flatMap(({ endpoints }) => endpoints)
    .find(
      (e) => e.interface === endpointType && (region === undefined || e.region === undefined || e.region === region),
    );
  try {
    if (entry) {
      return withoutVersion(parseBaseUrl(entry.url, { allowHttp }));
    }
    if (region !== undefined) {
      return endpointOfRegion(api, region);
    }
  } catch (error) {
    throw new SettingsError(
      `the address of ${api.toUpperCase()} in the service catalog ${quote((error as Error).message)}.`,
    );
  }
  throw new SettingsError(
    `the service catalog has no address of ${api.toUpperCase()}, and no region is set that would tell it: ` +
      `set ${describePlaces(endpointSettings[api])}, or a region.`,
  );
}
