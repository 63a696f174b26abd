import type { ClockOffset } from "../clock/serviceClock";
import { quote } from "../output/secrets";

/** How long one request may take, and what ends it early. */
export interface RequestBounds {
  /** From sending the request to the last byte of the reply. The time in the queue before that has the same limit. */
  timeoutMs: number;
  /**
   * In total, including the time in the queue; also the upper bound to which the requestTimeout setting may raise timeoutMs.
   * Default: timeoutMs.
   */
  mostMs?: number;
  signal?: AbortSignal;
}

/** How connections are secured; certificates and keys are PEM text. */
export interface ConnectionSettings {
  /** The authorities that are trusted instead of Node's own. */
  caCert?: string;
  clientCert?: string;
  clientKey?: string;
  /** Certificates are not verified. */
  insecure?: true;
}

export interface RequestHeaders {
  [name: string]: string;
}

/** One request to the service. The URL contains no secret; the headers may. */
export interface ServiceRequest extends RequestBounds {
  method: "GET" | "POST" | "DELETE";
  url: string;
  /**
   * A function is called once, synchronously, when the request has a socket and is sent, because a signature contains the time.
   * If it throws, the request is not sent, and `send` throws the same error, which says nothing about the service.
   */
  headers?: RequestHeaders | (() => RequestHeaders);
  /** Sent as JSON. */
  body?: unknown;
  /** The instance that the request is about. Requests for a silent instance must not delay those for others. */
  instanceId?: string;
}

/** A reply whose body, if any, is complete and is JSON. */
export interface ServiceReply {
  httpStatus: number;
  body: unknown;
  /** Length of the body. */
  bodyBytes?: number;
  /** Value of a header, by its lower-case name. */
  header(name: string): string | undefined;
  /** The service's clock when it answered, in milliseconds since 1970; whole seconds, rounded down by the service. */
  serviceTimeMs?: number;
  /** How far the service's clock is ahead of this machine's. */
  clockOffset?: ClockOffset;
  /** How long the service asks to wait before the next request; a minute at most. */
  retryAfterMs?: number;
}

export type Send = (request: ServiceRequest) => Promise<ServiceReply>;

/** The current headers; called once, when the request is sent. */
export function headersOf({ headers }: Pick<ServiceRequest, "headers">): RequestHeaders {
  return typeof headers === "function" ? headers() : { ...headers };
}

/** The body as it is sent and signed. */
export function bodyText({ body }: Pick<ServiceRequest, "body">): string | undefined {
  return body === undefined ? undefined : JSON.stringify(body);
}

/** "GET https://host/path", without the query. */
export function whereOf({ method, url }: Pick<ServiceRequest, "method" | "url">): string {
  const { origin, pathname } = new URL(url);
  // The host may come from the catalog.
  return quote(`${method} ${origin}${pathname}`);
}
