/** Where one setting is searched for, in the order of the lists. The first that is set takes precedence. */
interface SettingPlaces {
  /** Keys of the Pulumi configuration's namespace `opentelekomcloud`. */
  config: readonly string[];
  /** Environment variables. */
  env: readonly string[];
  /** Paths in an entry of clouds.yaml. */
  clouds: readonly string[];
  isSecret?: true;
  /** One line, sent in a header or used to sign. A line end, as of the file it was read from, is removed. */
  isOneLine?: true;
}

/**
 * All settings. The configuration's keys are those of the bridged Terraform provider, if it has one.
 * docs/configuration.md shows this table, and a test compares the two.
 *
 * Source: provider.go of terraform-provider-opentelekomcloud; loader.go and auth_env.go of gophertelekomcloud;
 * "Configuring OpenStack SDK Applications" of openstacksdk, and python-otcextensions' page on configuration.
 * AWS_ACCESS_KEY_ID, which the Go SDK reads too, is ignored: with Pulumi it is the key of the state's S3 bucket.
 */
const settingTable = {
  cloud: { config: ["cloud"], env: ["OS_CLOUD"], clouds: [] },
  authUrl: { config: ["authUrl"], env: ["OS_AUTH_URL"], clouds: ["auth.auth_url"] },
  region: { config: ["region"], env: ["OS_REGION_NAME", "OS_REGION"], clouds: ["region_name", "regions"] },
  projectId: {
    config: ["tenantId"],
    env: ["OS_TENANT_ID", "OS_PROJECT_ID"],
    clouds: ["auth.project_id", "auth.tenant_id"],
  },
  projectName: {
    config: ["tenantName"],
    env: ["OS_TENANT_NAME", "OS_PROJECT_NAME"],
    clouds: ["auth.project_name", "auth.tenant_name"],
  },
  authType: { config: [], env: ["OS_AUTH_TYPE"], clouds: ["auth_type"] },
  token: {
    config: ["token"],
    env: ["OS_TOKEN", "OS_AUTH_TOKEN"],
    clouds: ["auth.token"],
    isSecret: true,
    isOneLine: true,
  },
  accessKey: {
    config: ["accessKey"],
    env: ["OS_ACCESS_KEY", "OS_ACCESS_KEY_ID", "OS_AK"],
    clouds: ["auth.ak", "auth.access_key", "ak", "access_key"],
    isOneLine: true,
  },
  secretKey: {
    config: ["secretKey"],
    env: ["OS_SECRET_KEY", "OS_ACCESS_KEY_SECRET", "OS_SK"],
    clouds: ["auth.sk", "auth.secret_key", "sk", "secret_key"],
    isSecret: true,
    isOneLine: true,
  },
  securityToken: {
    config: ["securityToken"],
    env: ["OS_SECURITY_TOKEN", "OS_ST"],
    clouds: ["auth.security_token", "security_token"],
    isSecret: true,
    isOneLine: true,
  },
  userId: { config: ["userId"], env: ["OS_USER_ID"], clouds: ["auth.user_id"] },
  userName: { config: ["userName"], env: ["OS_USERNAME"], clouds: ["auth.username"] },
  password: { config: ["password"], env: ["OS_PASSWORD"], clouds: ["auth.password"], isSecret: true },
  passcode: { config: ["passcode"], env: ["OS_PASSCODE"], clouds: ["auth.passcode"], isSecret: true },
  // In the order user, project, general: an id and a name at the same index mean the same domain.
  domainId: {
    config: ["domainId"],
    env: ["OS_USER_DOMAIN_ID", "OS_PROJECT_DOMAIN_ID", "OS_DOMAIN_ID"],
    clouds: ["auth.user_domain_id", "auth.project_domain_id", "auth.domain_id", "auth.default_domain"],
  },
  domainName: {
    config: ["domainName"],
    env: ["OS_USER_DOMAIN_NAME", "OS_PROJECT_DOMAIN_NAME", "OS_DOMAIN_NAME", "OS_DEFAULT_DOMAIN"],
    clouds: ["auth.user_domain_name", "auth.project_domain_name", "auth.domain_name"],
  },
  agencyName: {
    config: ["agencyName"],
    env: ["OS_AGENCY_NAME", "OS_TARGET_AGENCY_NAME"],
    clouds: ["auth.target_agency_name", "auth.agency_name"],
  },
  agencyDomainId: {
    config: ["agencyDomainId"],
    env: ["OS_AGENCY_DOMAIN_ID", "OS_TARGET_DOMAIN_ID"],
    clouds: ["auth.target_domain_id"],
  },
  agencyDomainName: {
    config: ["agencyDomainName"],
    env: ["OS_AGENCY_DOMAIN_NAME", "OS_TARGET_DOMAIN_NAME"],
    clouds: ["auth.target_domain_name"],
  },
  delegatedProjectId: {
    config: ["delegatedProjectId"],
    env: ["OS_DELEGATED_PROJECT_ID", "OS_TARGET_PROJECT_ID"],
    clouds: ["auth.target_project_id"],
  },
  delegatedProjectName: {
    config: ["delegatedProject"],
    env: ["OS_DELEGATED_PROJECT", "OS_TARGET_PROJECT_NAME"],
    clouds: ["auth.target_project_name"],
  },
  dmsEndpoint: {
    config: ["dmsEndpointOverride"],
    env: ["OS_DMS_ENDPOINT_OVERRIDE"],
    clouds: ["dms_endpoint_override"],
  },
  dcsEndpoint: {
    config: ["dcsEndpointOverride"],
    env: ["OS_DCS_ENDPOINT_OVERRIDE"],
    clouds: ["dcs_endpoint_override"],
  },
  endpointType: {
    config: ["endpointType"],
    env: ["OS_ENDPOINT_TYPE", "OS_INTERFACE"],
    clouds: ["endpoint_type", "interface"],
  },
  caCert: { config: ["cacertFile"], env: ["OS_CACERT"], clouds: ["cacert"] },
  clientCert: { config: ["cert"], env: ["OS_CERT"], clouds: ["cert"] },
  clientKey: { config: ["key"], env: ["OS_KEY"], clouds: ["key"], isSecret: true },
  insecure: { config: ["insecure"], env: ["OS_INSECURE"], clouds: ["insecure"] },
  verify: { config: [], env: [], clouds: ["verify"] },
  allowHttp: { config: ["allowHttp"], env: ["PULUMI_OTC_ALLOW_HTTP"], clouds: ["allow_http"] },
  requestTimeout: { config: ["requestTimeout"], env: ["OS_REQUEST_TIMEOUT"], clouds: ["api_timeout"] },
} as const satisfies { [setting: string]: SettingPlaces };

export type SettingName = keyof typeof settingTable;

export const settingNames = Object.keys(settingTable) as SettingName[];

export function placesOf(name: SettingName): SettingPlaces {
  return settingTable[name];
}

/** Whether the program is a plain script: it runs without a Pulumi engine, so there is no Pulumi configuration. */
export interface ScriptFlag {
  isScript?: true;
}

/** "opentelekomcloud:region in the Pulumi configuration, OS_REGION_NAME or OS_REGION in the environment, or ..." */
export function describePlaces(name: SettingName, { isScript }: ScriptFlag): string {
  const { config, env, clouds } = placesOf(name);
  const [cloudPath] = clouds;
  const places = [
    !isScript &&
      config.length > 0 &&
      `${config.map((key) => `opentelekomcloud:${key}`).join(" or ")} in the Pulumi configuration`,
    env.length > 0 && `${env.join(" or ")} in the environment`,
    cloudPath && `${cloudPath} in clouds.yaml`,
  ].filter((place) => typeof place === "string");
  return places.length > 1 ? `${places.slice(0, -1).join(", ")}, or ${places.at(-1)}` : places.join("");
}
