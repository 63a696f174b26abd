import type { GrantedReply, Identity, ProjectRequest } from "./identity";
import type { RequestBounds, Send } from "../http/exchange";
import { describeReply, isTransientReply, readComplaint } from "../http/errorReply";
import { AuthenticationError } from "../task/errors";
import { quote } from "../output/secrets";
import { type Catalog, endpointOf } from "./serviceCatalog";
import { isForeignProject } from "../http/serviceCodes";
import type { Settings } from "../settings/settings";
import { SharedWork } from "../http/waitAtMost";

/** The result of a login: sends requests to one project's services until it expires. */
export interface Session {
  /** Sends requests with what was obtained. */
  send: Send;
  /** Additional headers that a project's services need. */
  headers?: { [name: string]: string };
  projectId: string;
  catalog?: Catalog;
  /** How long it remains valid, by the service's clock. */
  lifetimeMs: number;
}

export type LogIn = (bounds: RequestBounds) => Promise<Session>;

interface OpenSession extends Session {
  /** On the clock given to the constructor. */
  renewAtMs: number;
  /** Obtained because the previous one was refused. */
  replacesRefused: boolean;
  /** The service accepted it at least once. */
  accepted: boolean;
}

const loginTimeoutMs = 10_000;

// A session is renewed a minute before it expires, or a tenth of its lifetime before, whichever is less.
const renewalMarginMs = 60_000;

/** Logs in. One session serves all waits, and is renewed shortly before it expires, or if it is refused. */
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
        // A service that is busy or has an outage has not checked the token.
        session.accepted ||= !isTransientReply(reply);
        return { projectId, reply };
      }
      // A session that worked has expired or was revoked, which may happen any number of times. One that never worked
      // is replaced once: if the new one is refused too, another would not help.
      const { code } = readComplaint(reply.body);
      if (isForeignProject(code) || (session.replacesRefused && !session.accepted)) {
        throw new AuthenticationError(
          `the service refused a new login (${describeReply(reply)}): check that the user has access to ` +
            `project ${quote(this.settings.project.name ?? projectId)}, that the project belongs to the region` +
            `${this.settings.region === undefined ? "" : ` ${this.settings.region}`}, and that the endpoint ${quote(endpoint)} is correct.`,
          { httpStatus: 401, code },
        );
      }
      refused = session;
    }
  }

  /** The session to use; a new one if the current one has expired or was refused. Concurrent waits share one login. */
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
      // Repeating a refused password would eventually lock the user's account.
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
