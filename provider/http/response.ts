import { offsetFrom } from "../clock/serviceClock";
import { quote } from "../output/secrets";
import { BadResponseError } from "../task/errors";
import type { ServiceReply } from "./exchange";

/** A response as received, and this machine's time when the request was sent and when the response arrived. */
export interface Response {
  httpStatus: number;
  headers: object;
  data: string;
  sentMs: number;
  receivedMs: number;
}

/** @throws BadResponseError if the body is not JSON although the HTTP status is a success. */
export function readResponse(response: Response, where: string): ServiceReply {
  const { httpStatus, headers, data, sentMs, receivedMs } = response;
  const header = (name: string) => text((headers as { [name: string]: unknown })[name]);
  const serviceTimeMs = parseTime(header("date"));
  return {
    httpStatus,
    body: parse(data, httpStatus, where),
    bodyBytes: Buffer.byteLength(data),
    header,
    serviceTimeMs,
    clockOffset: serviceTimeMs === undefined ? undefined : offsetFrom(serviceTimeMs, sentMs, receivedMs),
    retryAfterMs: parseRetryAfter(header("retry-after"), header("date")),
  };
}

function parse(body: string, httpStatus: number, where: string): unknown {
  if (!body) {
    return undefined;
  }
  try {
    return JSON.parse(body);
  } catch {
    if (httpStatus >= 400) {
      // Possibly a proxy's page: the HTTP status says enough.
      return body;
    }
    // Cut after secrets are masked, or half of a secret could remain. The parser's own error repeats the body unmasked.
    throw new BadResponseError(`${where} answered with a body that is not JSON: ${quote(body).slice(0, 200)}`, {
      httpStatus,
    });
  }
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

// A header's date has a year of four digits (RFC 9110, section 5.6.7); others would lead to times that a Date cannot represent.
const latestMs = Date.UTC(9999, 11, 31, 23, 59, 59);

function parseTime(value: string | undefined): number | undefined {
  const timeMs = value === undefined ? NaN : Date.parse(value);
  return timeMs >= 0 && timeMs <= latestMs ? timeMs : undefined;
}

const longestRetryAfterMs = 60_000;

// Seconds, or a date (RFC 9110, section 10.2.3), which is compared with the service's own clock.
function parseRetryAfter(value: string | undefined, date: string | undefined): number | undefined {
  if (value === undefined) {
    return undefined;
  }
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - (parseTime(date) ?? Date.now());
  return Number.isNaN(ms) ? undefined : Math.min(Math.max(ms, 0), longestRetryAfterMs);
}
