import { z } from "zod";
import { type Api, apis } from "../task/services";
import { SettingsError } from "../task/errors";
import { endpointOfRegion, parseBaseUrl, withoutVersion } from "../http/addresses";
import { hostNames } from "../http/hostNames";
import { quote } from "../output/secrets";
import type { Settings } from "../settings/settings";
import { describePlaces } from "../settings/settingNaming";

/** The services' addresses as IAM lists them, in a token or by itself. */
export const catalogShape = z.array(
  z.object({
    type: z.string(),
    endpoints: z.array(z.object({ interface: z.string(), region: z.string().optional(), url: z.string() })),
  }),
);
export type Catalog = z.infer<typeof catalogShape>;

/**
 * Whether an API's address must be read from the catalog. If the user sets no address of IAM, the region's pattern serves as well
 * and needs no request.
 */
export function needsCatalog({ authUrlIsSet, endpoints }: Settings, api: Api): boolean {
  return authUrlIsSet && endpoints[api] === undefined;
}

/** An API's base URL without a version: as set, else from the catalog, else from the region's pattern. */
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
      const url = withoutVersion(parseBaseUrl(entry.url, { allowHttp }));
      hostNames.rememberOrigin(url, `the address in the service catalog (${describeScope(settings)})`);
      return url;
    }
    if (region !== undefined) {
      return endpointOfRegion(api, region, settings);
    }
  } catch (error) {
    throw new SettingsError(
      `the address of ${api.toUpperCase()} in the service catalog ${quote((error as Error).message)}.`,
    );
  }
  throw new SettingsError(
    `the service catalog has no address of ${api.toUpperCase()}, and no region is set to derive it from: ` +
      `set ${describePlaces(`${api}Endpoint`, settings)}, or set a region.`,
  );
}

/** What the catalog was read for: "region eu-de, project shop". */
function describeScope({ project, region }: Settings): string {
  const name = quote(project.name ?? project.id);
  return region === undefined ? `project ${name}` : `region ${quote(region)}, project ${name}`;
}
