import { domainOf, projectsOf } from "../accounts/account";
import { type Caller, iamRefusal, identify } from "../accounts/caller";
import { readKeyRequest } from "../accounts/temporaryKeyRequest";
import { catalog, tokenBody } from "../accounts/tokenBody";
import { logIn } from "../accounts/tokenRequest";
import type { Token } from "../accounts/tokens";
import { isoMicroseconds } from "../clock/clock";
import { refuse, type Reply } from "../http/refusals";
import type { RouteName } from "../http/routeNames";
import type { Service } from "../service/service";
import { type Call, jsonBody, type Route } from "./route";

/** `urlOf` is asked at each request: the port is not known before the server listens. */
export function iamRoutes(service: Service, urlOf: () => string): Route[] {
  const get = (name: RouteName, path: string, handle: Route["handle"]): Route => ({
    name,
    method: "get",
    path,
    handle,
  });
  return [
    get("listVersions", "/", () => ({ status: 300, body: { versions: { values: [versionBody(urlOf())] } } })),
    get("showVersion", "/v3{/}", () => ({ status: 200, body: { version: versionBody(urlOf()) } })),
    {
      name: "createToken",
      method: "post",
      path: "/v3/auth/tokens",
      handle: (call) => createToken(service, urlOf(), call),
    },
    get("showToken", "/v3/auth/tokens", (call) => showToken(service, urlOf(), call)),
    get("listProjects", "/v3/projects", (call) => listProjects(service, urlOf(), call, call.query.get("name"))),
    get("listAuthProjects", "/v3/auth/projects", (call) => listProjects(service, urlOf(), call, null)),
    get("showCatalog", "/v3/auth/catalog", (call) => showCatalog(service, urlOf(), call)),
    get("listAuthDomains", "/v3/auth/domains", (call) => listAuthDomains(service, urlOf(), call)),
    {
      name: "createTemporaryKey",
      method: "post",
      path: "/v3.0/OS-CREDENTIAL/securitytokens",
      handle: (call) => createTemporaryKey(service, call),
    },
  ];
}

/** For clients that only know the service's root, or that check its version. */
function versionBody(url: string): { [field: string]: unknown } {
  return {
    id: "v3.6",
    status: "stable",
    updated: "2016-04-04T00:00:00Z",
    links: [{ rel: "self", href: `${url}/v3/` }],
    "media-types": [{ base: "application/json", type: "application/vnd.openstack.identity-v3+json" }],
  };
}

function createToken(service: Service, url: string, call: Call): Reply {
  const body = jsonBody(call, () => refuse("iamBadRequest"));
  const grant = logIn(service.account, service.passcodes, body, () => mayAssumeAgency(service, call));
  const { text, token } = service.tokens.issue(grant, service.settings.tokenLifetimeSeconds);
  return tokenReply(201, text, shownToken(service, url, call, token));
}

/** Requires a token of the account itself, as IAM's page on agency tokens says: a signature is not enough. */
function mayAssumeAgency(service: Service, call: Call): void {
  const caller = openIam(service, call);
  if (caller.kind !== "token" || caller.party !== "account") {
    throw refuse("iamUnauthorized");
  }
}

function createTemporaryKey(service: Service, call: Call): Reply {
  const caller = openIam(service, call);
  const body = jsonBody(call, () => refuse("iamBadRequest"));
  const { party, lifetimeSeconds } = readKeyRequest(service.account, caller, call.headers["x-domain-id"], body);
  const key = service.keys.issue(party, lifetimeSeconds);
  const credential = {
    access: key.accessKey,
    secret: key.secretKey,
    securitytoken: key.securityToken,
    expires_at: isoMicroseconds(key.expiresAtMs),
  };
  return { status: 201, body: { credential } };
}

function showToken(service: Service, url: string, call: Call): Reply {
  openIam(service, call);
  const text = call.headers["x-subject-token"];
  const token = typeof text === "string" ? service.tokens.find(text) : undefined;
  if (typeof text !== "string" || token === undefined || service.tokens.isExpired(token)) {
    throw refuse("iamTokenMissing");
  }
  return tokenReply(200, text, shownToken(service, url, call, token));
}

function shownToken({ account, region }: Service, url: string, call: Call, token: Token): unknown {
  return tokenBody(account, { url, region }, token, !call.query.get("nocatalog"));
}

function tokenReply(status: number, text: string, body: unknown): Reply {
  return { status, headers: { "X-Subject-Token": text }, body };
}

function listProjects(service: Service, url: string, call: Call, name: string | null): Reply {
  const { party } = openIam(service, call);
  const domain = domainOf(service.account, party);
  const projects = projectsOf(service.account, party)
    .filter((project) => name === null || project.name === name)
    .map(({ id, name: projectName }) => ({
      id,
      name: projectName,
      domain_id: domain.id,
      parent_id: domain.id,
      enabled: true,
      is_domain: false,
      description: "",
      links: { self: `${url}/v3/projects/${id}` },
    }));
  return { status: 200, body: { projects, links: linksOf(url, call) } };
}

function showCatalog(service: Service, url: string, call: Call): Reply {
  const caller = openIam(service, call);
  return {
    status: 200,
    body: {
      catalog: catalog({ url, region: service.region }, projectIdOf(service, caller)),
      links: linksOf(url, call),
    },
  };
}

/** For a key, the catalog is that of the project it names, or of the only project that has services. */
function projectIdOf(service: Service, caller: Caller): string | undefined {
  if (caller.kind === "key") {
    return caller.projectIdHeader ?? projectsOf(service.account, caller.party)[0]?.id;
  }
  return "project" in caller.token.scope ? caller.token.scope.project.id : undefined;
}

function listAuthDomains(service: Service, url: string, call: Call): Reply {
  const domain = domainOf(service.account, openIam(service, call).party);
  const name = call.query.get("name");
  const links = { self: `${url}/v3/domains/${domain.id}` };
  const domains = name === null || name === domain.name ? [{ ...domain, enabled: true, description: "", links }] : [];
  return { status: 200, body: { domains, links: linksOf(url, call) } };
}

function linksOf(url: string, call: Call): { [field: string]: unknown } {
  return { self: `${url}${call.rawUrl}`, previous: null, next: null };
}

function openIam(service: Service, call: Call): Caller {
  const caller = identify(service, call);
  if (typeof caller === "string") {
    throw iamRefusal(caller);
  }
  return caller;
}
