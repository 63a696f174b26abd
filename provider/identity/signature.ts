import { createHash, createHmac } from "node:crypto";

/** A request as it will be sent. */
interface UnsignedRequest {
  method: string;
  /** Absolute, percent-encoded. */
  url: string;
  /** What is signed beside host and date. */
  headers: { [name: string]: string };
  body?: string;
}

const algorithm = "SDK-HMAC-SHA256";

/**
 * The headers that sign a request at that time: `Host`, `X-Sdk-Date` and `Authorization`. All headers given are signed.
 *
 * Source: Huawei Cloud's "API Request Signing Guide"; the same form for Open Telekom Cloud in "Calling APIs" of API
 * Gateway's API reference. Checked against requests that Huawei Cloud's Node SDK signed.
 */
export function signatureHeaders(
  request: UnsignedRequest,
  key: { accessKey: string; secretKey: string },
  timeMs: number,
): { [name: string]: string } {
  const url = new URL(request.url);
  const date = new Date(timeMs).toISOString().replace(/[-:]|\.\d{3}/g, "");
  const headers = new Map(Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value.trim()]));
  headers.set("host", url.host).set("x-sdk-date", date);
  const names = [...headers.keys()].sort();
  const canonical = [
    request.method,
    canonicalPath(url.pathname),
    canonicalQuery(url.search.slice(1)),
    ...names.map((name) => `${name}:${headers.get(name)}`),
    "",
    names.join(";"),
    headers.get("x-sdk-content-sha256") ?? sha256(request.body ?? ""),
  ].join("\n");
  const signature = createHmac("sha256", key.secretKey)
    .update([algorithm, date, sha256(canonical)].join("\n"))
    .digest("hex");
  return {
    Host: url.host,
    "X-Sdk-Date": date,
    Authorization: `${algorithm} Access=${key.accessKey}, SignedHeaders=${names.join(";")}, Signature=${signature}`,
  };
}

function canonicalPath(pathname: string): string {
  const encoded = pathname
    .split("/")
    .map((segment) => encode(decodeURIComponent(segment)))
    .join("/");
  // The slash at the end is in the signed text only.
  return encoded.endsWith("/") ? encoded : `${encoded}/`;
}

function canonicalQuery(query: string): string {
  const decoded = (text: string) => decodeURIComponent(text.replaceAll("+", "%20"));
  return query
    .split("&")
    .filter((pair) => pair !== "")
    .map((pair) => {
      const [name = "", ...value] = pair.split("=");
      return { name: encode(decoded(name)), value: encode(decoded(value.join("="))) };
    })
    .sort((a, b) => compare(a.name, b.name) || compare(a.value, b.value))
    .map(({ name, value }) => `${name}=${value}`)
    .join("&");
}

/** RFC 3986: all but the unreserved characters, of which encodeURIComponent leaves five more. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
