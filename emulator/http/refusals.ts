import { randomBytes } from "node:crypto";

/** A reply of the service: what a route's handler returns. */
export interface Reply {
  status: number;
  /** Sent as JSON; a string is sent as it is. */
  body?: unknown;
  headers?: { [name: string]: string };
}

/** A handler throws this where the service refuses. */
export class Refusal extends Error {
  constructor(readonly reply: Reply) {
    super("refused");
  }
}

/** Who answers decides the form of an error body. */
type Form = "dms" | "dcs" | "gateway" | "iam";

/**
 * Every code that the emulator refuses with. DMS.*: API reference of DMS, appendix "Error Codes". APIGW.*: user guide of
 * API Gateway, "Error Codes", which writes `APIG.`; the live cloud writes `APIGW.` (threads named in the README).
 * dcs: appendix "Error Codes" of DCS's API reference, which has codes of both spellings, and its pages on background tasks;
 * DCS.4026 is what OTC's and Huawei Cloud's Terraform providers meet.
 * iam: status codes of IAM's API page on tokens by password; its texts are not documented.
 */
const REFUSALS = {
  projectIdFormat: ["dms", 400, "DMS.00400002", "The project ID has an invalid format."],
  bodyNotJson: ["dms", 400, "DMS.00400005", "The body is not valid JSON."],
  taskRunning: ["dms", 400, "DMS.00400017", "A background task of this instance is still running. Try again later."],
  instanceStatus: ["dms", 400, "DMS.00400026", "The instance's status does not allow this operation."],
  // Invented for deleting the record of a running task; DMS has no code for that, DCS has DCS.4957.
  taskNotEnded: ["dms", 400, "DMS.00400026", "The task has not ended, so its record cannot be deleted."],
  instanceIdFormat: ["dms", 400, "DMS.00400030", "The instance ID must be a UUID."],
  parameter: ["dms", 400, "DMS.00400062", "A request parameter is invalid."],
  taskIdFormat: ["dms", 400, "DMS.00400070", "The task ID has an invalid format."],
  tokenInvalid: ["dms", 401, "DMS.10240101", "The token is invalid."],
  tokenExpired: ["dms", 401, "DMS.10240102", "The token has expired."],
  tokenMissing: ["dms", 401, "DMS.10240103", "The request has no token."],
  tokenProject: ["dms", 401, "DMS.10240104", "The token does not belong to this project."],
  // Invented: no source has a code for a task that does not exist.
  taskMissing: ["dms", 404, "DMS.00404099", "The task does not exist."],
  instanceMissing: ["dms", 404, "DMS.00404022", "This DMS instance does not exist."],
  dcsParameter: ["dcs", 400, "111400063", "Invalid parameter in the request."],
  dcsBodyNotJson: ["dcs", 400, "111400005", "The body is not valid JSON."],
  dcsTaskRunning: ["dcs", 400, "DCS.4017", "A task of this DCS instance is still running."],
  dcsInstanceStatus: ["dcs", 400, "DCS.4026", "The instance's status does not allow this operation."],
  dcsTaskNotEnded: ["dcs", 400, "DCS.4957", "The task has not ended, so its record cannot be deleted."],
  dcsInstanceMissing: ["dcs", 404, "111404022", "This DCS instance does not exist."],
  // Invented, as DMS's.
  dcsTaskMissing: ["dcs", 404, "111404099", "The task does not exist."],
  badRequest: ["gateway", 400, "APIGW.0201", "The request is malformed."],
  bodyTooLarge: ["gateway", 413, "APIGW.0201", "The body is over 12 MB."],
  authWrong: ["gateway", 401, "APIGW.0301", "The IAM authentication information is incorrect."],
  // Texts of "Common Errors Related to IAM Authentication Information", API Gateway user guide.
  signatureWrong: [
    "gateway",
    401,
    "APIGW.0301",
    "Incorrect IAM authentication information: verify aksk signature fail.",
  ],
  keyUnknown: [
    "gateway",
    401,
    "APIGW.0301",
    "Incorrect IAM authentication information: Get secretKey failed, err: ak not exist.",
  ],
  keyLocked: [
    "gateway",
    401,
    "APIGW.0301",
    "Incorrect IAM authentication information: AK access failed to reach the limit,forbidden.",
  ],
  // An invented text.
  keyExpired: ["gateway", 401, "APIGW.0301", "Incorrect IAM authentication information: security token expires."],
  tokenStale: ["gateway", 401, "APIGW.0307", "The token must be updated."],
  projectUnavailable: ["gateway", 403, "APIGW.0310", "The project is unavailable."],
  apiMissing: ["gateway", 404, "APIGW.0101", "The API does not exist or is not published."],
  iamBadRequest: ["iam", 400, "Bad Request", "The request body is malformed."],
  iamLogin: ["iam", 401, "Unauthorized", "The username or password is wrong."],
  iamPasscode: ["iam", 401, "Unauthorized", "The virtual MFA code is wrong, out of date or missing."],
  iamAgency: ["iam", 403, "Forbidden", "There is no such agency for this account."],
  iamScope: ["iam", 401, "Unauthorized", "The project or domain of the scope is not open to this user."],
  iamUnauthorized: ["iam", 401, "Unauthorized", "The request you have made requires authentication."],
  iamTokenMissing: ["iam", 404, "Not Found", "There is no such token."],
} as const satisfies { [name: string]: readonly [Form, number, string, string] };

export type RefusalName = keyof typeof REFUSALS;

/** The refusal of that name; `detail` takes the place of its general text. */
export function refuse(name: RefusalName, detail?: string): Refusal {
  const [form, status, code, message] = REFUSALS[name];
  return new Refusal({ status, body: errorBody(form, status, code, detail ?? message) });
}

/** Error bodies: DMS API page "Creating a User"; DCS API page "Deleting a Background Task"; API Gateway user guide (with request_id); Keystone, for IAM. */
export function errorBody(form: Form, status: number, code: string, message: string): { [field: string]: unknown } {
  switch (form) {
    case "dms":
      return { error_code: code, error_msg: message };
    case "dcs":
      return { error_code: code, error_msg: message, error_ext_msg: null };
    case "gateway":
      return { error_msg: message, error_code: code, request_id: randomBytes(16).toString("hex") };
    case "iam":
      return { error: { code: status, message, title: code } };
  }
}
