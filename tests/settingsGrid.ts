import type { Emulator } from "../emulator";
import { placesOf, type SettingName } from "../provider/settings/settingTable";
import type { CloudProvider } from "../provider/task/cloudProviders";

// Settings in every source, for every method, and sources that contradict each other: one table for the program
// (unit tests) and for the provider process. Whoever is taken must be the identity, the project and the endpoint that the
// case names; a second account, on a server of its own, is there to be wrong.

export type Values = { [setting in SettingName]?: string };
export type Method = (typeof methods)[number];
type SourceName = (typeof sourceNames)[number];

/** What each source holds; `argument` is the entry of clouds.yaml that the call's own argument names. */
export type Held = {
  config?: Values;
  env?: Values;
  clouds?: Values;
  argument?: Values;
  /** The current profile of the file of Huawei Cloud's command line, which the environment names. */
  profile?: Values;
  /** Variables that are another cloud's. */
  otherNames?: { [name: string]: string };
};

export interface GridCase {
  title: string;
  /** Whose names are set. Default: Open Telekom Cloud's. */
  cloudProvider?: CloudProvider;
  method: Method;
  /** `right` and `wrong` are the settings of the two accounts, for the case's method. */
  hold: (right: Values, wrong: Values, also: Emulator) => Held;
  place?: (right: Emulator) => { projectId?: string; region?: string; endpoint?: string };
}

const methods = [
  "token",
  "access key",
  "temporary access key",
  "password, user by name",
  "password, user by id",
  "password and passcode",
  "agency by token",
  "agency by access key",
  "agency by password",
] as const;

const sourceNames = ["config", "env", "clouds", "argument"] as const;

const alone = sourceNames.flatMap((source) =>
  methods.map((method): GridCase => ({
    title: `${method} in ${source}`,
    method,
    hold: (right) => ({ [source]: right }),
  })),
);

const inOrder: [SourceName, SourceName][] = [
  ["argument", "config"],
  ["argument", "env"],
  ["config", "env"],
  ["config", "clouds"],
  ["env", "clouds"],
];

const conflicts = inOrder.flatMap(([first, second]) =>
  (["access key", "password, user by name"] as const).map((method): GridCase => ({
    title: `${method} in ${first}, against another account's in ${second}`,
    method,
    hold: (right, wrong) => ({ [first]: right, [second]: wrong }),
  })),
);

const without = (values: Values, ...names: SettingName[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => !names.includes(name as SettingName)));
const only = (values: Values, ...names: SettingName[]): Values =>
  Object.fromEntries(Object.entries(values).filter(([name]) => names.includes(name as SettingName)));

const mixtures: GridCase[] = [
  {
    title: "password in config, against another account's token in env",
    method: "password, user by name",
    hold: (right, wrong) => ({ config: right, env: { ...wrong, token: "of-another" } }),
  },
  {
    title: "token before access key before password, all in env",
    method: "token",
    hold: (right, wrong, also) => ({ env: { ...wrong, accessKey: also.accessKey, secretKey: "x", ...right } }),
  },
  {
    title: "access key before password, both in env",
    method: "access key",
    hold: (right, wrong) => ({ env: { ...right, userName: "other", password: wrong.password ?? "x" } }),
  },
  {
    title: "password by auth_type, beside an access key",
    method: "password, user by name",
    hold: (right) => ({ clouds: { ...right, authType: "v3password", accessKey: "for-obs", secretKey: "for-obs" } }),
  },
  {
    title: "the user in config, the password in env",
    method: "password, user by name",
    hold: (right) => ({ config: without(right, "password"), env: only(right, "password") }),
  },
  {
    title: "the user in env, the password in config, against another password in env",
    method: "password, user by name",
    hold: (right) => ({ env: { ...right, password: "old" }, config: only(right, "password") }),
  },
  {
    title: "the access key in clouds.yaml, the secret key in env",
    method: "access key",
    hold: (right) => ({ clouds: without(right, "secretKey"), env: only(right, "secretKey") }),
  },
  {
    title: "the passcode alone in env",
    method: "password and passcode",
    hold: (right) => ({ config: without(right, "passcode"), env: only(right, "passcode") }),
  },
  {
    title: "the project's name in config, against another's id in env",
    method: "access key",
    hold: (right, wrong) => ({
      config: right,
      env: { projectId: wrong.projectId ?? "0".repeat(32) },
    }),
  },
  {
    title: "the project and the region of the call, against others in config",
    method: "password, user by name",
    hold: (right) => ({ config: { ...right, projectName: "eu-nl_other", region: "eu-nl" } }),
    place: ({ projectId, region }) => ({ projectId, region }),
  },
  {
    title: "the endpoint of the call, against another in env",
    method: "access key",
    hold: (right, wrong) => ({ env: { ...right, dmsEndpoint: wrong.authUrl!.replace("/v3", "") } }),
    place: ({ url }) => ({ endpoint: url }),
  },
  {
    title: "the endpoint in env, where the catalog has another region's",
    method: "access key",
    hold: (right, _wrong, also) => ({ env: { ...right, region: "eu-nl", dmsEndpoint: also.url } }),
  },
  {
    title: "an agency of its own in config, against another account's user in env",
    method: "agency by password",
    hold: (right, wrong) => ({ config: right, env: { ...wrong, agencyName: "other" } }),
  },
  {
    title: "no agency in config, against another account's in env",
    method: "access key",
    hold: (right, wrong) => ({ config: right, env: { ...wrong, agencyName: "other", agencyDomainName: "OTC-OTHER" } }),
  },
];

const ofOtc: GridCase[] = [...alone, ...conflicts, ...mixtures];

const passcodeInEntry = ["password and passcode in clouds", "password and passcode in argument"];

/** Huawei Cloud's provider has a name for it in the configuration and the environment. */
const hasName = ({ method, title }: GridCase) =>
  (method !== "password and passcode" || passcodeInEntry.includes(title)) && !title.startsWith("the endpoint in env");

const inHuaweiCloud = (gridCase: GridCase): GridCase => ({
  ...gridCase,
  title: `Huawei Cloud: ${gridCase.title}`,
  cloudProvider: "huaweicloud",
});

const onlyOfHuaweiCloud: GridCase[] = [
  {
    title: "the endpoint in config, where the catalog has another region's",
    method: "access key",
    hold: (right, _wrong, also) => ({ config: { ...right, region: "af-south-1", dmsEndpoint: also.url } }),
  },
  {
    title: "the access key in a profile, against another account's in env",
    method: "access key",
    hold: (right, wrong) => ({
      profile: right,
      env: { ...wrong, authUrl: right.authUrl, projectName: right.projectName },
    }),
  },
  {
    title: "a temporary access key in a profile",
    method: "temporary access key",
    hold: (right) => ({ profile: right, env: only(right, "authUrl", "projectName") }),
  },
  {
    title: "an access key in config, against another account's in a profile that env names",
    method: "access key",
    hold: (right, wrong) => ({ config: right, profile: wrong }),
  },
  {
    title: "a profile's agency, in the profile's project",
    method: "agency by access key",
    hold: (right, _wrong, also) => ({
      profile: { ...right, projectId: also.agencyProjectId },
      env: only(right, "authUrl"),
    }),
  },
];

/** The cases in which each source has Huawei Cloud's names. */
export const huaweiCases = [...ofOtc.filter(hasName), ...onlyOfHuaweiCloud].map(inHuaweiCloud);

const otcNames = (values: Values): { [name: string]: string } =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [placesOf(name as SettingName).env[0]!, value]));

/** Settings of both clouds, in different sources: those of the first count. */
const bothClouds: GridCase[] = [
  {
    title: "Huawei Cloud's access key in config, against an OTC user in env",
    cloudProvider: "huaweicloud",
    method: "access key",
    hold: (right, wrong) => ({ config: right, otherNames: otcNames(wrong) }),
  },
  {
    title: "an OTC access key in config, against Huawei Cloud's in env",
    method: "access key",
    hold: (right) => ({ config: right, otherNames: { HW_ACCESS_KEY: "AK", HW_SECRET_KEY: "x", HW_REGION_NAME: "x" } }),
  },
];

export const gridCases: GridCase[] = [...ofOtc, ...huaweiCases, ...bothClouds];
