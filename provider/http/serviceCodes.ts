// Codes of the service and of its gateway that change what a reply means. The gateway of Open Telekom Cloud
// writes APIGW., its documentation APIG.; both are recognized.
// Source: "Error Codes" of the DMS API reference; "Error Codes" of the API Gateway user guide.

/** Too many requests, although it comes with HTTP 404. */
export const throttledCode = "DMS.10240407";

export const instanceNotFoundCode = "DMS.00404022";

/** The task id is malformed; a service may also send this for a well-formed but unknown id. */
export const taskIdRefusedCode = "DMS.00400070";

/** The address or the API is not published there: the endpoint or the region is wrong. */
const wrongEndpointCodes = new Set(["DMS.00404001", "DMS.10240406", "APIGW.0101", "APIG.0101"]);

/** The token is valid, but for another project: a new one would not help. */
const foreignProjectCode = "DMS.10240104";

/** The project or the IAM user has no access to this region. */
const closedProjectCodes = new Set(["APIGW.0310", "APIG.0310", "APIGW.0802", "APIG.0802"]);

export function isClosedProject(code: string | undefined): boolean {
  return code !== undefined && closedProjectCodes.has(code);
}

export function isWrongEndpoint(code: string | undefined): boolean {
  return code !== undefined && wrongEndpointCodes.has(code);
}

export function isForeignProject(code: string | undefined): boolean {
  return code === foreignProjectCode;
}

/** The token has expired; the gateway's text for its code says that the token must be updated. */
const expiredCodes = new Set(["DMS.10240102", "APIGW.0307", "APIG.0307"]);

export function isExpired(code: string | undefined): boolean {
  return code !== undefined && expiredCodes.has(code);
}
