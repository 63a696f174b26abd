import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { canonicalRequest, type SignedRequest } from "./canonicalRequest";

const ALGORITHM = "SDK-HMAC-SHA256";

/** The documented form, which Huawei Cloud's SDKs send. */
const ACCESS_FORM = /^SDK-HMAC-SHA256 Access=([^,= ]+), SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/;

/** The form of OTC's Go SDK, with a key derived from day, region and service, the last two of which it leaves empty. */
const CREDENTIAL_FORM =
  /^SDK-HMAC-SHA256 Credential=([^,=/ ]+)\/(\d{8})\/\/\/sdk_request, SignedHeaders=([a-z0-9;-]+), Signature=([0-9a-f]{64})$/;

interface ParsedAuthorization {
  accessKey: string;
  /** Day of the credential's scope, in the second form. */
  scopeDay?: string;
  signedHeaders: string[];
  signature: string;
}

/**
 * Whether the request's `Authorization` header is right for it: the access key's secret signed this method, path,
 * query, signed headers and body, `host` and `x-sdk-date` among the headers. The date's age is not checked.
 */
export function isRightlySigned(request: SignedRequest, secretOf: (accessKey: string) => string | undefined): boolean {
  const parsed = parseAuthorization(request.headers.authorization);
  const date = request.headers["x-sdk-date"];
  if (parsed === undefined || typeof date !== "string" || !/^\d{8}T\d{6}Z$/.test(date)) {
    return false;
  }
  const secretKey = secretOf(parsed.accessKey);
  const { signedHeaders, scopeDay } = parsed;
  const canonical = canonicalRequest(request, signedHeaders);
  if (
    secretKey === undefined ||
    canonical === undefined ||
    !signedHeaders.includes("host") ||
    !signedHeaders.includes("x-sdk-date") ||
    (scopeDay !== undefined && scopeDay !== date.slice(0, 8))
  ) {
    return false;
  }
  const canonicalHash = createHash("sha256").update(canonical).digest("hex");
  const expected =
    scopeDay === undefined
      ? hmac(secretKey, [ALGORITHM, date, canonicalHash].join("\n"))
      : hmac(derivedKey(secretKey, scopeDay), [ALGORITHM, date, scopeOf(scopeDay), canonicalHash].join("\n"));
  return timingSafeEqual(expected, Buffer.from(parsed.signature, "hex"));
}

/** The access key that a request claims to be signed with. */
export function accessKeyOf(request: SignedRequest): string | undefined {
  return parseAuthorization(request.headers.authorization)?.accessKey;
}

/** The time that was signed, in ms since the epoch. */
export function signedAtMs(request: SignedRequest): number | undefined {
  const date = request.headers["x-sdk-date"];
  const parts = typeof date === "string" ? /^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/.exec(date) : null;
  return parts ? Date.parse(`${parts.slice(1, 4).join("-")}T${parts.slice(4).join(":")}Z`) : undefined;
}

function parseAuthorization(header: string | undefined | string[]): ParsedAuthorization | undefined {
  if (typeof header !== "string") {
    return undefined;
  }
  const [, accessKey, headers, signature] = ACCESS_FORM.exec(header) ?? [];
  if (accessKey !== undefined && headers !== undefined && signature !== undefined) {
    return { accessKey, signedHeaders: headers.split(";"), signature };
  }
  const [, key, scopeDay, headerList, scopedSignature] = CREDENTIAL_FORM.exec(header) ?? [];
  if (key !== undefined && scopeDay !== undefined && headerList !== undefined && scopedSignature !== undefined) {
    return { accessKey: key, scopeDay, signedHeaders: headerList.split(";"), signature: scopedSignature };
  }
  return undefined;
}

function scopeOf(day: string): string {
  return `${day}///sdk_request`;
}

function derivedKey(secretKey: string, day: string): Buffer {
  const [region, service] = ["", ""];
  return [day, region, service, "sdk_request"].reduce<Buffer>(hmac, Buffer.from(`SDK${secretKey}`));
}

function hmac(key: string | Buffer, text: string): Buffer {
  return createHmac("sha256", key).update(text).digest();
}
