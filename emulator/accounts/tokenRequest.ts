import { z } from "zod";
import { refuse } from "../http/refusals";
import { type Account, isNamed, type Party, projectsOf } from "./account";
import type { Passcodes } from "./passcodes";
import type { Token } from "./tokens";

const named = z.object({ id: z.string().optional(), name: z.string().optional() });

const scopeSchema = z
  .union([
    z.object({ project: named.extend({ domain: named.optional() }).optional(), domain: named.optional() }),
    z.literal("unscoped"),
  ])
  .optional();

const userSchema = z.object({
  id: z.string().optional(),
  name: z.string().optional(),
  domain: named.optional(),
  password: z.string(),
});

/** IAM API page "Obtaining a User Token Through Password Authentication", and Keystone's `unscoped`. */
const byPassword = z.object({ methods: z.tuple([z.literal("password")]), password: z.object({ user: userSchema }) });

/** With a virtual MFA device, as OTC's Go SDK sends it: the user's id beside the passcode. */
const byPasscode = z.object({
  methods: z
    .array(z.enum(["password", "totp"]))
    .refine((methods) => methods.length === 2 && new Set(methods).size === 2),
  password: z.object({ user: userSchema }),
  totp: z.object({ user: z.object({ id: z.string(), passcode: z.string() }) }),
});

/** IAM API page "Obtaining an Agency Token"; one version of its table writes `agency_name`. */
const byAgency = z.object({
  methods: z.tuple([z.literal("assume_role")]),
  assume_role: z
    .object({
      domain_id: z.string().optional(),
      domain_name: z.string().optional(),
      xrole_name: z.string().optional(),
      agency_name: z.string().optional(),
    })
    .refine((role) => (role.domain_id ?? role.domain_name) && (role.xrole_name ?? role.agency_name)),
});

const tokenRequestSchema = z.object({
  auth: z.object({ identity: z.union([byPasscode, byPassword, byAgency]), scope: scopeSchema }),
});

type TokenRequest = z.infer<typeof tokenRequestSchema>["auth"];

/** The token of a login. */
type Grant = Pick<Token, "party" | "methods" | "scope">;

/**
 * The token of a login. `mayAssume` throws unless the caller may act for an agency. Refused: a malformed body, a wrong
 * login, a scope that isn't the caller's.
 */
export function logIn(account: Account, passcodes: Passcodes, body: unknown, mayAssume: () => void): Grant {
  const parsed = tokenRequestSchema.safeParse(body);
  if (!parsed.success) {
    throw refuse("iamBadRequest");
  }
  const { identity, scope } = parsed.data.auth;
  if ("assume_role" in identity) {
    mayAssume();
    checkAgency(account, identity.assume_role);
    return { party: "agency", methods: identity.methods, scope: scopeOf(account, "agency", scope) };
  }
  checkUser(account, identity.password.user);
  checkPasscode(account, passcodes, "totp" in identity ? identity.totp.user : undefined);
  return { party: "account", methods: identity.methods, scope: scopeOf(account, "account", scope) };
}

export function checkAgency(
  { agency }: Account,
  role: { domain_id?: string; domain_name?: string; xrole_name?: string; agency_name?: string },
): void {
  const isOurs = isNamed(agency.domain, { id: role.domain_id, name: role.domain_name });
  if (!isOurs || (role.xrole_name ?? role.agency_name) !== agency.name) {
    throw refuse("iamAgency");
  }
}

function checkUser(account: Account, user: z.infer<typeof userSchema>): void {
  const { id, name, domain, password } = user;
  if (id === undefined && (name === undefined || domain === undefined)) {
    throw refuse("iamBadRequest", "The user needs an id, or a name and a domain.");
  }
  const known =
    id !== undefined ? id === account.user.id : name === account.user.name && isNamed(account.domain, domain ?? {});
  if (!known || password !== account.password) {
    throw refuse("iamLogin");
  }
}

function checkPasscode(
  account: Account,
  passcodes: Passcodes,
  given: { id: string; passcode: string } | undefined,
): void {
  if (!account.requiresPasscode && given === undefined) {
    return;
  }
  if (given === undefined || given.id !== account.user.id || !passcodes.isCurrent(given.passcode)) {
    throw refuse("iamPasscode");
  }
}

function scopeOf(account: Account, party: Party, scope: TokenRequest["scope"]): Token["scope"] {
  if (scope === undefined || scope === "unscoped") {
    return { none: true };
  }
  const domain = party === "account" ? account.domain : account.agency.domain;
  // With both, the project counts (page on tokens by password).
  if (scope.project !== undefined) {
    const { domain: given, ...wanted } = scope.project;
    const project = projectsOf(account, party).find((it) => isNamed(it, wanted));
    if (project === undefined || (given !== undefined && !isNamed(domain, given))) {
      throw refuse("iamScope");
    }
    return { project };
  }
  if (scope.domain !== undefined) {
    if (!isNamed(domain, scope.domain)) {
      throw refuse("iamScope");
    }
    return { domain: true };
  }
  return { none: true };
}
