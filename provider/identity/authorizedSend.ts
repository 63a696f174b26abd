import type { KeyCredentials } from "../settings/credentialSettings";
import { signatureHeaders } from "./signature";
import { bodyText, headersOf, type Send } from "../http/exchange";
import { type Warn, warnOnce } from "../output/log";

/** Sends requests that bear a token. */
export function withToken(send: Send, token: string): Send {
  return (request) => send({ ...request, headers: { ...headersOf(request), "X-Auth-Token": token } });
}

// The gateway refuses a signature whose time is more than 15 minutes off.
const borneSkewMs = 5 * 60_000;

/**
 * Sends requests that are signed with an access key. Where the service's clock is more than five minutes from this
 * machine's, its time is signed from then on; a request that was refused for that reason is repeated once.
 */
export function withSignature(
  send: Send,
  key: Pick<KeyCredentials, "accessKey" | "secretKey" | "securityToken">,
  { epochMs = Date.now, warn = warnOnce }: { epochMs?: () => number; warn?: Warn } = {},
): Send {
  let correctionMs = 0;
  return async (request) => {
    const startedMs = epochMs();
    const attempt = async (timeoutMs: number) => {
      const headers = {
        ...headersOf(request),
        ...(key.securityToken !== undefined && { "X-Security-Token": key.securityToken }),
      };
      const { method, url } = request;
      const signed = signatureHeaders({ method, url, headers, body: bodyText(request) }, key, epochMs() + correctionMs);
      const usedMs = correctionMs;
      const reply = await send({ ...request, headers: { ...headers, ...signed }, timeoutMs });
      const skewMs = reply.serviceTimeMs === undefined ? 0 : reply.serviceTimeMs - epochMs();
      correctionMs = Math.abs(skewMs) > borneSkewMs ? skewMs : 0;
      if (correctionMs !== 0) {
        warn("clock", describeSkew(skewMs));
      }
      return { reply, wasSignedWrong: Math.abs(skewMs - usedMs) > borneSkewMs };
    };
    const { reply, wasSignedWrong } = await attempt(request.timeoutMs);
    const leftMs = request.timeoutMs - (epochMs() - startedMs);
    return reply.httpStatus === 401 && wasSignedWrong && leftMs > 0 ? (await attempt(leftMs)).reply : reply;
  };
}

function describeSkew(skewMs: number): string {
  const minutes = Math.round(Math.abs(skewMs) / 60_000);
  return (
    `this machine's clock is about ${minutes} minutes ${skewMs > 0 ? "behind" : "ahead of"} the service's. ` +
    `Requests are signed with the service's time; set the clock right, or other tools will be refused.`
  );
}
