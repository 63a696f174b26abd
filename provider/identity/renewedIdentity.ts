import type { GrantedReply, Identity, ProjectRequest } from "./identity";
import type { RequestBounds, Send } from "../http/exchange";
import { describeReply, isTransientReply, readComplaint } from "../http/errorReply";
import { AuthenticationError } from "../task/errors";
import { quote } from "../output/secrets";
import { type Catalog, endpointOf } from "./serviceCatalog";
import { isForeignProject } from "../http/serviceCodes";
import type { Settings } from "../settings/settings";
import { SharedWork } from "../http/waitAtMost";

/** What a login gives: a way to send requests to one project's services, for a while. */
export interface Session {
  /** Sends requests that bear what was obtained. */
  send: Send;
  /** Headers that a project's services want beside it. */
  headers?: { [name: string]: string };
  projectId: string;
  catalog?: Catalog;
  /** How long it is good for from now on, by the service's clock. */
  lifetimeMs: number;
}

export type LogIn = (bounds: RequestBounds) => Promise<Session>;

interface OpenSession extends Session {
  /** On the clock given to the constructor. */
  renewAtMs: number;
  /** Obtained because the one before was refused. */
  replacesRefused: boolean;
  /** The service took it at least once. */
  accepted: boolean;
}

const loginTimeoutMs = 10_000;

// A session is renewed a minute before it expires, or a tenth of its life before, where that is less.
const renewalMarginMs = 60_000;

/** Logs in; one session serves all waits, and is renewed when it nears its end or is refused. */
export class RenewedIdentity implements Identity {
  private current?: OpenSession;
  private login?: SharedWork<OpenSession>;
  private refusal?: AuthenticationError;

  constructor(
    private readonly settings: Settings,
    private readonly openSession: LogIn,
    private readonly nowMs: () => number = () => performance.now(),
  ) {}

  async send(request: ProjectRequest, bounds: RequestBounds): Promise<GrantedReply> {
    let refused: OpenSession | undefined;
    for (;;) {
      const session = await this.sessionAfter(refused, bounds);
      const { projectId, headers } = session;
      const endpoint = endpointOf(request.api, this.settings, session.catalog);
      const reply = await session.send({
        method: request.method,
        url: endpoint + request.path(projectId),
        headers,
        instanceId: request.instanceId,
        ...bounds,
      });
      if (reply.httpStatus !== 401) {
        // A service that is busy or out of order has not looked at the token.
        session.accepted ||= !isTransientReply(reply);
        return { projectId, reply };
      }
      // A session that worked has expired or was revoked, which may happen as often as it likes. One that never worked
      // is replaced once: if the new one is refused too, no further one would be better.
      const { code } = readComplaint(reply.body);
      if (isForeignProject(code) || (session.replacesRefused && !session.accepted)) {
        throw new AuthenticationError(
          `the service refused a fresh login (${describeReply(reply)}): check that the user may act in ` +
            `project ${quote(this.settings.project.name ?? projectId)}, that the project is one of the region` +
            `${this.settings.region === undefined ? "" : ` ${this.settings.region}`}, and that the endpoint ${quote(endpoint)} is the right one.`,
          { httpStatus: 401, code },
        );
      }
      refused = session;
    }
  }

  /** The session to use, a new one where the current one is spent; many waits that meet a spent one share one login. */
  private async sessionAfter(refused: OpenSession | undefined, bounds: RequestBounds): Promise<OpenSession> {
    const { current } = this;
    if (current && current !== refused && this.nowMs() < current.renewAtMs) {
      return current;
    }
    const replacesRefused = current !== undefined && current === refused;
    this.login ??= new SharedWork(
      (signal) => this.logIn(replacesRefused, signal),
      () => (this.login = undefined),
    );
    return this.login.join(bounds);
  }

  private async logIn(replacesRefused: boolean, signal: AbortSignal): Promise<OpenSession> {
    if (this.refusal) {
      // Repeating a refused password would lock the user's account sooner or later.
      throw this.refusal;
    }
    try {
      const session = await this.openSession({ timeoutMs: this.settings.requestTimeoutMs ?? loginTimeoutMs, signal });
      const marginMs = Math.min(renewalMarginMs, session.lifetimeMs / 10);
      const renewAtMs = this.nowMs() + session.lifetimeMs - marginMs;
      this.login = undefined;
      return (this.current = { ...session, renewAtMs, replacesRefused, accepted: false });
    } catch (error) {
      if (error instanceof AuthenticationError) {
        this.refusal = error;
      }
      throw error;
    }
  }
}
