import { z } from "zod";
import type { RequestBounds, Send } from "../http/exchange";
import { describeReply, readComplaint } from "../http/errorReply";
import { readReply } from "../http/readReply";
import { AuthenticationError } from "../task/errors";
import { iamUrlOf } from "./identityService";
import { adviceOnAgency, describeAssumption } from "./issuedToken";
import { rememberSecret } from "../output/secrets";
import type { Agency, Settings } from "../settings/settings";

// What a header can contain unchanged.
const oneLine = z.string().regex(/^[\x20-\x7e]+$/);

const keyShape = z.object({
  credential: z.object({
    access: oneLine,
    secret: oneLine,
    securitytoken: oneLine,
    expires_at: z.string().refine((text) => !Number.isNaN(Date.parse(text))),
  }),
});

export interface TemporaryKey {
  accessKey: string;
  secretKey: string;
  securityToken: string;
  /** How long it remains valid, by the service's clock. */
  lifetimeMs: number;
}

// The service's default is 15 minutes, its maximum one day.
const lifetimeSeconds = 3600;

/**
 * Obtains a temporary access key of an agency; `send` signs with a key of the account that the agency delegates to, whose id is
 * `domainId`.
 *
 * Source: "Obtaining a Temporary AK/SK" of the IAM API reference, which shows the call with a token. OTC's Go SDK relies on
 * a signature and X-Domain-Id being accepted too, for agencies with an access key.
 */
export async function createTemporaryKey(
  send: Send,
  settings: Settings,
  agency: Agency,
  domainId: string,
  bounds: RequestBounds,
): Promise<TemporaryKey> {
  const { name, domain } = agency;
  const whose = domain.id === undefined ? { domain_name: domain.name } : { domain_id: domain.id };
  const what = describeAssumption(agency);
  const reply = await send({
    method: "POST",
    url: `${iamUrlOf(settings).replace(/\/v3$/, "")}/v3.0/OS-CREDENTIAL/securitytokens`,
    headers: { "X-Domain-Id": domainId },
    body: {
      auth: {
        identity: {
          methods: ["assume_role"],
          assume_role: { ...whose, agency_name: name, duration_seconds: lifetimeSeconds },
        },
      },
    },
    ...bounds,
  });
  if ([401, 403, 404].includes(reply.httpStatus)) {
    throw new AuthenticationError(`${what} was refused (${describeReply(reply)}). ${adviceOnAgency(settings)}`, {
      httpStatus: reply.httpStatus,
      code: readComplaint(reply.body).code,
    });
  }
  const { credential } = readReply(keyShape, reply, what, { httpStatus: 201 });
  const { access, secret, securitytoken, expires_at } = credential;
  rememberSecret(secret);
  rememberSecret(securitytoken);
  return {
    accessKey: access,
    secretKey: secret,
    securityToken: securitytoken,
    lifetimeMs: Date.parse(expires_at) - (reply.serviceTimeMs ?? Date.now()),
  };
}
