import { randomBytes } from "node:crypto";
import type { EmulatorAccount } from "./optionTypes";

export interface Project {
  id: string;
  name: string;
}

/** The one account that the emulator serves: a domain, its user with a password and a key pair, and two projects. */
export interface Account {
  domain: { id: string; name: string };
  user: { id: string; name: string };
  password: string;
  accessKey: string;
  secretKey: string;
  /** The project with the instances, then the region's own project, which every real account has: empty here. */
  projects: [Project, Project];
}

// Ids stay the same from run to run, so that a stack made against one emulator still fits the next one.
const DOMAIN_ID = "d0a1f3c5b7e94d2a86c0315f7e9b2d48";
const USER_ID = "0c5e7a913bd24f68a1f0d2c4b6987e35";
const PROJECT_ID = "5a1e0c7d93b64f28b0d7f6e4a2c81935";
const REGION_PROJECT_ID = "b7d40f2e8c1a4963a5e0d9f8c7b62e14";

/** Secrets are new in each run unless given: nobody can come to rely on one. */
export function makeAccount(region: string, given: EmulatorAccount): Account {
  return {
    domain: { id: given.domainId ?? DOMAIN_ID, name: given.domainName ?? "OTC-EMULATOR-00000000001000000001" },
    user: { id: given.userId ?? USER_ID, name: given.username ?? "emulator" },
    password: given.password ?? `Emu-${randomBytes(12).toString("base64url")}`,
    accessKey: given.accessKey ?? randomBytes(10).toString("hex").toUpperCase(),
    secretKey: given.secretKey ?? randomBytes(30).toString("base64url"),
    projects: [
      { id: given.projectId ?? PROJECT_ID, name: given.projectName ?? `${region}_emulator` },
      { id: REGION_PROJECT_ID, name: region },
    ],
  };
}
