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

/** The service's own words for a failure. */
interface Complaint {
  code?: string;
  message?: string;
}

/**
 * Reads a failure's body. DMS and the gateway send `error_code` and `error_msg` (the gateway's codes begin with APIGW.),
 * IAM sends Keystone's `error: { code, message, title }` or the former.
 */
export function readComplaint(body: unknown): Complaint {
  if (typeof body !== "object" || body === null) {
    return {};
  }
  const fields = body as { [name: string]: unknown };
  if (typeof fields["error"] === "object" && fields["error"] !== null) {
    return readComplaint(fields["error"]);
  }
  return {
    code: text(fields["error_code"] ?? fields["code"]),
    message: text(fields["error_msg"] ?? fields["message"]),
  };
}

/** "HTTP 403, DMS.00403002: text", as much as there is of it. */
export function describeReply(reply: ServiceReply): string {
  const { code, message } = readComplaint(reply.body);
  // Keystone's code is the HTTP status again.
  const status =
    code && code !== String(reply.httpStatus) ? `HTTP ${reply.httpStatus}, ${quote(code)}` : `HTTP ${reply.httpStatus}`;
  return message ? `${status}: ${quote(message)}` : status;
}

const transientStatuses = new Set([408, 429]);

/** Whether a reply says nothing but that the service is busy or out of order: another may be asked for. */
export function isTransientReply({ httpStatus, body }: ServiceReply): boolean {
  return httpStatus >= 500 || transientStatuses.has(httpStatus) || readComplaint(body).code === throttledCode;
}

/**
 * The error for a reply that is neither an answer nor about credentials. `what` says what was asked, `permission` what
 * the caller must be allowed to do for it.
 */
export function errorForReply(reply: ServiceReply, what: string, permission?: string): ServiceError {
  const { httpStatus, retryAfterMs } = reply;
  const { code } = readComplaint(reply.body);
  const said = `${what} was answered with ${describeReply(reply)}`.replace(/\.$/, "");
  if (isTransientReply(reply)) {
    return new TransientError(said, { httpStatus, code, retryAfterMs });
  }
  if (isWrongEndpoint(code)) {
    return new WrongEndpointError(`${said}. Such an API is not offered there: check the endpoint and the region.`, {
      httpStatus,
      code,
    });
  }
  if (httpStatus === 200) {
    return new BadResponseError(`${what} was answered with a body that is not what the API documents`, { httpStatus });
  }
  return new RequestRefusedError(said + adviceOnRefusal(httpStatus, code, permission), { httpStatus, code });
}

function adviceOnRefusal(httpStatus: number, code: string | undefined, permission: string | undefined): string {
  if (isClosedProject(code)) {
    return `. The project, or the user, may not be used in this region: check the project and the region.`;
  }
  return httpStatus === 403 && permission ? `. The permission ${permission} is needed.` : "";
}

function text(value: unknown): string | undefined {
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}
