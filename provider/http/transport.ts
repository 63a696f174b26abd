import axios from "axios";
import { systemClock } from "../clock/clock";
import { debug, type Warn, warnOnce } from "../output/log";
import { TransientError, WrongEndpointError } from "../task/errors";
import { faultOfConnection, faultOfProxyLogin } from "./connectionFault";
import { Connections } from "./connections";
import {
  bodyText,
  type ConnectionSettings,
  headersOf,
  type RequestHeaders,
  type Send,
  type ServiceReply,
  type ServiceRequest,
  whereOf,
} from "./exchange";
import { describeProxy, type Proxy, proxyTo } from "./proxy";
import { RequestQueue } from "./requestQueue";
import { readResponse } from "./response";

const largestBodyBytes = 8 * 1024 * 1024;

const client = axios.create({
  adapter: "http",
  // A redirect would send the credentials to another address.
  maxRedirects: 0,
  maxContentLength: largestBodyBytes,
  responseType: "text",
  // By default, axios returns a body that it cannot parse as text: a truncated body must not count as an answer.
  transformResponse: (text: unknown) => text,
  validateStatus: () => true,
  headers: { Accept: "application/json", "User-Agent": "pulumi-otc-background-task" },
});

// For all requests of this process, whatever their settings.
const queue = new RequestQueue(systemClock);

const senders = new Map<string, Send>();

/** Sends over connections that are secured as the settings say. The same settings share connections. */
export function sendOver(connection: ConnectionSettings = {}, warn: Warn = warnOnce): Send {
  const key = JSON.stringify(connection);
  let send = senders.get(key);
  if (!send) {
    if (connection.insecure) {
      warn(
        "insecure",
        "certificates are not verified because the setting insecure (or verify in clouds.yaml) turns that off: anybody on the network path can read the credentials. " +
          "To trust your own certificate authority, set OS_CACERT to its certificate instead.",
      );
    }
    let connections: Connections | undefined;
    send = (request) => logged(request, () => sendInTurn((connections ??= new Connections(connection)), request));
    senders.set(key, send);
  }
  return send;
}

/**
 * Sends one request and waits for the whole reply, whatever its HTTP status. Throws {@link TransientError} if there is no reply,
 * {@link BadResponseError} if it is not an answer, {@link WrongEndpointError} if it is not from the service (a redirect, or a
 * certificate that is not trusted), and {@link ProxyError} if the proxy did not let the request through.
 */
export const send: Send = (request) => sendOver()(request);

async function sendInTurn(connections: Connections, request: ServiceRequest): Promise<ServiceReply> {
  const { timeoutMs, mostMs = timeoutMs, instanceId, signal } = request;
  const where = whereOf(request);
  const proxy = proxyTo(request.url);
  const through = proxy ? ` through ${describeProxy(proxy)}` : "";
  const timer = new AbortController();
  // A signal shared by many requests gets no listeners of its own: Node would warn about them.
  const end = AbortSignal.any(signal ? [signal, timer.signal] : [timer.signal]);
  const endAfter = (ms: number, fault: string, why = "") =>
    setTimeout(() => {
      timer.abort(new TransientError(`${where} ${fault} within ${Math.round(ms / 10) / 100} s${why}`));
    }, ms);
  const queuedMs = performance.now();
  let timeout = endAfter(Math.min(timeoutMs, mostMs), "could not be sent", " because other requests are in flight");
  try {
    end.throwIfAborted();
    return await queue.run(instanceId, end, () => {
      clearTimeout(timeout);
      const leftMs = Math.min(timeoutMs, mostMs - (performance.now() - queuedMs));
      timeout = endAfter(leftMs, `did not answer${through}`);
      return exchange(connections, request, headersOf(request), proxy, end);
    });
  } catch (error) {
    throw end.aborted ? end.reason : error;
  } finally {
    clearTimeout(timeout);
  }
}

async function exchange(
  connections: Connections,
  request: ServiceRequest,
  headers: RequestHeaders,
  proxy: Proxy | undefined,
  signal: AbortSignal,
): Promise<ServiceReply> {
  const config = {
    method: request.method,
    url: request.url,
    headers: {
      ...headers,
      ...(request.body === undefined ? {} : { "Content-Type": "application/json;charset=utf8" }),
    },
    data: bodyText(request),
    signal,
    ...connections.to(request.url, proxy, signal),
  };
  const sentMs = systemClock.epochMs();
  const response = await client.request<string>(config).catch((error: unknown) => {
    throw faultOfConnection(error as Error, request, proxy, largestBodyBytes);
  });
  const { status: httpStatus, data } = response;
  if (httpStatus >= 300 && httpStatus < 400) {
    throw new WrongEndpointError(
      `${whereOf(request)} answered with a redirect (HTTP ${httpStatus}), which is not followed because credentials would be sent along. ` +
        `Check the endpoint and the region.`,
      { httpStatus },
    );
  }
  if (httpStatus === 407 && new URL(request.url).protocol === "http:") {
    throw faultOfProxyLogin(whereOf(request), proxy);
  }
  return readResponse(
    { httpStatus, headers: response.headers, data, sentMs, receivedMs: systemClock.epochMs() },
    whereOf(request),
  );
}

async function logged(request: ServiceRequest, exchange: () => Promise<ServiceReply>): Promise<ServiceReply> {
  const startedMs = performance.now();
  const took = () => `${(performance.now() - startedMs).toFixed(0)} ms`;
  try {
    const reply = await exchange();
    debug(() => `${whereOf(request)} ${reply.httpStatus} ${took()}`);
    return reply;
  } catch (error) {
    debug(() => `${whereOf(request)} failed ${took()}: ${(error as Error).message}`);
    throw error;
  }
}
