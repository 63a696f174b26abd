import { AxiosError } from "axios";
import {
  BackgroundTaskError,
  BadResponseError,
  ProxyError,
  ServiceError,
  TransientError,
  WrongEndpointError,
} from "../task/errors";
import { quote } from "../output/secrets";
import { isTransientStatus } from "./errorReply";
import { type ServiceRequest, whereOf } from "./exchange";
import { hostNames } from "./hostNames";
import { describeProxy, type Proxy } from "./proxy";
import { faultOfTls } from "./tlsFault";
import { TunnelFault } from "./tunnel";

/** The other end of the failed connection: the service, or the proxy on the way to it. */
interface Party {
  /** "GET https://host/path", or "the proxy http://host:port (HTTPS_PROXY)". */
  name: string;
  /** The beginning of an error's message. */
  unreached: string;
  host: string;
  /** What to check, and what to check if the host is unknown. */
  toCheck: string;
  toCheckOfName: string;
  isProxy: boolean;
  Lasting: typeof WrongEndpointError | typeof ProxyError;
}

/** The error for a request without a reply: why there was none, and what to do. */
export function faultOfConnection(
  error: Error,
  request: ServiceRequest,
  proxy: Proxy | undefined,
  largestBodyBytes: number,
): Error {
  if (error instanceof BackgroundTaskError) {
    return error;
  }
  // The AxiosError contains the request with its headers, so it is not kept as the cause.
  const where = whereOf(request);
  if (!(error instanceof AxiosError)) {
    return new ServiceError(`${where} could not be sent: ${quote(error.message)}`);
  }
  if (error.message.includes("maxContentLength")) {
    return new BadResponseError(`${where} sent more than ${largestBodyBytes} bytes`);
  }
  if (proxy && error.cause instanceof TunnelFault) {
    const { httpStatus, cause } = error.cause;
    return cause ? faultOf(cause, proxyBefore(where, proxy)) : faultOfProxyReply(httpStatus!, where, proxy);
  }
  return faultOf(error, proxy && request.url.startsWith("http:") ? proxyBefore(where, proxy) : serviceAt(request));
}

function serviceAt(request: ServiceRequest): Party {
  const name = whereOf(request);
  const host = new URL(request.url).hostname;
  const origin = hostNames.originOf(host);
  return {
    name,
    unreached: `${name} could not be reached`,
    host,
    toCheck: "the endpoint",
    toCheckOfName: origin ?? "the region and the endpoint",
    isProxy: false,
    Lasting: WrongEndpointError,
  };
}

function proxyBefore(where: string, proxy: Proxy): Party {
  const name = describeProxy(proxy);
  return {
    name,
    unreached: `${where} could not be reached through ${name}`,
    host: proxy.host,
    toCheck: `${proxy.variable} in the environment`,
    toCheckOfName: `${proxy.variable} in the environment`,
    isProxy: true,
    Lasting: ProxyError,
  };
}

// Certificates that a retry does not make trusted (node:tls, "X509 certificate error codes").
const untrusted =
  /^(CERT_|UNABLE_TO_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH_|ERR_TLS_CERT_)/;

function faultOf(error: NodeJS.ErrnoException, party: Party): Error {
  const { name, unreached, host, toCheck, toCheckOfName, isProxy, Lasting } = party;
  const { code = "", message } = error;
  if (untrusted.test(code)) {
    return new Lasting(
      `the certificate of ${name} is not trusted (${code}). ` +
        `Check ${toCheck}; to trust your own certificate authority, set OS_CACERT to its certificate.`,
    );
  }
  const tls = faultOfTls(error);
  if (tls) {
    return new Lasting(`${unreached}: ${tls.reason}. Check ${toCheck}${tls.advice}.`);
  }
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    // The latter means that the name server has an outage, the former that the name does not exist.
    const { giveUp, retryAfterMs } = code === "ENOTFOUND" ? hostNames.noteMissing(host) : {};
    const said =
      `${unreached} because the host ${host} is unknown (${code}): ` +
      `check ${toCheckOfName}, and this machine's network${isProxy ? " or name server" : ", name server or proxy (HTTPS_PROXY)"}`;
    return giveUp
      ? new Lasting(`${said}. The lookup was retried for 15 s.`)
      : new TransientError(said, { retryAfterMs });
  }
  if (code === "ECONNREFUSED" || code === "EHOSTUNREACH" || code === "ENETUNREACH") {
    return new TransientError(
      `${unreached} (${code}): check ${toCheck}, and this machine's network${isProxy ? "" : " or proxy (HTTPS_PROXY)"}`,
    );
  }
  return new TransientError(`${unreached}, or the answer was cut short (${code || quote(message)})`);
}

/** The proxy answered itself instead of opening a tunnel, which says nothing about the service. */
function faultOfProxyReply(httpStatus: number, where: string, proxy: Proxy): Error {
  const said = `${describeProxy(proxy)} did not open a tunnel for ${where}, but answered HTTP ${httpStatus} itself`;
  if (isTransientStatus(httpStatus)) {
    return new TransientError(`${said}: it may be overloaded or unable to reach the service`);
  }
  return httpStatus === 407
    ? faultOfProxyLogin(where, proxy)
    : new ProxyError(
        `${said}. The request did not reach the service: check ${proxy.variable} and what the proxy allows, or add the host to NO_PROXY.`,
      );
}

/** Only a proxy answers 407, also to plain http. */
export function faultOfProxyLogin(where: string, proxy: Proxy | undefined): ProxyError {
  const named = proxy ? describeProxy(proxy) : "a proxy";
  const variable = proxy?.variable ?? "HTTPS_PROXY";
  return new ProxyError(
    `${named} on the way to ${where} requires a user and a password (HTTP 407): ` +
      `set them in ${variable}, as in http://user:password@host:port.`,
  );
}
