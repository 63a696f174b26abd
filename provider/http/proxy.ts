import type { AxiosProxyConfig } from "axios";
import { getProxyForUrl } from "proxy-from-env";
import { SettingsError } from "../task/errors";
import { rememberSecret } from "../output/secrets";
import { isLoopback } from "./addresses";

/**
 * The proxy on the way to this URL, as HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY say. To a TLS host axios tunnels
 * through it, so that it sees no credentials but its own. What this machine serves has none.
 *
 * @throws SettingsError when the variable holds no URL of a proxy.
 */
export function proxyTo(url: string): AxiosProxyConfig | false {
  const { protocol } = new URL(url);
  const text = isLoopback(new URL(url)) ? "" : getProxyForUrl(url);
  if (text === "") {
    return false;
  }
  const proxy = parse(text);
  if (!proxy) {
    throw new SettingsError(
      `${protocol === "https:" ? "HTTPS_PROXY" : "HTTP_PROXY"} in the environment must be a URL such as "http://host:port".`,
    );
  }
  // axios takes the parts of a URL as they are encoded; here they are what they mean.
  const [username, password] = [decoded(proxy.username), decoded(proxy.password)];
  for (const secret of [proxy.password, password, Buffer.from(`${username}:${password}`).toString("base64")]) {
    if (proxy.password) {
      rememberSecret(secret);
    }
  }
  return {
    protocol: proxy.protocol,
    host: proxy.hostname,
    port: Number(proxy.port || (proxy.protocol === "https:" ? 443 : 80)),
    ...(proxy.username && { auth: { username, password } }),
  };
}

function parse(text: string): URL | undefined {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return url && /^https?:$/.test(url.protocol) ? url : undefined;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
