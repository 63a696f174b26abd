import { AxiosError } from "axios";
import { BadResponseError, TransientError, WrongEndpointError } from "../task/errors";
import { quote } from "../output/secrets";
import { type ServiceRequest, whereOf } from "./exchange";

// Certificates that will not become trusted by asking again (node:tls, "X509 certificate error codes").
const untrusted =
  /^(CERT_|UNABLE_TO_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH_|ERR_TLS_CERT_)/;

/** Why there was no reply, with what to do. */
export function faultOfConnection(error: Error, request: ServiceRequest, largestBodyBytes: number): Error {
  if (!(error instanceof AxiosError)) {
    return error;
  }
  // The AxiosError itself holds the request with its headers: it is not kept as the cause.
  const code = error.code ?? "";
  const where = whereOf(request);
  if (untrusted.test(code)) {
    return new WrongEndpointError(
      `the certificate of ${where} is not trusted (${code}). ` +
        `Check the endpoint; for a certificate authority of your own, give its certificate by OS_CACERT.`,
    );
  }
  if (error.message.includes("maxContentLength")) {
    return new BadResponseError(`${where} sent more than ${largestBodyBytes} bytes`);
  }
  const { host } = new URL(request.url);
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    return new TransientError(
      `${where} could not be reached, since the host ${host} is not known (${code}): check the region and the endpoint, ` +
        `and this machine's network, name server or proxy (HTTPS_PROXY)`,
    );
  }
  if (code === "ECONNREFUSED" || code === "EHOSTUNREACH" || code === "ENETUNREACH") {
    return new TransientError(
      `${where} could not be reached (${code}): check the endpoint, and this machine's network or proxy (HTTPS_PROXY)`,
    );
  }
  return new TransientError(`${where} could not be reached or cut the answer short (${code || quote(error.message)})`);
}
