import type { GrantedReply, Identity, ProjectRequest, RequestBounds } from "./credentials";
import { describeReply, isTransientReply, readComplaint } from "./errorReply";
import { AuthenticationError } from "./errors";
import { type Catalog, endpointOf, findProject, readCatalog } from "./identityService";
import type { Credentials, Settings } from "./settings";
import { type Send, type ServiceReply, send as sendByHttp } from "./transport";
import { within } from "./within";

/**
 * A token that the user obtained. It cannot be renewed, so that a refusal ends every wait that uses it. Until it has
 * worked once, one request alone tries it: many waits that begin together must not be many refused requests.
 */
export class TokenIdentity implements Identity {
  private proven = false;
  private refusal?: AuthenticationError;
  private trial?: Promise<void>;
  private access?: { projectId: string; catalog?: Catalog };

  constructor(
    private readonly settings: Settings,
    private readonly credentials: Extract<Credentials, { method: "token" }>,
    private readonly transport: Send = sendByHttp,
  ) {}

  async send(request: ProjectRequest, bounds: RequestBounds): Promise<GrantedReply> {
    while (!this.proven && !this.refusal && this.trial) {
      await within(bounds, this.trial);
    }
    if (this.refusal) {
      throw this.refusal;
    }
    if (this.proven) {
      return this.exchange(request, bounds);
    }
    const exchange = this.exchange(request, bounds);
    // A trial without a verdict (the service was busy, say) leaves the next one in line to try.
    this.trial = exchange.then(
      () => (this.trial = undefined),
      () => (this.trial = undefined),
    );
    return exchange;
  }

  private async exchange(request: ProjectRequest, bounds: RequestBounds): Promise<GrantedReply> {
    const { projectId, catalog } = (this.access ??= await this.findAccess(bounds));
    const reply = await this.transport({
      method: request.method,
      url: endpointOf(request.api, this.settings, catalog) + request.path(projectId),
      headers: { "X-Auth-Token": this.credentials.token },
      ...bounds,
    });
    this.judge(reply);
    return { projectId, reply };
  }

  private async findAccess(bounds: RequestBounds): Promise<NonNullable<typeof this.access>> {
    const { project, endpoints, authUrlIsSet } = this.settings;
    const { token } = this.credentials;
    let projectId = project.id;
    if (projectId === undefined) {
      const found = await findProject(this.transport, this.settings, project.name!, token, bounds);
      projectId = "id" in found ? found.id : this.refuse(found.refused);
    }
    // Without an address of IAM from the user, the region's pattern is as good as a catalog, and costs no request.
    const mustAsk = authUrlIsSet && Object.keys(endpoints).length === 0;
    const answer = mustAsk ? await readCatalog(this.transport, this.settings, token, bounds) : undefined;
    const catalog = !answer ? undefined : "catalog" in answer ? answer.catalog : this.refuse(answer.refused);
    return { projectId, catalog };
  }

  private judge(reply: ServiceReply): void {
    if (reply.httpStatus === 401) {
      this.refuse(reply);
    }
    // Whoever is throttled or met an outage has not been judged yet.
    if (!isTransientReply(reply)) {
      this.proven = true;
    }
  }

  private refuse(reply: ServiceReply): never {
    this.refusal = new AuthenticationError(
      `the token was refused (${describeReply(reply)}). It may have expired, or be for another project or region. ` +
        `A given token cannot be renewed: set a new one, or a user name and password, and run the update again to resume.`,
      { httpStatus: 401, code: readComplaint(reply.body).code },
    );
    throw this.refusal;
  }
}
