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

/** Whom this machine failed to talk to: the service, or the proxy before it. */
interface Party {
  /** "GET https://host/path", or "the proxy http://host:port (HTTPS_PROXY)". */
  name: string;
  /** Begins an error's message. */
  unreached: string;
  host: string;
  /** What to check, and what more where the host's name is not known. */
  toCheck: string;
  toCheckOfName: string;
  isProxy: boolean;
  Lasting: typeof WrongEndpointError | typeof ProxyError;
}

/** Why there was no reply, with what to do. */
export function faultOfConnection(
  error: Error,
  request: ServiceRequest,
  proxy: Proxy | undefined,
  largestBodyBytes: number,
): Error {
  if (error instanceof BackgroundTaskError) {
    return error;
  }
  // The AxiosError itself holds the request with its headers: it is not kept as the cause.
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

// Certificates that will not become trusted by asking again (node:tls, "X509 certificate error codes").
const untrusted =
  /^(CERT_|UNABLE_TO_|SELF_SIGNED_CERT|DEPTH_ZERO_SELF_SIGNED|INVALID_CA|INVALID_PURPOSE|HOSTNAME_MISMATCH|PATH_LENGTH_|ERR_TLS_CERT_)/;

function faultOf(error: NodeJS.ErrnoException, party: Party): Error {
  const { name, unreached, host, toCheck, toCheckOfName, isProxy, Lasting } = party;
  const { code = "", message } = error;
  if (untrusted.test(code)) {
    return new Lasting(
      `the certificate of ${name} is not trusted (${code}). ` +
        `Check ${toCheck}; for a certificate authority of your own, give its certificate by OS_CACERT.`,
    );
  }
  const tls = faultOfTls(error);
  if (tls) {
    return new Lasting(`${unreached}: ${tls.reason}. Check ${toCheck}${tls.advice}.`);
  }
  if (code === "ENOTFOUND" || code === "EAI_AGAIN") {
    // The latter says that the name service is out of order, the former that it has no such name.
    const { giveUp, retryAfterMs } = code === "ENOTFOUND" ? hostNames.noteMissing(host) : {};
    const said =
      `${unreached}, since the host ${host} is not known (${code}): ` +
      `check ${toCheckOfName}, and this machine's network${isProxy ? " or name server" : ", name server or proxy (HTTPS_PROXY)"}`;
    return giveUp ? new Lasting(`${said}. It was looked up for 15 s.`) : new TransientError(said, { retryAfterMs });
  }
  if (code === "ECONNREFUSED" || code === "EHOSTUNREACH" || code === "ENETUNREACH") {
    return new TransientError(
      `${unreached} (${code}): check ${toCheck}, and this machine's network${isProxy ? "" : " or proxy (HTTPS_PROXY)"}`,
    );
  }
  return new TransientError(`${unreached} or cut the answer short (${code || quote(message)})`);
}

/** The proxy answered by itself, instead of opening a tunnel: that says nothing of the service. */
function faultOfProxyReply(httpStatus: number, where: string, proxy: Proxy): Error {
  const said = `${describeProxy(proxy)} opened no tunnel for ${where}, but answered HTTP ${httpStatus} itself`;
  if (isTransientStatus(httpStatus)) {
    return new TransientError(`${said}: it may not reach the service, or be overloaded`);
  }
  return httpStatus === 407
    ? faultOfProxyLogin(where, proxy)
    : new ProxyError(
        `${said}. The service was not asked: check ${proxy.variable} and what the proxy allows, or except the host in NO_PROXY.`,
      );
}

/** Only a proxy answers 407, also where it was asked in plain text. */
export function faultOfProxyLogin(where: string, proxy: Proxy | undefined): ProxyError {
  const named = proxy ? describeProxy(proxy) : "a proxy";
  const variable = proxy?.variable ?? "HTTPS_PROXY";
  return new ProxyError(
    `${named} on the way to ${where} wants a user and a password (HTTP 407): ` +
      `give them in ${variable}, as in http://user:password@host:port.`,
  );
}
