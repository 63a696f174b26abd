import { serviceNames, services } from "./services";

/**
 * The codes with which the services reject an operation because the instance is busy with another: `DMS.00400017`,
 * `DMS.00400026` and DCS's counterparts. Wait with a `QuietInstance` to avoid them.
 *
 * Source: "Error Codes" of the DMS and DCS API references; what Huawei Cloud's Terraform provider retries.
 */
export const busyCodes: readonly string[] = [...new Set(serviceNames.flatMap((name) => services[name].busyCodes))];

// DCS.4017 must not be found in DCS.40171. In an error that was quoted as JSON, what precedes a code may be an escape: \nDMS.
const busyCode = new RegExp(
  `(?:(?<!\\w)|(?<=\\\\[nrt]))(${busyCodes.map((code) => code.replace(".", "\\.")).join("|")})(?!\\w)`,
);

/**
 * Whether a code, an error or a reply's body means that an instance is busy. The code may be in `code`, in `error_code`
 * or, as in the errors of other providers and of the engine, in the message.
 *
 * @example
 * const isWorthRetrying = isInstanceBusy(error); // once the instance is quiet
 */
export function isInstanceBusy(reply: unknown): boolean {
  if (typeof reply === "string") {
    return busyCode.test(reply);
  }
  if (typeof reply !== "object" || reply === null) {
    return false;
  }
  const { code, error_code, message } = reply as { [name: string]: unknown };
  return [code, error_code, message].some((text) => typeof text === "string" && busyCode.test(text));
}
