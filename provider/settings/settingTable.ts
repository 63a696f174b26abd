import { type CloudProvider, defaultCloudProvider } from "../task/cloudProviders";
import type { SettingPlaces, SettingRow } from "./settingRow";

/** The namespace of the Pulumi configuration for what is no cloud's setting. */
export const ownNamespace = "otc-background-task";

const none = { config: [], env: [], clouds: [] } as const;

/**
 * All settings. The configuration's keys are those of the bridged Terraform provider, if it has one.
 * docs/configuration.md shows this table, and a test compares the two.
 *
 * Source: provider.go of terraform-provider-opentelekomcloud; loader.go and auth_env.go of gophertelekomcloud;
 * "Configuring OpenStack SDK Applications" of openstacksdk, and python-otcextensions' page on configuration.
 * AWS_ACCESS_KEY_ID, which the Go SDK reads too, is ignored: with Pulumi it is the key of the state's S3 bucket.
 *
 * Source of `huaweicloud`: provider.go of terraform-provider-huaweicloud, whose order is kept: it reads OS_* where HW_* is not
 * set, and project_id before tenant_id. "endpoints" and "assume_role" are objects there. Bridged, a list may be called
 * "assumeRoles". Source of `profile`: readConfig in provider.go, and the type Profile in auth.go.
 */
const settingTable = {
  // Which cloud's names count, if those that are set do not tell.
  cloudProvider: {
    config: [`${ownNamespace}:cloudProvider`],
    env: ["PULUMI_OTC_CLOUD_PROVIDER"],
    huaweicloud: { config: [`${ownNamespace}:cloudProvider`], env: ["PULUMI_OTC_CLOUD_PROVIDER"] },
    clouds: ["cloud_provider"],
    isShared: true,
  },
  // The file that Huawei Cloud's command line writes, and the profile in it. Default: ~/.hcloud/config.json, its current one.
  sharedConfigFile: { ...none, huaweicloud: { config: ["sharedConfigFile"], env: ["HW_SHARED_CONFIG_FILE"] } },
  profile: { ...none, huaweicloud: { config: ["profile"], env: ["HW_PROFILE"] } },
  cloud: { config: ["cloud"], env: ["OS_CLOUD"], clouds: [], huaweicloud: { config: [], env: ["OS_CLOUD"] } },
  authUrl: {
    config: ["authUrl"],
    env: ["OS_AUTH_URL"],
    clouds: ["auth.auth_url"],
    huaweicloud: { config: ["authUrl"], env: ["HW_AUTH_URL", "OS_AUTH_URL"] },
  },
  // Huawei Cloud's argument "cloud" is the domain of its hosts.
  cloudDomain: { ...none, huaweicloud: { config: ["cloud"], env: ["HW_CLOUD"] } },
  region: {
    config: ["region"],
    env: ["OS_REGION_NAME", "OS_REGION"],
    clouds: ["region_name", "regions"],
    huaweicloud: { config: ["region"], env: ["HW_REGION_NAME", "OS_REGION_NAME"] },
    profile: ["region"],
  },
  projectId: {
    config: ["tenantId"],
    env: ["OS_TENANT_ID", "OS_PROJECT_ID"],
    clouds: ["auth.project_id", "auth.tenant_id"],
    huaweicloud: { config: ["projectId", "tenantId"], env: ["HW_PROJECT_ID", "OS_PROJECT_ID", "OS_TENANT_ID"] },
    profile: ["projectId"],
  },
  projectName: {
    config: ["tenantName"],
    env: ["OS_TENANT_NAME", "OS_PROJECT_NAME"],
    clouds: ["auth.project_name", "auth.tenant_name"],
    huaweicloud: {
      config: ["projectName", "tenantName"],
      env: ["HW_PROJECT_NAME", "OS_PROJECT_NAME", "OS_TENANT_NAME"],
    },
  },
  authType: { config: [], env: ["OS_AUTH_TYPE"], clouds: ["auth_type"] },
  token: {
    config: ["token"],
    env: ["OS_TOKEN", "OS_AUTH_TOKEN"],
    clouds: ["auth.token"],
    isSecret: true,
    isOneLine: true,
    huaweicloud: { config: ["token"], env: ["HW_AUTH_TOKEN", "OS_AUTH_TOKEN"] },
  },
  accessKey: {
    config: ["accessKey"],
    env: ["OS_ACCESS_KEY", "OS_ACCESS_KEY_ID", "OS_AK"],
    clouds: ["auth.ak", "auth.access_key", "ak", "access_key"],
    isOneLine: true,
    huaweicloud: { config: ["accessKey"], env: ["HW_ACCESS_KEY", "OS_ACCESS_KEY"] },
    profile: ["accessKeyId"],
  },
  secretKey: {
    config: ["secretKey"],
    env: ["OS_SECRET_KEY", "OS_ACCESS_KEY_SECRET", "OS_SK"],
    clouds: ["auth.sk", "auth.secret_key", "sk", "secret_key"],
    isSecret: true,
    isOneLine: true,
    huaweicloud: { config: ["secretKey"], env: ["HW_SECRET_KEY", "OS_SECRET_KEY"] },
    profile: ["secretAccessKey"],
  },
  securityToken: {
    config: ["securityToken"],
    env: ["OS_SECURITY_TOKEN", "OS_ST"],
    clouds: ["auth.security_token", "security_token"],
    isSecret: true,
    isOneLine: true,
    huaweicloud: { config: ["securityToken"], env: ["HW_SECURITY_TOKEN"] },
    profile: ["securityToken"],
  },
  userId: {
    config: ["userId"],
    env: ["OS_USER_ID"],
    clouds: ["auth.user_id"],
    huaweicloud: { config: ["userId"], env: ["HW_USER_ID", "OS_USER_ID"] },
  },
  userName: {
    config: ["userName"],
    env: ["OS_USERNAME"],
    clouds: ["auth.username"],
    huaweicloud: { config: ["userName"], env: ["HW_USER_NAME", "OS_USERNAME"] },
  },
  password: {
    config: ["password"],
    env: ["OS_PASSWORD"],
    clouds: ["auth.password"],
    isSecret: true,
    huaweicloud: { config: ["password"], env: ["HW_USER_PASSWORD", "OS_PASSWORD"] },
  },
  passcode: { config: ["passcode"], env: ["OS_PASSCODE"], clouds: ["auth.passcode"], isSecret: true },
  // In the order user, project, general: an id and a name at the same index mean the same domain.
  domainId: {
    config: ["domainId"],
    env: ["OS_USER_DOMAIN_ID", "OS_PROJECT_DOMAIN_ID", "OS_DOMAIN_ID"],
    clouds: ["auth.user_domain_id", "auth.project_domain_id", "auth.domain_id", "auth.default_domain"],
    huaweicloud: {
      config: ["domainId"],
      env: ["HW_DOMAIN_ID", "OS_DOMAIN_ID", "OS_USER_DOMAIN_ID", "OS_PROJECT_DOMAIN_ID"],
    },
    profile: ["domainId"],
  },
  domainName: {
    config: ["domainName"],
    env: ["OS_USER_DOMAIN_NAME", "OS_PROJECT_DOMAIN_NAME", "OS_DOMAIN_NAME", "OS_DEFAULT_DOMAIN"],
    clouds: ["auth.user_domain_name", "auth.project_domain_name", "auth.domain_name"],
    huaweicloud: {
      config: ["domainName"],
      env: ["HW_DOMAIN_NAME", "OS_DOMAIN_NAME", "OS_USER_DOMAIN_NAME", "OS_PROJECT_DOMAIN_NAME"],
    },
  },
  agencyName: {
    isAddition: true,
    config: ["agencyName"],
    env: ["OS_AGENCY_NAME", "OS_TARGET_AGENCY_NAME"],
    clouds: ["auth.target_agency_name", "auth.agency_name"],
    huaweicloud: {
      config: ["assumeRole.agencyName", "assumeRoles.agencyName", "agencyName"],
      env: ["HW_ASSUME_ROLE_AGENCY_NAME", "OS_AGENCY_NAME"],
    },
    profile: ["agencyName"],
  },
  agencyDomainId: {
    isAddition: true,
    config: ["agencyDomainId"],
    env: ["OS_AGENCY_DOMAIN_ID", "OS_TARGET_DOMAIN_ID"],
    clouds: ["auth.target_domain_id"],
    huaweicloud: { config: ["assumeRole.domainId", "assumeRoles.domainId"], env: ["HW_ASSUME_ROLE_DOMAIN_ID"] },
    profile: ["agencyDomainId"],
  },
  agencyDomainName: {
    isAddition: true,
    config: ["agencyDomainName"],
    env: ["OS_AGENCY_DOMAIN_NAME", "OS_TARGET_DOMAIN_NAME"],
    clouds: ["auth.target_domain_name"],
    huaweicloud: {
      config: ["assumeRole.domainName", "assumeRoles.domainName", "agencyDomainName"],
      env: ["HW_ASSUME_ROLE_DOMAIN_NAME", "OS_AGENCY_DOMAIN_NAME"],
    },
    profile: ["agencyDomainName"],
  },
  delegatedProjectId: {
    isAddition: true,
    config: ["delegatedProjectId"],
    env: ["OS_DELEGATED_PROJECT_ID", "OS_TARGET_PROJECT_ID"],
    clouds: ["auth.target_project_id"],
  },
  delegatedProjectName: {
    isAddition: true,
    config: ["delegatedProject"],
    env: ["OS_DELEGATED_PROJECT", "OS_TARGET_PROJECT_NAME"],
    clouds: ["auth.target_project_name"],
    huaweicloud: { config: ["delegatedProject"], env: ["OS_DELEGATED_PROJECT"] },
  },
  dmsEndpoint: {
    config: ["dmsEndpointOverride"],
    env: ["OS_DMS_ENDPOINT_OVERRIDE"],
    clouds: ["dms_endpoint_override"],
    huaweicloud: { config: ["endpoints.dms", "endpoints.dmsv2"], env: [] },
  },
  dcsEndpoint: {
    config: ["dcsEndpointOverride"],
    env: ["OS_DCS_ENDPOINT_OVERRIDE"],
    clouds: ["dcs_endpoint_override"],
    huaweicloud: { config: ["endpoints.dcs", "endpoints.dcsv2"], env: [] },
  },
  endpointType: {
    isShared: true,
    config: ["endpointType"],
    env: ["OS_ENDPOINT_TYPE", "OS_INTERFACE"],
    clouds: ["endpoint_type", "interface"],
  },
  caCert: {
    isShared: true,
    config: ["cacertFile"],
    env: ["OS_CACERT"],
    clouds: ["cacert"],
    huaweicloud: { config: ["cacertFile"], env: ["OS_CACERT"] },
  },
  clientCert: {
    isShared: true,
    config: ["cert"],
    env: ["OS_CERT"],
    clouds: ["cert"],
    huaweicloud: { config: ["cert"], env: ["OS_CERT"] },
  },
  clientKey: {
    isShared: true,
    config: ["key"],
    env: ["OS_KEY"],
    clouds: ["key"],
    isSecret: true,
    huaweicloud: { config: ["key"], env: ["OS_KEY"] },
  },
  insecure: {
    isShared: true,
    config: ["insecure"],
    env: ["OS_INSECURE"],
    clouds: ["insecure"],
    huaweicloud: { config: ["insecure"], env: ["HW_INSECURE", "OS_INSECURE"] },
  },
  verify: { isShared: true, config: [], env: [], clouds: ["verify"] },
  allowHttp: {
    isShared: true,
    config: ["allowHttp"],
    env: ["PULUMI_OTC_ALLOW_HTTP"],
    clouds: ["allow_http"],
    huaweicloud: { config: [], env: ["PULUMI_OTC_ALLOW_HTTP"] },
  },
  requestTimeout: {
    isShared: true,
    config: ["requestTimeout"],
    env: ["OS_REQUEST_TIMEOUT"],
    clouds: ["api_timeout"],
    huaweicloud: { config: [], env: ["OS_REQUEST_TIMEOUT"] },
  },
} as const satisfies { [setting: string]: SettingRow };

export type SettingName = keyof typeof settingTable;

export const settingNames = Object.keys(settingTable) as SettingName[];

export function placesOf(name: SettingName, cloudProvider: CloudProvider = defaultCloudProvider): SettingPlaces {
  const { huaweicloud = { config: [], env: [] }, profile = [], ...row }: SettingRow = settingTable[name];
  return cloudProvider === "huaweicloud" ? { ...row, ...huaweicloud, profile } : { ...row, profile: [] };
}
