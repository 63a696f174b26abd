import { z } from "zod";
import { refuse } from "../http/refusals";
import type { Account, Party } from "./account";
import type { Caller } from "./caller";
import { checkAgency } from "./tokenRequest";

const durationSeconds = z.number().int().min(900).max(86_400).optional();

/** IAM API page "Obtaining a Temporary AK/SK". */
const keyRequestSchema = z.object({
  auth: z.object({
    identity: z.union([
      z.object({
        methods: z.tuple([z.literal("token")]),
        token: z.object({ id: z.string().optional(), duration_seconds: durationSeconds }).optional(),
      }),
      z.object({
        methods: z.tuple([z.literal("assume_role")]),
        assume_role: z.object({
          agency_name: z.string(),
          domain_id: z.string().optional(),
          domain_name: z.string().optional(),
          duration_seconds: durationSeconds,
        }),
      }),
    ]),
  }),
});

const DEFAULT_SECONDS = 900;

/**
 * Whose key is to be issued, and for how long. A signature also needs X-Domain-Id, the caller's own account, as OTC's
 * Go SDK sends it.
 */
export function readKeyRequest(
  account: Account,
  caller: Caller,
  domainIdHeader: unknown,
  body: unknown,
): { party: Party; lifetimeSeconds: number } {
  const parsed = keyRequestSchema.safeParse(body);
  if (!parsed.success) {
    throw refuse("iamBadRequest");
  }
  if (caller.kind === "key" && domainIdHeader !== account.domain.id) {
    throw refuse("iamUnauthorized");
  }
  const { identity } = parsed.data.auth;
  if ("assume_role" in identity) {
    if (caller.party === "agency") {
      throw refuse("iamAgency");
    }
    checkAgency(account, identity.assume_role);
    return { party: "agency", lifetimeSeconds: identity.assume_role.duration_seconds ?? DEFAULT_SECONDS };
  }
  return { party: caller.party, lifetimeSeconds: identity.token?.duration_seconds ?? DEFAULT_SECONDS };
}
