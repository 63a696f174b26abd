import {
  BadResponseError,
  RequestRefusedError,
  type ServiceError,
  TransientError,
  WrongEndpointError,
} from "../task/errors";
import { quote } from "../output/secrets";
import { isClosedProject, isWrongEndpoint, throttledCode } from "./serviceCodes";
import type { ServiceReply } from "./exchange";

/** The service's own code and text for a failure. */
interface Complaint {
  code?: string;
  message?: string;
}

/**
 * Reads a failure's body. DMS and the gateway send `error_code` and `error_msg` (the gateway's codes start with APIGW.). IAM sends
 * those, or Keystone's `error: { code, message, title }`.
 */
export function readComplaint(body: unknown): Complaint {
  const outer = fieldsOf(body);
  const fields = isObject(outer["error"]) ? fieldsOf(outer["error"]) : outer;
  return {
    code: text(fields["error_code"] ?? fields["code"]),
    message: text(fields["error_msg"] ?? fields["message"]),
  };
}

function fieldsOf(value: unknown): { [name: string]: unknown } {
  return isObject(value) ? (value as { [name: string]: unknown }) : {};
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null;
}

/** "HTTP 403, DMS.00403002: text", without the parts that the reply lacks. */
export function describeReply(reply: ServiceReply): string {
  const { code, message } = readComplaint(reply.body);
  // Keystone's code is the HTTP status again.
  const status =
    code && code !== String(reply.httpStatus) ? `HTTP ${reply.httpStatus}, ${quote(code)}` : `HTTP ${reply.httpStatus}`;
  return message ? `${status}: ${quote(message)}` : status;
}

export function isTransientStatus(httpStatus: number): boolean {
  return httpStatus >= 500 || httpStatus === 408 || httpStatus === 429;
}

/** Whether a reply only says that the service is busy or has an outage: the request may be retried. */
export function isTransientReply({ httpStatus, body }: ServiceReply): boolean {
  return isTransientStatus(httpStatus) || readComplaint(body).code === throttledCode;
}

/**
 * The error for a reply that is neither an answer nor about credentials. `what` describes the request, `permission` is the
 * permission that it needs.
 */
export function errorForReply(reply: ServiceReply, what: string, permission?: string): ServiceError {
  const { httpStatus, retryAfterMs } = reply;
  const { code } = readComplaint(reply.body);
  const said = `${what} returned ${describeReply(reply)}`.replace(/\.$/, "");
  if (isTransientReply(reply)) {
    return new TransientError(said, { httpStatus, code, retryAfterMs });
  }
  if (isWrongEndpoint(code)) {
    return new WrongEndpointError(`${said}. This API is not available there: check the endpoint and the region.`, {
      httpStatus,
      code,
    });
  }
  if (httpStatus === 200) {
    return new BadResponseError(`${what} returned a body that is not what the API documents`, { httpStatus });
  }
  return new RequestRefusedError(said + adviceOnRefusal(httpStatus, code, permission), { httpStatus, code });
}

/** Whether the caller lacks a permission. */
export function isForbidden(error: unknown): error is RequestRefusedError {
  return error instanceof RequestRefusedError && error.httpStatus === 403;
}

function adviceOnRefusal(httpStatus: number, code: string | undefined, permission: string | undefined): string {
  if (isClosedProject(code)) {
    return `. The project or the user has no access to this region: check the project and the region.`;
  }
  return httpStatus === 403 && permission ? `. The permission ${permission} is needed.` : "";
}

function text(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
