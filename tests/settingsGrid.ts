import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Emulator, startEmulator } from "../emulator";
import { placesOf, type SettingName } from "../provider/settings/settingTable";

// Settings in every source, for every method, and sources that contradict each other: one table for the program
// (unit tests) and for the provider process. Whoever is taken must be the identity, the project and the endpoint that the
// case names; a second account, on a server of its own, is there to be wrong.

export type Values = { [setting in SettingName]?: string };
export type Method = (typeof methods)[number];
type SourceName = (typeof sourceNames)[number];

/** What each source holds; `argument` is the entry of clouds.yaml that the call's own argument names. */
export type Held = { config?: Values; env?: Values; clouds?: Values; argument?: Values };

export interface GridCase {
  title: string;
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

export const gridCases: GridCase[] = [...alone, ...conflicts, ...mixtures];

/** One case, set up: two servers, and what the sources hold. */
export interface GridSetup {
  right: Emulator;
  wrong: Emulator;
  /** A task of the project that is meant, which has ended. */
  subject: { instanceId: string; taskId: string };
  projectId: string;
  config: { [key: string]: string };
  env: { [name: string]: string };
  place: { cloud?: string; projectId?: string; region?: string; endpoint?: string };
}

/** `folder` becomes the working folder, in which clouds.yaml is written. */
export async function setUp({ method, hold, place }: GridCase, folder: string): Promise<GridSetup> {
  // A passcode is good for half a minute: time stands still.
  const nowMs = Date.now();
  const right = await startEmulator(
    method === "password and passcode" ? { account: { requiresPasscode: true }, now: () => nowMs } : {},
  );
  const wrong = await startEmulator({
    account: {
      domainName: "OTC-OTHER",
      domainId: "f".repeat(32),
      username: "other",
      userId: "e".repeat(32),
      projectId: "d".repeat(32),
      projectName: "eu-de_other",
    },
  });
  const held = hold(await valuesOf(right, method), await valuesOf(wrong, withoutPasscode(method)), right);
  const byAgency = method.startsWith("agency");
  const projectId = byAgency ? right.agencyProjectId : right.projectId;
  const instanceId = byAgency ? right.addInstance({ projectId }) : right.instanceId;
  const { taskId } = right.addTask({ instanceId, name: "restart", progress: [{ status: "SUCCESS" }] });
  writeClouds(held, folder);
  return {
    right,
    wrong,
    subject: { instanceId, taskId },
    projectId,
    config: keyed(held.config, "config"),
    env: { ...keyed(held.env, "env"), ...(held.clouds && { OS_CLOUD: "named-by-env" }) },
    place: { ...place?.(right), ...(held.argument && { cloud: "named-by-argument" }) },
  };
}

function withoutPasscode(method: Method): Method {
  return method === "password and passcode" ? "password, user by id" : method;
}

async function valuesOf(emulator: Emulator, method: Method): Promise<Values> {
  const { authUrl, region, projectName, domainName } = emulator;
  const { userId, password, accessKey, secretKey } = emulator;
  const agency: Values = {
    agencyName: emulator.agencyName,
    agencyDomainName: emulator.agencyDomainName,
    delegatedProjectName: emulator.agencyProjectName,
  };
  const byName: Values = { userName: emulator.username, domainName, password };
  const where: Values = { authUrl, region, projectName };
  switch (method) {
    case "token":
      return { ...where, token: await logIn(emulator) };
    case "access key":
      return { ...where, accessKey, secretKey };
    case "temporary access key":
      return { ...where, ...emulator.issueTemporaryKey() };
    case "password, user by name":
      return { ...where, ...byName };
    case "password, user by id":
      return { ...where, userId, password };
    case "password and passcode":
      return { ...where, userId, password, passcode: emulator.passcode() };
    case "agency by token":
      return { authUrl, region, ...agency, token: await logIn(emulator) };
    case "agency by access key":
      return { authUrl, region, ...agency, accessKey, secretKey };
    case "agency by password":
      return { authUrl, region, ...agency, ...byName };
  }
}

async function logIn({ authUrl, username: name, password, domainName, projectId }: Emulator): Promise<string> {
  const user = { name, password, domain: { name: domainName } };
  const auth = { identity: { methods: ["password"], password: { user } }, scope: { project: { id: projectId } } };
  const reply = await fetch(`${authUrl}/auth/tokens`, { method: "POST", body: JSON.stringify({ auth }) });
  return reply.headers.get("x-subject-token")!;
}

function keyed(values: Values | undefined, kind: "config" | "env"): { [key: string]: string } {
  const entries = Object.entries(values ?? {}) as [SettingName, string][];
  return Object.fromEntries(
    entries.flatMap(([name, value]) => {
      const [key] = placesOf(name)[kind];
      return key === undefined ? [] : [[key, value]];
    }),
  );
}

function writeClouds({ clouds, argument }: Held, folder: string): void {
  const entry = (values: Values | undefined) => {
    const fields: { [name: string]: unknown; auth: { [name: string]: string } } = { auth: {} };
    for (const [name, value] of Object.entries(values ?? {}) as [SettingName, string][]) {
      const [place] = placesOf(name).clouds;
      const [first, second] = place!.split(".");
      if (second === undefined) {
        fields[first!] = value;
      } else {
        fields.auth[second] = value;
      }
    }
    return fields;
  };
  if (clouds ?? argument) {
    mkdirSync(folder, { recursive: true });
    // JSON is YAML.
    const content = { clouds: { "named-by-env": entry(clouds), "named-by-argument": entry(argument) } };
    writeFileSync(path.join(folder, "clouds.yaml"), JSON.stringify(content));
  }
}

/** What the servers saw: the right one the request that was meant, the wrong one nothing but its own set-up. */
export function requestsSeen({ right, wrong }: GridSetup): { projects: (string | undefined)[]; elsewhere: string[] } {
  return {
    projects: right.requests().flatMap((r) => (["listTasks", "showTask"].includes(r.route) ? [r.projectId] : [])),
    elsewhere: wrong.requests().map(({ route }) => route),
  };
}
