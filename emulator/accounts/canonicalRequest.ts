import { createHash } from "node:crypto";

/** What a signature covers, as it came over the wire. */
export interface SignedRequest {
  method: string;
  /** Path and query as sent, still encoded. */
  rawUrl: string;
  /** Names in lower case. */
  headers: { [name: string]: string | string[] | undefined };
  body: Buffer;
}

/**
 * The six parts of a canonical request (Huawei Cloud, "API Request Signing Guide"; the same algorithm for OTC in API
 * Gateway's API reference, "Calling APIs"), or undefined when a signed header is missing or its list is not sorted.
 */
export function canonicalRequest(request: SignedRequest, signedHeaders: string[]): string | undefined {
  const headerLines = canonicalHeaders(request, signedHeaders);
  const payload = payloadHash(request);
  const target = splitTarget(request.rawUrl);
  if (headerLines === undefined || payload === undefined || target === undefined) {
    return undefined;
  }
  return [request.method, target.path, target.query, headerLines, signedHeaders.join(";"), payload].join("\n");
}

function splitTarget(rawUrl: string): { path: string; query: string } | undefined {
  const mark = rawUrl.indexOf("?");
  const rawPath = mark < 0 ? rawUrl : rawUrl.slice(0, mark);
  const rawQuery = mark < 0 ? "" : rawUrl.slice(mark + 1);
  try {
    const path = rawPath
      .split("/")
      .map((segment) => encode(decodeURIComponent(segment)))
      .join("/");
    // The slash at the end exists in the signed text only.
    return { path: path.endsWith("/") ? path : `${path}/`, query: canonicalQuery(rawQuery) };
  } catch {
    return undefined; // not valid percent-encoding
  }
}

function canonicalQuery(rawQuery: string): string {
  const pairs = rawQuery
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const equals = pair.indexOf("=");
      const name = equals < 0 ? pair : pair.slice(0, equals);
      const value = equals < 0 ? "" : pair.slice(equals + 1);
      return [encode(decodeQuery(name)), encode(decodeQuery(value))] as const;
    });
  pairs.sort(([name, value], [otherName, otherValue]) => compare(name, otherName) || compare(value, otherValue));
  return pairs.map(([name, value]) => `${name}=${value}`).join("&");
}

/** HTTP clients send a space of a query as `+` or `%20`; signers write `%20`. */
function decodeQuery(text: string): string {
  return decodeURIComponent(text.replace(/\+/g, "%20"));
}

/** RFC 3986: all but the unreserved characters, in upper-case hex. encodeURIComponent leaves five more as they are. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function canonicalHeaders(request: SignedRequest, names: string[]): string | undefined {
  let lines = "";
  let previous = "";
  for (const name of names) {
    const value = request.headers[name];
    if (value === undefined || name !== name.toLowerCase() || compare(previous, name) >= 0) {
      return undefined;
    }
    lines += `${name}:${(Array.isArray(value) ? value.join(",") : value).trim()}\n`;
    previous = name;
  }
  return lines;
}

/** A client may state the body's hash in a header, or state that it did not hash the body. A false hash is refused. */
function payloadHash(request: SignedRequest): string | undefined {
  const actual = createHash("sha256").update(request.body).digest("hex");
  const stated = request.headers["x-sdk-content-sha256"];
  if (stated === undefined || stated === actual) {
    return actual;
  }
  return stated === "UNSIGNED-PAYLOAD" ? stated : undefined;
}
