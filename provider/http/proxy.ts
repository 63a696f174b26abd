import { SettingsError } from "../task/errors";
import { rememberSecret } from "../output/secrets";
import { isLoopback } from "./addresses";
import { isExempt } from "./noProxy";

/** A proxy, and the variable that names it. */
export interface Proxy {
  protocol: "http:" | "https:";
  /** Without the brackets of an IPv6 address. */
  host: string;
  port: number;
  auth?: { username: string; password: string };
  /** The environment variable that names it, as spelled there. */
  variable: string;
}

type Environment = { [name: string]: string | undefined };

/**
 * The proxy on the way to this URL, from HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY; undefined if there is none. This machine
 * is always reached directly.
 *
 * @throws SettingsError if the variable does not name a usable proxy.
 */
export function proxyTo(address: string, env: Environment = process.env): Proxy | undefined {
  const url = new URL(address);
  const found = read(env, url.protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY") ?? read(env, "ALL_PROXY");
  if (!found || isLoopback(url) || isExempt(url, read(env, "NO_PROXY")?.text ?? "")) {
    return undefined;
  }
  const { variable, text } = found;
  const proxy = parse(text);
  if (!proxy) {
    throw new SettingsError(
      `${variable} in the environment must name an HTTP proxy, such as "http://host:port" or "host:port".`,
    );
  }
  const [username, password] = [decoded(proxy.username), decoded(proxy.password)];
  if (proxy.password) {
    for (const secret of [proxy.password, password, basicAuthorization({ username, password })]) {
      rememberSecret(secret);
    }
  }
  return {
    protocol: proxy.protocol as Proxy["protocol"],
    host: proxy.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: Number(proxy.port || (proxy.protocol === "https:" ? 443 : 80)),
    ...(proxy.username && { auth: { username, password } }),
    variable,
  };
}

/** The part of the header after "Basic ". */
export function basicAuthorization({ username, password }: NonNullable<Proxy["auth"]>): string {
  return Buffer.from(`${username}:${password}`).toString("base64");
}

/** "the proxy http://host:port (HTTPS_PROXY)", without its password. */
export function describeProxy({ protocol, host, port, variable }: Proxy): string {
  return `the proxy ${protocol}//${host.includes(":") ? `[${host}]` : host}:${port} (${variable})`;
}

/** A variable in upper or lower case, upper case first, as Go's httpproxy reads it. An empty one counts as not set. */
function read(env: Environment, name: string): { variable: string; text: string } | undefined {
  const variable = [name, name.toLowerCase()].find((spelling) => env[spelling]);
  return variable === undefined ? undefined : { variable, text: env[variable]! };
}

function parse(text: string): URL | undefined {
  const address = text.includes("://") ? text : `http://${text}`;
  const url = URL.canParse(address) ? new URL(address) : undefined;
  return url && /^https?:$/.test(url.protocol) && url.hostname ? url : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
