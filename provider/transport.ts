import axios, { AxiosError, type AxiosInstance } from "axios";
import * as http from "node:http";
import * as https from "node:https";
import { type ClockOffset, offsetFrom } from "./clockOffset";
import { BadResponseError, TransientError, WrongEndpointError } from "./errors";
import { quote } from "./secrets";

/** One request to the service. The URL holds no secret; the headers may. */
export interface ServiceRequest {
  method: "GET" | "POST" | "DELETE";
  url: string;
  headers?: { [name: string]: string };
  /** Sent as JSON. */
  body?: unknown;
  /** The whole request, to the last byte of the reply, takes no longer. */
  timeoutMs: number;
  signal?: AbortSignal;
}

/** A reply whose body arrived whole and, where there is one, is JSON. */
export interface ServiceReply {
  httpStatus: number;
  body: unknown;
  /** Value of a header, by its lower-case name. */
  header(name: string): string | undefined;
  /** The service's clock when it answered, in milliseconds since 1970; whole seconds, rounded down by the service. */
  serviceTimeMs?: number;
  /** How far the service's clock is ahead of this machine's. */
  clockOffset?: ClockOffset;
  /** How long the service asked to be left alone; a minute at most. */
  retryAfterMs?: number;
}

export type Send = (request: ServiceRequest) => Promise<ServiceReply>;

const largestBodyBytes = 8 * 1024 * 1024;

// Connections are kept for the next look; the limit keeps many waits from opening a connection each.
const agents = { keepAlive: true, maxSockets: 16 };

let shared: AxiosInstance | undefined;

function client(): AxiosInstance {
  shared ??= axios.create({
    httpAgent: new http.Agent(agents),
    httpsAgent: new https.Agent(agents),
    adapter: "http",
    // A redirect would carry the credentials to wherever it points.
    maxRedirects: 0,
    maxContentLength: largestBodyBytes,
    // Over a plain-text proxy axios would not tunnel TLS, so that the proxy would see the credentials.
    proxy: false,
    responseType: "text",
    // By itself axios hands on as text what it cannot parse: a body cut short must not pass for an answer.
    transformResponse: (text: unknown) => text,
    validateStatus: () => true,
    headers: { Accept: "application/json", "User-Agent": "pulumi-otc-background-task" },
  });
  return shared;
}

/**
 * Sends one request and waits for the whole reply, whatever its HTTP status. Throws {@link TransientError} where there
 * is no reply, {@link BadResponseError} where it is no answer, and {@link WrongEndpointError} where it comes from
 * somebody else: a redirect, or a certificate that is not trusted.
 */
export const send: Send = async (request) => {
  const timer = new AbortController();
  const timeout = setTimeout(() => timer.abort(), request.timeoutMs);
  const onAbort = () => timer.abort();
  request.signal?.addEventListener("abort", onAbort, { once: true });
  try {
    request.signal?.throwIfAborted();
    const sentMs = Date.now();
    const response = await client().request<string>({
      method: request.method,
      url: request.url,
      headers: {
        ...request.headers,
        ...(request.body === undefined ? {} : { "Content-Type": "application/json;charset=utf8" }),
      },
      data: request.body === undefined ? undefined : JSON.stringify(request.body),
      signal: timer.signal,
    });
    const header = (name: string) => text((response.headers as { [name: string]: unknown })[name]);
    const serviceTimeMs = parseTime(header("date"));
    const httpStatus = response.status;
    if (httpStatus >= 300 && httpStatus < 400) {
      throw new WrongEndpointError(
        `${where(request)} answered with a redirect (HTTP ${httpStatus}), which is not followed, since credentials are sent along. ` +
          `Check the endpoint and the region.`,
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
      ? new TransientError(`${where(request)} did not answer within ${request.timeoutMs / 1000} s`)
      : asServiceError(error as Error, request);
  } finally {
    clearTimeout(timeout);
    request.signal?.removeEventListener("abort", onAbort);
  }
};

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
    throw new BadResponseError(`${where(request)} sent what is not JSON: ${quote(body).slice(0, 200)}`, { httpStatus });
  }
}

// Certificates that will not become trusted by asking again (node:tls, "X509 certificate error codes").
const untrusted =
  /^(CERT_|UNABLE_TO_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH_|ERR_TLS_CERT_)/;

function asServiceError(error: Error, request: ServiceRequest): Error {
  if (!(error instanceof AxiosError)) {
    return error;
  }
  // The AxiosError itself holds the request with its headers: it is not kept as the cause.
  const code = error.code ?? "";
  if (untrusted.test(code)) {
    return new WrongEndpointError(
      `the certificate of ${where(request)} is not trusted (${code}). ` +
        `Check the endpoint; for a certificate authority of your own, set NODE_EXTRA_CA_CERTS.`,
    );
  }
  if (error.message.includes("maxContentLength")) {
    return new BadResponseError(`${where(request)} sent more than ${largestBodyBytes} bytes`);
  }
  return new TransientError(
    `${where(request)} could not be reached or cut the answer short (${code || quote(error.message)})`,
  );
}

function where({ method, url }: ServiceRequest): string {
  const { origin, pathname } = new URL(url);
  return `${method} ${origin}${pathname}`;
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
