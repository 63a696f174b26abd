import { isDeepStrictEqual } from "node:util";
import { SettingsError } from "../task/errors";
import { MissingSetting } from "./missingSettings";
import { quote, rememberSecret } from "../output/secrets";
import { eitherIn, type Found, type Source, type Sources } from "./settingSources";
import { describePlaces, placesOf, type SettingName } from "./settingTable";

export type NameOrId = { id: string; name?: undefined } | { name: string; id?: undefined };

/** Who to be. `origin` says where that was found, for messages: "OS_PASSWORD in the environment". */
export type Credentials = TokenCredentials | KeyCredentials | PasswordCredentials;

export interface TokenCredentials {
  method: "token";
  token: string;
  origin?: string;
}

/** An access key; with a security token, a temporary one. */
export interface KeyCredentials {
  method: "key";
  accessKey: string;
  secretKey: string;
  securityToken?: string;
  /** Of the key's owner, where it is known: needed to act for an agency. */
  domain?: NameOrId;
  origin?: string;
}

export interface PasswordCredentials {
  method: "password";
  user: NameOrId;
  domain?: NameOrId;
  password: string;
  /** Of a virtual MFA device: good for half a minute. */
  passcode?: string;
  origin?: string;
}

type Method = Credentials["method"];

// In the order in which they are preferred within one source.
const partsOf: { [method in Method]: SettingName[] } = {
  token: ["token"],
  key: ["accessKey", "secretKey", "securityToken"],
  password: ["userId", "userName", "password", "passcode"],
};
const methods = Object.keys(partsOf) as Method[];

/**
 * The credentials: the first source that holds any part of a method decides on the method. A part that this source does
 * not hold is taken from another, unless that one names another identity: a password must not be tried for a user whose
 * it is not.
 *
 * @throws MissingSetting that names the missing half, never another method instead.
 */
export function readCredentials(sources: Sources): Credentials {
  for (const source of sources.list) {
    const method = methodIn(source);
    if (method) {
      return { token: readToken, key: readKey, password: readPassword }[method](sources);
    }
  }
  throw new MissingSetting(
    `no credentials are set: give a token (${describePlaces("token")}); or accessKey and secretKey, or userName, password and ` +
      `domainName, in the same places.`,
    "choose an entry of clouds.yaml by OS_CLOUD, or export OS_USERNAME, OS_PASSWORD and OS_USER_DOMAIN_NAME",
  );
}

/** What `auth_type` says, such as "v3password", or else the first method that the source holds a part of. */
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
  const accessKey = sources.find("accessKey") ?? missing("accessKey", sources.find("secretKey"));
  const isOther = (source: Source) => differs(source.find("accessKey"), accessKey);
  const { found: secretKey, foreign } = partOf("secretKey", sources, isOther);
  if (!secretKey) {
    return missing("secretKey", accessKey, foreign);
  }
  // A security token belongs to one key pair: from elsewhere than the secret key it would be another's.
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
  const user = valueOf(either) ?? missing("userName", sources.find("password") ?? sources.find("passcode"));
  const isOtherName = (source: Source) => differs(userIn(source), user);
  const { domain } = domainOf(sources, isOtherName);
  // Two domains may each have a user of that name.
  const isOther = (source: Source) =>
    isOtherName(source) || (userIn(source) !== undefined && isOtherDomain(source, domain));
  const { found: password, foreign } = partOf("password", sources, isOther);
  if (!password) {
    return missing("password", user, foreign);
  }
  const { found: passcode } = partOf("passcode", sources, isOther);
  for (const secret of [password, passcode]) {
    rememberSecret(secret?.value ?? "");
  }
  const byId = either !== undefined && "id" in either;
  // A user's name is unique within its domain only; an id is unique by itself.
  if (!byId && !domain) {
    return missing("domainName", user);
  }
  if (!byId && passcode) {
    // IAM takes a passcode with the user's id only.
    return missing("userId", passcode);
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

/** Whatever a header cannot hold would be left out of it without a word: another token, or a header of its own. */
function throwUnlessOneLine(name: SettingName, found: Found | undefined): void {
  if (found && /[^\x20-\x7e]/.test(found.value)) {
    throw new SettingsError(
      `the setting ${name} (${quote(found.place)}) has a line break, a control character or one outside of ASCII in it, ` +
        `which cannot be sent: set it anew, in one line.`,
    );
  }
}

/**
 * One part of an identity: of the first source that has it and names no other identity. `foreign` is a part that was
 * found and not taken.
 */
function partOf(
  part: SettingName,
  sources: Sources,
  isOther: (source: Source) => boolean,
): { found?: Found; foreign?: Found } {
  const held = sources.list.flatMap((source) => source.find(part) ?? []);
  return { found: held.find(({ source }) => !isOther(source)), foreign: held[0] };
}

/** Whether a source tells who to be, and it is somebody else: what it says of an agency is not for these credentials. */
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

/** A source that names nobody is no other. */
function differs(found: Found | undefined, identity: Found): boolean {
  return found !== undefined && found.value !== identity.value;
}

export function asNameOrId(either: { id: Found } | { name: Found }): NameOrId {
  return "id" in either ? { id: either.id.value } : { name: either.name.value };
}

function valueOf(either: { id: Found } | { name: Found } | undefined): Found | undefined {
  return either && ("id" in either ? either.id : either.name);
}

function missing(part: SettingName, given: Found | undefined, foreign?: Found): never {
  const { config, isSecret } = placesOf(part);
  throw new MissingSetting(
    `the credentials are incomplete: ${part} is not set` +
      (given ? `, which ${quote(given.place)} needs beside it` : "") +
      `: give ${describePlaces(part)}.` +
      (foreign ? ` ${quote(foreign.place)} is not taken, since it belongs to another identity.` : ""),
    `pulumi config set ${isSecret ? "--secret " : ""}opentelekomcloud:${config[0]}`,
  );
}
