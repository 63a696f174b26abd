import type { AxiosRequestConfig } from "axios";
import * as http from "node:http";
import * as https from "node:https";
import type { ConnectionSettings } from "./exchange";
import { hostNames } from "./hostNames";
import type { Proxy } from "./proxy";
import { TunnelAgent, type TunnelRequest } from "./tunnel";

// Kept for the next look. RequestQueue limits the requests in flight, and thereby the connections.
const kept = { keepAlive: true, lookup: hostNames.lookup };

/** Connections that are secured with the same settings. */
export class Connections {
  private readonly plain = new http.Agent(kept);
  private readonly secured: https.AgentOptions;
  private readonly direct: https.Agent;
  private readonly toProxy: https.Agent;
  private readonly tunnels = new Map<string, TunnelAgent>();

  constructor({ caCert, clientCert, clientKey, insecure }: ConnectionSettings) {
    // The client certificate is for the service, not for a proxy.
    const toProxy = { ...kept, ca: caCert, ...(insecure && { rejectUnauthorized: false }) };
    this.secured = { ...toProxy, cert: clientCert, key: clientKey };
    this.direct = new https.Agent(this.secured);
    this.toProxy = new https.Agent(toProxy);
  }

  /** The axios options that send a request over these connections. */
  to(url: string, proxy: Proxy | undefined, signal: AbortSignal): AxiosRequestConfig {
    if (!proxy) {
      return { httpAgent: this.plain, httpsAgent: this.direct, proxy: false };
    }
    if (url.startsWith("http:")) {
      // Forwarded in plain text, as the user allowed for this address.
      return { httpAgent: this.plain, httpsAgent: this.toProxy, proxy };
    }
    const httpsAgent = this.tunnelThrough(proxy);
    const request = (
      options: https.RequestOptions & TunnelRequest,
      onResponse: (reply: http.IncomingMessage) => void,
    ) => https.request(Object.assign(options, { tunnelSignal: signal }), onResponse);
    return { httpsAgent, proxy: false, transport: { request } };
  }

  private tunnelThrough(proxy: Proxy): TunnelAgent {
    const key = JSON.stringify(proxy);
    const agent = this.tunnels.get(key) ?? new TunnelAgent(proxy, this.secured);
    this.tunnels.set(key, agent);
    return agent;
  }
}
