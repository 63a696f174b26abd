/**
 * What the next requests of a route get. With neither status, code nor body the usual reply is sent, only later, cut, or never.
 *
 * @example { route: "showTask", times: 2, status: 429, code: "APIGW.0308", headers: { "Retry-After": "1" } }
 */
export interface PlannedReply {
  /** A route's name (README), or `any`. A plan for the route itself takes precedence over one for `any`; otherwise first in, first out. */
  route: string;
  /** For how many requests. Default 1. */
  times?: number;
  /** HTTP status. Default 200 with a body; else 500. */
  status?: number;
  /** Code in the service's error body, e.g. DMS.10240407 or APIGW.0308. Without one, IAM routes answer in Keystone's form. */
  code?: string;
  /** Text in the error body. */
  message?: string;
  /** The body instead of an error body: a string as it is, anything else as JSON. */
  body?: unknown;
  /** Headers, in addition or instead. */
  headers?: { [name: string]: string };
  /** Wait this long (by the wall clock) before the request is handled. Default 0. */
  delaySeconds?: number;
  /** Send only the first half of the body: as a whole response, or, with `resetConnection`, as half of one. */
  truncate?: boolean;
  /** Reset the TCP connection instead of answering, or after half the body. */
  resetConnection?: boolean;
}
