import * as http from "node:http";
import * as https from "node:https";
import { isIPv6, type LookupFunction } from "node:net";
import type { Duplex } from "node:stream";
import { basicAuthorization, type Proxy } from "./proxy";

/** The proxy did not open a tunnel: it did not answer 200, or could not be reached. */
export class TunnelFault extends Error {
  constructor(
    readonly httpStatus?: number,
    override readonly cause?: Error,
  ) {
    super("no tunnel");
  }
}

/** Options of a request in addition to those of Node's own agents. */
export interface TunnelRequest {
  /** Aborts the opening of a tunnel that nobody waits for any longer. */
  tunnelSignal?: AbortSignal;
}

interface TunnelOptions extends https.AgentOptions {
  lookup?: LookupFunction;
}

/**
 * An agent whose connections are TLS in tunnels through a proxy, which sees only the host's name. They are kept and reused like
 * those of Node's own agent. Any answer of the proxy except 200 means no tunnel, and never counts as an answer of the host.
 */
export class TunnelAgent extends https.Agent {
  constructor(
    private readonly proxy: Proxy,
    private readonly tunnelOptions: TunnelOptions,
  ) {
    super(tunnelOptions);
  }

  override createConnection(
    options: https.RequestOptions & TunnelRequest,
    callback: (error: Error | null, socket: Duplex) => void,
  ): undefined {
    const { protocol, host, port, auth } = this.proxy;
    const { lookup, ca, rejectUnauthorized } = this.tunnelOptions;
    const target = `${isIPv6(options.host ?? "") ? `[${options.host}]` : options.host}:${options.port}`;
    const fail = (fault: TunnelFault) => callback(fault, undefined as never);
    const opening = (protocol === "https:" ? https : http).request({
      method: "CONNECT",
      host,
      port,
      path: target,
      setHost: false,
      headers: { Host: target, ...(auth && { "Proxy-Authorization": `Basic ${basicAuthorization(auth)}` }) },
      agent: false,
      lookup,
      signal: options.tunnelSignal,
      // The client certificate is for the service, not for the proxy.
      ...(protocol === "https:" && { ca, rejectUnauthorized }),
    });
    opening.once("connect", (response, socket) => {
      if (response.statusCode === 200) {
        callback(null, super.createConnection({ ...options, socket } as https.RequestOptions)!);
      } else {
        socket.destroy();
        fail(new TunnelFault(response.statusCode));
      }
    });
    opening.once("error", (error) => fail(new TunnelFault(undefined, error)));
    opening.end();
    return undefined;
  }
}
