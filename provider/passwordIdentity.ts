import type { GrantedReply, Identity, ProjectRequest, RequestBounds } from "./credentials";
import { describeReply, isTransientReply, readComplaint } from "./errorReply";
import { AuthenticationError } from "./errors";
import { createToken, endpointOf, type IssuedToken } from "./identityService";
import { isForeignProject } from "./serviceCodes";
import type { Credentials, Settings } from "./settings";
import { type Send, send as sendByHttp } from "./transport";
import { within } from "./within";

interface Token extends IssuedToken {
  /** On the clock given to the constructor. */
  renewAtMs: number;
  /** Obtained because the one before was refused. */
  replacesRefused: boolean;
  /** The service took it at least once. */
  accepted: boolean;
}

const loginTimeoutMs = 10_000;

// A token is renewed a minute before it expires, or a tenth of its life before, where that is less.
const renewalMarginMs = 60_000;

/** Logs in with a user's password; one token serves all waits and is renewed when it nears its end or is refused. */
export class PasswordIdentity implements Identity {
  private current?: Token;
  private login?: Promise<Token>;
  private refusal?: AuthenticationError;

  constructor(
    private readonly settings: Settings,
    private readonly credentials: Extract<Credentials, { method: "password" }>,
    private readonly transport: Send = sendByHttp,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  async send(request: ProjectRequest, bounds: RequestBounds): Promise<GrantedReply> {
    let refused: Token | undefined;
    for (;;) {
      const token = await within(bounds, this.tokenAfter(refused));
      const endpoint = endpointOf(request.api, this.settings, token.catalog);
      const reply = await this.transport({
        method: request.method,
        url: endpoint + request.path(token.projectId),
        headers: { "X-Auth-Token": token.value },
        ...bounds,
      });
      if (reply.httpStatus !== 401) {
        // A service that is busy or out of order has not looked at the token.
        token.accepted ||= !isTransientReply(reply);
        return { projectId: token.projectId, reply };
      }
      // A token that worked has expired or was revoked, which may happen as often as it likes. One that never worked is
      // replaced once: if the new one is refused too, no further one would be better.
      const { code } = readComplaint(reply.body);
      if (isForeignProject(code) || (token.replacesRefused && !token.accepted)) {
        throw new AuthenticationError(
          `the service refused a fresh token (${describeReply(reply)}): check that the user may act in ` +
            `project ${token.projectId} and that the endpoint ${endpoint} is the right one.`,
          { httpStatus: 401, code },
        );
      }
      refused = token;
    }
  }

  /** The token to use, a new one where the current one is spent; many waits that meet a spent token share one login. */
  private async tokenAfter(refused: Token | undefined): Promise<Token> {
    const { current } = this;
    if (current && current !== refused && this.nowMs() < current.renewAtMs) {
      return current;
    }
    this.login ??= this.logIn(current !== undefined && current === refused).finally(() => (this.login = undefined));
    return this.login;
  }

  private async logIn(replacesRefused: boolean): Promise<Token> {
    if (this.refusal) {
      // Repeating a refused password would lock the user's account sooner or later.
      throw this.refusal;
    }
    try {
      const issued = await createToken(this.transport, this.settings, this.credentials, { timeoutMs: loginTimeoutMs });
      const marginMs = Math.min(renewalMarginMs, issued.lifetimeMs / 10);
      const renewAtMs = this.nowMs() + issued.lifetimeMs - marginMs;
      return (this.current = { ...issued, renewAtMs, replacesRefused, accepted: false });
    } catch (error) {
      if (error instanceof AuthenticationError) {
        this.refusal = error;
      }
      throw error;
    }
  }
}
