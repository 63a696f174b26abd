import { isDeepStrictEqual } from "node:util";
import { SettingsError } from "../task/errors";
import { MissingSetting } from "./missingSettings";
import { quote, rememberSecret } from "../output/secrets";
import { eitherIn, type Found, type Source } from "./settingSource";
import type { Sources } from "./settingSources";
import { remedyOf } from "./settingNaming";
import type { SettingName } from "./settingTable";
import type { CloudProvider } from "../task/cloudProviders";

export type NameOrId = { id: string; name?: undefined } | { name: string; id?: undefined };

/** `origin` is where they were found, for messages: "OS_PASSWORD in the environment". */
export type Credentials = TokenCredentials | KeyCredentials | PasswordCredentials;

export interface TokenCredentials {
  method: "token";
  token: string;
  origin?: string;
}

/** An access key. With a security token, it is a temporary one. */
export interface KeyCredentials {
  method: "key";
  accessKey: string;
  secretKey: string;
  securityToken?: string;
  /** Of the key's owner, if known; needed to assume an agency. */
  domain?: NameOrId;
  origin?: string;
}

export interface PasswordCredentials {
  method: "password";
  user: NameOrId;
  domain?: NameOrId;
  password: string;
  /** Of a virtual MFA device; valid for half a minute. */
  passcode?: string;
  origin?: string;
}

type Method = Credentials["method"];

// In order of precedence within one source.
const partsOf: { [method in Method]: SettingName[] } = {
  token: ["token"],
  key: ["accessKey", "secretKey", "securityToken"],
  password: ["userId", "userName", "password", "passcode"],
};
const methods = Object.keys(partsOf) as Method[];

const exportLines: { [cloud in CloudProvider]: string } = {
  opentelekomcloud: "export OS_USERNAME=... OS_PASSWORD=... OS_USER_DOMAIN_NAME=...",
  huaweicloud: "export HW_ACCESS_KEY=... HW_SECRET_KEY=...",
};

/**
 * The first source that contains a part of any method determines the method. A part that this source lacks comes from another,
 * unless that one names another identity: a password must not be tried for a different user.
 *
 * @throws MissingSetting that names the missing part; no other method is tried.
 */
export function readCredentials(sources: Sources): Credentials {
  for (const source of sources.list) {
    const method = methodIn(source);
    if (method) {
      return { token: readToken, key: readKey, password: readPassword }[method](sources);
    }
  }
  throw new MissingSetting(
    `no credentials are set: set a token (${sources.describePlaces("token")}); or, in the same places, accessKey and secretKey, or ` +
      `userName, password and domainName; or name an entry of clouds.yaml with OS_CLOUD.`,
    { inPulumi: exportLines[sources.cloudProvider], inScript: exportLines[sources.cloudProvider] },
  );
}

/** The method that `auth_type` names, such as "v3password", or else the first that the source contains a part of. */
function methodIn(source: Source): Method | undefined {
  const authType = source.find("authType")?.value.toLowerCase() ?? "";
  const wanted: Method | undefined = /token/.test(authType)
    ? "token"
    : /aksk/.test(authType)
      ? "key"
      : /password|totp/.test(authType)
        ? "password"
        : undefined;
  const held = methods.filter((method) => partsOf[method].some((part) => source.find(part)));
  return wanted && held.includes(wanted) ? wanted : held[0];
}

function readToken(sources: Sources): TokenCredentials {
  const token = sources.find("token")!;
  rememberSecret(token.value);
  throwUnlessOneLine("token", token);
  return { method: "token", token: token.value, origin: token.place };
}

function readKey(sources: Sources): KeyCredentials {
  const accessKey = sources.find("accessKey") ?? missing("accessKey", sources, sources.find("secretKey"));
  const isOther = (source: Source) => differs(source.find("accessKey"), accessKey);
  const { found: secretKey, foreign } = partOf("secretKey", sources, isOther);
  if (!secretKey) {
    return missing("secretKey", sources, accessKey, foreign);
  }
  // A security token belongs to one key pair: one from another source than the secret key belongs to another pair.
  const securityToken = secretKey.source.find("securityToken");
  for (const secret of [secretKey, securityToken]) {
    rememberSecret(secret?.value ?? "");
  }
  throwUnlessOneLine("accessKey", accessKey);
  throwUnlessOneLine("secretKey", secretKey);
  throwUnlessOneLine("securityToken", securityToken);
  return {
    method: "key",
    accessKey: accessKey.value,
    secretKey: secretKey.value,
    ...(securityToken && { securityToken: securityToken.value }),
    ...domainOf(sources, isOther),
    origin: accessKey.place,
  };
}

function readPassword(sources: Sources): PasswordCredentials {
  const userIn = (source: Source) => valueOf(eitherIn(source, "userId", "userName"));
  const either = sources.findEither("userId", "userName");
  const user = valueOf(either) ?? missing("userName", sources, sources.find("password") ?? sources.find("passcode"));
  const isOtherName = (source: Source) => differs(userIn(source), user);
  const { domain } = domainOf(sources, isOtherName);
  // Two domains may each have a user of that name.
  const isOther = (source: Source) =>
    isOtherName(source) || (userIn(source) !== undefined && isOtherDomain(source, domain));
  const { found: password, foreign } = partOf("password", sources, isOther);
  if (!password) {
    return missing("password", sources, user, foreign);
  }
  const { found: passcode } = partOf("passcode", sources, isOther);
  for (const secret of [password, passcode]) {
    rememberSecret(secret?.value ?? "");
  }
  const byId = either !== undefined && "id" in either;
  // A user's name is only unique within its domain; an id is unique everywhere.
  if (!byId && !domain) {
    return missing("domainName", sources, user);
  }
  if (!byId && passcode) {
    // IAM accepts a passcode only with the user's id.
    return missing("userId", sources, passcode);
  }
  return {
    method: "password",
    user: byId ? { id: user.value } : { name: user.value },
    ...(domain && { domain }),
    password: password.value,
    ...(passcode && { passcode: passcode.value }),
    origin: user.place,
  };
}

/** What a header cannot contain would be dropped silently: another token would be sent, or an additional header. */
function throwUnlessOneLine(name: SettingName, found: Found | undefined): void {
  if (found && /[^\x20-\x7e]/.test(found.value)) {
    throw new SettingsError(
      `the setting ${name} (${quote(found.place)}) contains a line break, a control character or a character outside of ASCII, ` +
        `which cannot be sent: set it again, on one line.`,
    );
  }
}

/**
 * A part of an identity, from the first source that contains it and names no other identity. `foreign` is a part that was found
 * but ignored.
 */
function partOf(
  part: SettingName,
  sources: Sources,
  isOther: (source: Source) => boolean,
): { found?: Found; foreign?: Found } {
  const held = sources.list.flatMap((source) => source.find(part) ?? []);
  return { found: held.find(({ source }) => !isOther(source)), foreign: held[0] };
}

/** Whether a source names a different identity: its agency is not for these credentials. */
export function isOfAnother(source: Source, credentials: Credentials): boolean {
  const named = [source.find("token"), source.find("accessKey"), valueOf(eitherIn(source, "userId", "userName"))];
  const values = named.flatMap((found) => found?.value ?? []);
  return values.length > 0 && !values.includes(identityOf(credentials));
}

function identityOf(credentials: Credentials): string {
  switch (credentials.method) {
    case "token":
      return credentials.token;
    case "key":
      return credentials.accessKey;
    case "password":
      return credentials.user.id ?? credentials.user.name;
  }
}

function domainOf(sources: Sources, isOther: (source: Source) => boolean): { domain?: NameOrId } {
  for (const source of sources.list) {
    const either = eitherIn(source, "domainId", "domainName");
    if (either && !isOther(source)) {
      return { domain: asNameOrId(either) };
    }
  }
  return {};
}

function isOtherDomain(source: Source, domain: NameOrId | undefined): boolean {
  const either = eitherIn(source, "domainId", "domainName");
  const other = either && asNameOrId(either);
  const isComparable = other && domain && (other.id === undefined) === (domain.id === undefined);
  return isComparable === true && !isDeepStrictEqual(other, domain);
}

/** A source that names no identity does not differ. */
function differs(found: Found | undefined, identity: Found): boolean {
  return found !== undefined && found.value !== identity.value;
}

export function asNameOrId(either: { id: Found } | { name: Found }): NameOrId {
  return "id" in either ? { id: either.id.value } : { name: either.name.value };
}

function valueOf(either: { id: Found } | { name: Found } | undefined): Found | undefined {
  return either && ("id" in either ? either.id : either.name);
}

function missing(part: SettingName, sources: Sources, given: Found | undefined, foreign?: Found): never {
  throw new MissingSetting(
    `the credentials are incomplete: ${given ? `${quote(given.place)} needs the setting ${part}` : `${part} is not set`}. ` +
      `Set ${sources.describePlaces(part)}.` +
      (foreign ? ` ${quote(foreign.place)} is ignored because it belongs to another identity.` : ""),
    remedyOf(part, "", sources.cloudProvider),
  );
}
