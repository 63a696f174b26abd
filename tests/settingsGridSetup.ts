import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Emulator, startEmulator } from "../emulator";
import { configurationKey } from "../provider/settings/settingNaming";
import { placesOf, type SettingName } from "../provider/settings/settingTable";
import type { CloudProvider } from "../provider/task/cloudProviders";
import type { GridCase, Held, Method, Values } from "./settingsGrid";

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
export async function setUp(gridCase: GridCase, folder: string): Promise<GridSetup> {
  const { method, hold, place, cloudProvider = "opentelekomcloud" } = gridCase;
  const region = cloudProvider === "huaweicloud" ? "eu-west-101" : "eu-de";
  // A passcode is good for half a minute: time stands still.
  const nowMs = Date.now();
  const right = await startEmulator(
    method === "password and passcode" ? { region, account: { requiresPasscode: true }, now: () => nowMs } : { region },
  );
  const wrong = await startEmulator({
    region,
    account: {
      domainName: "OTC-OTHER",
      domainId: "f".repeat(32),
      username: "other",
      userId: "e".repeat(32),
      projectId: "d".repeat(32),
      projectName: `${region}_other`,
    },
  });
  const held = hold(await valuesOf(right, method), await valuesOf(wrong, withoutPasscode(method)), right);
  const byAgency = method.startsWith("agency");
  const projectId = byAgency ? right.agencyProjectId : right.projectId;
  const instanceId = byAgency ? right.addInstance({ projectId }) : right.instanceId;
  const { taskId } = right.addTask({ instanceId, name: "restart", progress: [{ status: "SUCCESS" }] });
  writeClouds(held, folder, cloudProvider);
  const profile = held.profile && writeProfile(held.profile, folder);
  return {
    right,
    wrong,
    subject: { instanceId, taskId },
    projectId,
    config: withObjects(keyed(held.config, "config", cloudProvider)),
    env: {
      ...held.otherNames,
      ...keyed(held.env, "env", cloudProvider),
      ...(held.clouds && { OS_CLOUD: "named-by-env" }),
      ...(profile !== undefined && { HW_SHARED_CONFIG_FILE: profile }),
    },
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

function keyed(
  values: Values | undefined,
  kind: "config" | "env",
  cloudProvider: CloudProvider,
): { [key: string]: string } {
  const entries = Object.entries(values ?? {}) as [SettingName, string][];
  return Object.fromEntries(
    entries.flatMap(([name, value]) => {
      const [key] = placesOf(name, cloudProvider)[kind];
      return key === undefined ? [] : [[kind === "config" ? configurationKey(key, cloudProvider) : key, value]];
    }),
  );
}

/** "huaweicloud:endpoints.dms" as the field "dms" of an object, as Pulumi stores it. */
function withObjects(config: { [key: string]: string }): { [key: string]: string } {
  const objects: { [key: string]: { [field: string]: string } } = {};
  for (const [key, value] of Object.entries(config)) {
    const [top, field] = key.split(".");
    objects[top!] = { ...objects[top!], [field ?? ""]: value };
  }
  return Object.fromEntries(
    Object.entries(objects).map(([key, fields]) => [key, fields[""] ?? JSON.stringify(fields)]),
  );
}

function writeClouds({ clouds, argument }: Held, folder: string, cloudProvider: CloudProvider): void {
  const entry = (given: Values | undefined) => {
    const values: Values = { ...given, ...(cloudProvider === "huaweicloud" && { cloudProvider }) };
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

/** Returns the file's path. */
function writeProfile(values: Values, folder: string): string {
  const fields = (Object.entries(values) as [SettingName, string][]).flatMap(([name, value]) => {
    const [field] = placesOf(name, "huaweicloud").profile;
    return field === undefined ? [] : [[field, value]];
  });
  const profiles = [
    { name: "default", mode: "AKSK" },
    { name: "mine", ...(Object.fromEntries(fields) as object) },
  ];
  const file = path.join(folder, "hcloud.json");
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, JSON.stringify({ current: "mine", profiles }));
  return file;
}

/** What the servers saw: the right one the request that was meant, the wrong one nothing but its own set-up. */
export function requestsSeen({ right, wrong }: GridSetup): { projects: (string | undefined)[]; elsewhere: string[] } {
  return {
    projects: right.requests().flatMap((r) => (["listTasks", "showTask"].includes(r.route) ? [r.projectId] : [])),
    elsewhere: wrong.requests().map(({ route }) => route),
  };
}
