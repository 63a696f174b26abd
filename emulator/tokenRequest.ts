import { z } from "zod";
import type { Account } from "./account";
import { refuse } from "./refusals";
import type { Token } from "./tokens";

const named = z.object({ id: z.string().optional(), name: z.string().optional() });

/** IAM API page "Obtaining a User Token Through Password Authentication", and Keystone's `unscoped`. */
const tokenRequestSchema = z.object({
  auth: z.object({
    identity: z.object({
      methods: z.tuple([z.literal("password")]),
      password: z.object({
        user: z.object({
          id: z.string().optional(),
          name: z.string().optional(),
          domain: named.optional(),
          password: z.string(),
        }),
      }),
    }),
    scope: z
      .union([
        z.object({ project: named.extend({ domain: named.optional() }).optional(), domain: named.optional() }),
        z.literal("unscoped"),
      ])
      .optional(),
  }),
});

type TokenRequest = z.infer<typeof tokenRequestSchema>["auth"];

/** The scope that a login is given. Refused: a malformed body, a wrong login, a scope that isn't the user's. */
export function logIn(account: Account, body: unknown): Token["scope"] {
  const parsed = tokenRequestSchema.safeParse(body);
  if (!parsed.success) {
    throw refuse("iamBadRequest");
  }
  checkUser(account, parsed.data.auth.identity.password.user);
  return scopeOf(account, parsed.data.auth.scope);
}

function checkUser(account: Account, user: TokenRequest["identity"]["password"]["user"]): void {
  const { id, name, domain, password } = user;
  if (id === undefined && (name === undefined || domain === undefined)) {
    throw refuse("iamBadRequest", "The user needs an id, or a name and a domain.");
  }
  const known =
    id !== undefined ? id === account.user.id : name === account.user.name && isOurs(account.domain, domain ?? {});
  if (!known || password !== account.password) {
    throw refuse("iamLogin");
  }
}

function scopeOf(account: Account, scope: TokenRequest["scope"]): Token["scope"] {
  if (scope === undefined || scope === "unscoped") {
    return { none: true };
  }
  // With both, the project counts (same page).
  if (scope.project !== undefined) {
    const { id, name, domain } = scope.project;
    const project = account.projects.find((it) => (id !== undefined ? it.id === id : it.name === name));
    if (project === undefined || (domain !== undefined && !isOurs(account.domain, domain))) {
      throw refuse("iamScope");
    }
    return { project };
  }
  if (scope.domain !== undefined) {
    if (!isOurs(account.domain, scope.domain)) {
      throw refuse("iamScope");
    }
    return { domain: true };
  }
  return { none: true };
}

function isOurs(domain: Account["domain"], given: { id?: string; name?: string }): boolean {
  return given.id !== undefined ? given.id === domain.id : given.name === domain.name;
}
