import axios, { type AxiosInstance } from "axios";
import * as http from "node:http";
import * as https from "node:https";
import { offsetFrom } from "../clock/serviceClock";
import { faultOfConnection } from "./connectionFault";
import {
  bodyText,
  type ConnectionSettings,
  headersOf,
  type Send,
  type ServiceReply,
  type ServiceRequest,
  whereOf,
} from "./exchange";
import { debug, type Warn, warnOnce } from "../output/log";
import { BadResponseError, RequestRefusedError, TransientError, WrongEndpointError } from "../task/errors";
import { proxyTo } from "./proxy";
import { quote } from "../output/secrets";

const largestBodyBytes = 8 * 1024 * 1024;

// Connections are kept for the next look; the limit keeps many waits from opening a connection each.
const agents = { keepAlive: true, maxSockets: 8 };

function openClient({ caCert, clientCert, clientKey, insecure }: ConnectionSettings): AxiosInstance {
  const tls = { ca: caCert, cert: clientCert, key: clientKey, ...(insecure && { rejectUnauthorized: false }) };
  return axios.create({
    httpAgent: new http.Agent(agents),
    httpsAgent: new https.Agent({ ...agents, ...tls }),
    adapter: "http",
    // A redirect would carry the credentials to wherever it points.
    maxRedirects: 0,
    maxContentLength: largestBodyBytes,
    responseType: "text",
    // By itself axios hands on as text what it cannot parse: a body cut short must not pass for an answer.
    transformResponse: (text: unknown) => text,
    validateStatus: () => true,
    headers: { Accept: "application/json", "User-Agent": "pulumi-otc-background-task" },
  });
}

const senders = new Map<string, Send>();

/** Sends over connections that are secured as the settings say; whoever has the same settings shares them. */
export function sendOver(connection: ConnectionSettings = {}, warn: Warn = warnOnce): Send {
  const key = JSON.stringify(connection);
  let send = senders.get(key);
  if (!send) {
    if (connection.insecure) {
      warn(
        "insecure",
        "certificates are not verified, as the setting insecure says: whoever is in between can read the credentials. " +
          "For an authority of your own, give its certificate by OS_CACERT instead.",
      );
    }
    let client: AxiosInstance | undefined;
    send = (request) => logged(request, () => sendWith((client ??= openClient(connection)), request));
    senders.set(key, send);
  }
  return send;
}

/**
 * Sends one request and waits for the whole reply, whatever its HTTP status. Throws {@link TransientError} where there
 * is no reply, {@link BadResponseError} where it is no answer, and {@link WrongEndpointError} where it comes from
 * somebody else: a redirect, or a certificate that is not trusted.
 */
export const send: Send = (request) => sendOver()(request);

async function sendWith(client: AxiosInstance, request: ServiceRequest): Promise<ServiceReply> {
  const timer = new AbortController();
  const timeout = setTimeout(() => timer.abort(), request.timeoutMs);
  const onAbort = () => timer.abort();
  request.signal?.addEventListener("abort", onAbort, { once: true });
  try {
    request.signal?.throwIfAborted();
    const sentMs = Date.now();
    const response = await client.request<string>({
      method: request.method,
      url: request.url,
      headers: {
        ...headersOf(request),
        ...(request.body === undefined ? {} : { "Content-Type": "application/json;charset=utf8" }),
      },
      data: bodyText(request),
      signal: timer.signal,
      proxy: proxyTo(request.url),
    });
    const header = (name: string) => text((response.headers as { [name: string]: unknown })[name]);
    const serviceTimeMs = parseTime(header("date"));
    const httpStatus = response.status;
    if (httpStatus >= 300 && httpStatus < 400) {
      throw new WrongEndpointError(
        `${whereOf(request)} answered with a redirect (HTTP ${httpStatus}), which is not followed, since credentials are sent along. ` +
          `Check the endpoint and the region.`,
        { httpStatus },
      );
    }
    if (httpStatus === 407) {
      throw new RequestRefusedError(
        `the proxy on the way to ${whereOf(request)} wants a user and a password (HTTP 407): ` +
          `give them in HTTPS_PROXY, as in http://user:password@host:port.`,
        { httpStatus },
      );
    }
    return {
      httpStatus,
      body: parse(response.data, httpStatus, request),
      header,
      serviceTimeMs,
      clockOffset: serviceTimeMs === undefined ? undefined : offsetFrom(serviceTimeMs, sentMs, Date.now()),
      retryAfterMs: parseRetryAfter(header("retry-after"), header("date")),
    };
  } catch (error) {
    request.signal?.throwIfAborted();
    throw timer.signal.aborted
      ? new TransientError(`${whereOf(request)} did not answer within ${request.timeoutMs / 1000} s`)
      : faultOfConnection(error as Error, request, largestBodyBytes);
  } finally {
    clearTimeout(timeout);
    request.signal?.removeEventListener("abort", onAbort);
  }
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

function parse(body: string, httpStatus: number, request: ServiceRequest): unknown {
  if (!body) {
    return undefined;
  }
  try {
    return JSON.parse(body);
  } catch {
    if (httpStatus >= 400) {
      // A proxy's page, perhaps: the HTTP status says enough.
      return body;
    }
    // Cut after secrets are masked, or half of one could stay; the parser's own error repeats the body unmasked.
    throw new BadResponseError(`${whereOf(request)} sent what is not JSON: ${quote(body).slice(0, 200)}`, {
      httpStatus,
    });
  }
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function parseTime(value: string | undefined): number | undefined {
  const timeMs = value === undefined ? NaN : Date.parse(value);
  return Number.isNaN(timeMs) ? undefined : timeMs;
}

const longestRetryAfterMs = 60_000;

// Seconds, or a date (RFC 9110, section 10.2.3); a date is read against the service's own clock.
function parseRetryAfter(value: string | undefined, date: string | undefined): number | undefined {
  if (value === undefined) {
    return undefined;
  }
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - (parseTime(date) ?? Date.now());
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), longestRetryAfterMs);
}
