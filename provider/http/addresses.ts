import type { Api } from "../task/services";
import { type CloudSite, hostPartOf } from "./cloudHosts";

const longestIdentifier = 128;

/**
 * What is wrong with an identifier that becomes a segment of a URL's path, as the end of a sentence; undefined if nothing is.
 * Identifiers are opaque: the service uses UUIDs, 32 hexadecimal digits and names.
 */
export function faultOfIdentifier(value: string): string | undefined {
  if (value === "") {
    return "must not be empty";
  }
  if (value.length > longestIdentifier) {
    return `must not be longer than ${longestIdentifier} characters, but has ${value.length}`;
  }
  if (!/^[A-Za-z0-9\-._~]+$/.test(value) || value === "." || value === "..") {
    return `must consist of letters, digits and "-", ".", "_" or "~", but is ${JSON.stringify(value)}`;
  }
  return undefined;
}

/** Returns the identifier, or throws an error whose message is the end of a sentence. */
export function checkIdentifier(value: string): string {
  const fault = faultOfIdentifier(value);
  if (fault) {
    throw new Error(fault);
  }
  return value;
}

/**
 * Base URL of a service in a region, from the pattern of the cloud's hosts. Throws an error whose message is the end of a
 * sentence.
 */
export function endpointOfRegion(service: "iam" | Api, region: string, site: CloudSite = {}): string {
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(region)) {
    throw new Error(`must be the name of a region such as "eu-de", but is ${JSON.stringify(region)}`);
  }
  return `https://${service}.${hostPartOf(region, site)}`;
}

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

export function isLoopback(url: URL): boolean {
  return loopback.test(url.hostname);
}

/**
 * Checks a base URL and returns it without a trailing slash. Throws an error whose message is the end of a sentence.
 */
export function parseBaseUrl(text: string, { allowHttp = false }: { allowHttp?: boolean } = {}): string {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new Error(`must be a URL such as "https://host"${butIs(text)}`);
  }
  if (url.username || url.password) {
    throw new Error("must be a URL without credentials");
  }
  if (!isEncodedWell(url.pathname)) {
    throw new Error(`must be a URL whose path is percent-encoded correctly${butIs(text)}`);
  }
  if (url.search || url.hash) {
    throw new Error(`must be a URL without "?" and "#"${butIs(text)}`);
  }
  if (url.protocol !== "https:" && !(url.protocol === "http:" && (allowHttp || isLoopback(url)))) {
    throw new Error(
      `must begin with "https://" because credentials are sent there ("http://" is accepted for this machine only, or if allowHttp is set)` +
        butIs(text),
    );
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}

function isEncodedWell(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

// A password in a URL, well-formed or not, must not appear in a log.
function butIs(text: string): string {
  return text.includes("@") ? "" : `, but is ${JSON.stringify(text)}`;
}

/** A service's base URL without `/v2` or `/v2/{project_id}`, which a URL from the catalog or a user may contain. */
export function withoutVersion(baseUrl: string): string {
  return baseUrl.replace(/\/v[12](\.\d)?(\/[^/]*)?$/, "");
}
