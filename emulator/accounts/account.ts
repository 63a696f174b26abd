import { randomBytes } from "node:crypto";

export interface Project {
  id: string;
  name: string;
}

export interface Domain {
  id: string;
  name: string;
}

/** What another account lets this one do: act in a project of its own. */
export interface Agency {
  name: string;
  /** The other account. */
  domain: Domain;
  project: Project;
}

/** The one account that the emulator serves: a domain, its user with a password and a key pair, and two projects. */
export interface Account {
  domain: Domain;
  user: { id: string; name: string };
  password: string;
  /** Whether the user has a virtual MFA device, so that a login needs its passcode too. */
  requiresPasscode: boolean;
  accessKey: string;
  secretKey: string;
  /** The project with the instances, then the region's own project, which every real account has: empty here. */
  projects: [Project, Project];
  agency: Agency;
}

// Ids stay the same from run to run, so that a stack made against one emulator still fits the next one.
const DOMAIN_ID = "d0a1f3c5b7e94d2a86c0315f7e9b2d48";
const USER_ID = "0c5e7a913bd24f68a1f0d2c4b6987e35";
const PROJECT_ID = "5a1e0c7d93b64f28b0d7f6e4a2c81935";
const REGION_PROJECT_ID = "b7d40f2e8c1a4963a5e0d9f8c7b62e14";
const OTHER_DOMAIN_ID = "e91b3d5f70824c6a9d2e4f60718293a4";
const DELEGATED_PROJECT_ID = "7c2f9e4b1d6a4830b5e8f1a3c6d90b27";

/** Who may log in. Ids and names are the same in every run by default, the password and the key pair are new ones. */
export interface EmulatorAccount {
  domainName?: string;
  /** 32 hex digits. */
  domainId?: string;
  username?: string;
  /** 32 hex digits. */
  userId?: string;
  password?: string;
  /** The user has a virtual MFA device: a login needs the code that `emulator.passcode()` tells. Default false. */
  requiresPasscode?: boolean;
  accessKey?: string;
  secretKey?: string;
  /** Default: the region, `_emulator`. */
  projectName?: string;
  /** 32 hex digits. */
  projectId?: string;
}

/** Secrets that are not set are new in each run, so that nothing can rely on them. */
export function makeAccount(region: string, given: EmulatorAccount): Account {
  return {
    domain: { id: given.domainId ?? DOMAIN_ID, name: given.domainName ?? "OTC-EMULATOR-00000000001000000001" },
    user: { id: given.userId ?? USER_ID, name: given.username ?? "emulator" },
    password: given.password ?? `Emu-${randomBytes(12).toString("base64url")}`,
    requiresPasscode: given.requiresPasscode ?? false,
    accessKey: given.accessKey ?? randomBytes(10).toString("hex").toUpperCase(),
    secretKey: given.secretKey ?? randomBytes(30).toString("base64url"),
    projects: [
      { id: given.projectId ?? PROJECT_ID, name: given.projectName ?? `${region}_emulator` },
      { id: REGION_PROJECT_ID, name: region },
    ],
    agency: {
      name: "emulator_agency",
      domain: { id: OTHER_DOMAIN_ID, name: "OTC-EMULATOR-00000000001000000002" },
      project: { id: DELEGATED_PROJECT_ID, name: `${region}_delegated` },
    },
  };
}

/** On whose behalf something was issued: the account's own, or the agency's. */
export type Party = "account" | "agency";

export function domainOf(account: Account, party: Party): Domain {
  return party === "account" ? account.domain : account.agency.domain;
}

export function projectsOf(account: Account, party: Party): Project[] {
  return party === "account" ? account.projects : [account.agency.project];
}

export function isNamed(thing: { id: string; name: string }, given: { id?: string; name?: string }): boolean {
  return given.id !== undefined ? given.id === thing.id : given.name === thing.name;
}
