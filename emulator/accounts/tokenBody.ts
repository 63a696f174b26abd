import { createHash } from "node:crypto";
import { isoMicroseconds } from "../clock/clock";
import { type Account, domainOf } from "./account";
import type { Token } from "./tokens";

type Json = { [field: string]: unknown };

/** Where IAM answers, which its replies name. */
export interface Place {
  url: string;
  region: string;
}

/** A token as IAM shows it (IAM API page "Obtaining a User Token Through Password Authentication"). */
export function tokenBody(account: Account, place: Place, token: Token, withCatalog: boolean): Json {
  const { scope, party, methods } = token;
  const domain = domainOf(account, party);
  // An agency's token is the delegating account's: its user is named after the agency.
  const user =
    party === "account"
      ? account.user
      : { id: account.agency.domain.id, name: `${domain.name}/${account.agency.name}` };
  const project = "project" in scope ? scope.project : undefined;
  return {
    token: {
      methods,
      issued_at: isoMicroseconds(token.issuedAtMs),
      expires_at: isoMicroseconds(token.expiresAtMs),
      user: { id: user.id, name: user.name, domain, password_expires_at: "" },
      ...(project !== undefined && { project: { ...project, domain } }),
      ...("domain" in scope && { domain }),
      ...(!("none" in scope) && { roles: [{ id: "0", name: "te_admin" }] }),
      ...(withCatalog && { catalog: catalog(place, project?.id) }),
    },
  };
}

/**
 * Type `dmsv2` holds the project in its URL, `dmsv1` too, under v1.0 (OTC's Go SDK turns that into the v1 of the calls).
 * DCS's two are those of `openstack endpoint list`, as OTC's documentation on its API endpoints prints it.
 * IAM's documented sample has an endpoint for all regions, `*`; a second one is there for clients that look for their own.
 */
export function catalog({ url, region }: Place, projectId: string | undefined): Json[] {
  const iam = entry("iam", "identity", ["*", region], `${url}/v3`);
  if (projectId === undefined) {
    return [iam];
  }
  return [
    iam,
    entry("dms", "dmsv1", [region], `${url}/v1.0/${projectId}`),
    entry("dmsv2", "dmsv2", [region], `${url}/v2/${projectId}`),
    entry("Distributed Cache Service", "dcs", [region], `${url}/v1.0/`),
    entry("dcsv1", "dcsv1", [region], `${url}/v1.0/${projectId}`),
  ];
}

function entry(name: string, type: string, regions: string[], url: string): Json {
  const endpoints = regions.map((region) => ({
    id: idOf(`endpoint ${type} ${region}`),
    interface: "public",
    region,
    region_id: region,
    url,
  }));
  return { id: idOf(`service ${type}`), name, type, endpoints };
}

function idOf(text: string): string {
  return createHash("md5").update(text).digest("hex");
}
