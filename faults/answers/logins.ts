import { identityFor } from "../../provider/identity/identities";
import { readSettings } from "../../provider/settings/settings";
import type { Answer, SeenRequest } from "./recordingServer";

export type LoginRoute = "token" | "projects" | "catalog" | "domains" | "temporary key";

/** A way to log in, and what it asks IAM for. */
export interface Login {
  name: string;
  routes: LoginRoute[];
  variables: (secret: string) => { [name: string]: string };
}

const byKey = (secret: string) => ({ OS_ACCESS_KEY: `AK${secret}`, OS_SECRET_KEY: secret });
const byPassword = (secret: string) => ({ OS_USERNAME: "deploy", OS_USER_DOMAIN_NAME: "OTC-1", OS_PASSWORD: secret });
const agency = { OS_AGENCY_NAME: "agency", OS_AGENCY_DOMAIN_NAME: "OTC-2", OS_DELEGATED_PROJECT: "eu-de_other" };

export const logins: Login[] = [
  { name: "a password", routes: ["token"], variables: (s) => ({ ...byPassword(s), OS_PROJECT_NAME: "eu-de_x" }) },
  {
    name: "an access key",
    routes: ["projects", "catalog"],
    variables: (s) => ({ ...byKey(s), OS_PROJECT_NAME: "eu-de_x" }),
  },
  {
    name: "an agency on top of an access key",
    routes: ["domains", "temporary key", "projects"],
    variables: (s) => ({ ...byKey(s), ...agency }),
  },
  { name: "an agency on top of a password", routes: ["token"], variables: (s) => ({ ...byPassword(s), ...agency }) },
];

/** Logs in at this address of IAM, with credentials that were not used before, and asks for an instance's tasks. */
export async function askAs({ variables }: Login, url: string): Promise<unknown> {
  const env = { OS_AUTH_URL: `${url}/v3`, OS_REGION_NAME: "eu-de", ...variables(newSecret()) };
  const identity = identityFor(readSettings({}, () => undefined, env, { cwd: "/nowhere", home: "/nowhere" }));
  const path = (projectId: string) => `/v2/${projectId}/instances/i/tasks`;
  return identity.send({ api: "dms", method: "GET", path }, { timeoutMs: 5000 });
}

let secrets = 0;

function newSecret(): string {
  return `secret-of-hostile-inputs-${++secrets}`;
}

export function loginRouteOf({ target }: SeenRequest): LoginRoute | undefined {
  const routes: [string, LoginRoute][] = [
    ["/v3/auth/tokens", "token"],
    ["/v3/projects", "projects"],
    ["/v3/auth/catalog", "catalog"],
    ["/v3/auth/domains", "domains"],
    ["/v3.0/OS-CREDENTIAL/securitytokens", "temporary key"],
  ];
  return routes.find(([path]) => target.split("?")[0] === path)?.[1];
}

/** Secrets that IAM hands out. */
export interface Issued {
  token: string;
  secretKey: string;
  securityToken: string;
}

const issuedByDefault: Issued = {
  token: "token-of-hostile-inputs-issued",
  secretKey: "secret-of-temporary-key",
  securityToken: "token-of-temporary-key",
};

/** What IAM answers, as documented. */
export function documentedAnswer(route: LoginRoute, url: string, projectId: string, issued = issuedByDefault): Answer {
  const expires_at = "2099-01-01T00:00:00.000000Z";
  const catalog = [{ type: "dmsv2", endpoints: [{ interface: "public", region: "eu-de", url: `${url}/v2` }] }];
  const project = { id: projectId, name: "eu-de_x" };
  switch (route) {
    case "token": {
      const body = { token: { expires_at, issued_at: "2026-01-01T00:00:00.000000Z", project, catalog } };
      return { status: 201, headers: { "X-Subject-Token": issued.token }, body };
    }
    case "projects":
      return { status: 200, body: { projects: [project] } };
    case "catalog":
      return { status: 200, body: { catalog } };
    case "domains":
      return { status: 200, body: { domains: [{ id: "d0a1f3c5b7e94d2a86c0315f7e9b2d48" }] } };
    case "temporary key": {
      const credential = {
        access: "AKIDTEMP",
        secret: issued.secretKey,
        securitytoken: issued.securityToken,
        expires_at,
      };
      return { status: 201, body: { credential } };
    }
  }
}
