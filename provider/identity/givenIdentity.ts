import { withSignature, withToken } from "./authorizedSend";
import type { GrantedReply, Identity, ProjectRequest } from "./identity";
import type { RequestBounds, Send, ServiceReply } from "../http/exchange";
import type { KeyCredentials, TokenCredentials } from "../settings/credentialSettings";
import { isTransientReply, readComplaint } from "../http/errorReply";
import { AuthenticationError } from "../task/errors";
import { findProject, readCatalog } from "./identityService";
import { describeRefusal } from "./refusalText";
import { type Catalog, endpointOf, needsCatalog } from "./serviceCatalog";
import { isForeignProject } from "../http/serviceCodes";
import type { Settings } from "../settings/settings";
import { Trial } from "./trial";
import { waitAtMost } from "../http/waitAtMost";

/**
 * A token or an access key that the user obtained. It cannot be renewed: a refusal ends every wait that uses it.
 */
export class GivenIdentity implements Identity {
  private readonly authorized: Send;
  private projectId?: Promise<string>;
  private catalog?: Promise<Catalog>;

  constructor(
    private readonly settings: Settings,
    private readonly credentials: TokenCredentials | KeyCredentials,
    transport: Send,
    /** Shared with other identities that have the same credentials. */
    private readonly trial = new Trial(),
  ) {
    this.authorized =
      credentials.method === "token" ? withToken(transport, credentials.token) : withSignature(transport, credentials);
  }

  send(request: ProjectRequest, bounds: RequestBounds): Promise<GrantedReply> {
    return this.trial.run(bounds, () => this.exchange(request, bounds));
  }

  private async exchange(request: ProjectRequest, bounds: RequestBounds): Promise<GrantedReply> {
    const { api } = request;
    const projectId = await waitAtMost(bounds, this.findProjectId(bounds));
    const catalog = needsCatalog(this.settings, api)
      ? await waitAtMost(bounds, this.findCatalog(projectId, bounds))
      : undefined;
    const reply = await this.authorized({
      method: request.method,
      url: endpointOf(api, this.settings, catalog) + request.path(projectId),
      headers: this.headers(projectId),
      ...bounds,
    });
    this.judge(reply, projectId);
    return { projectId, reply };
  }

  // Waits that begin together share one answer; where there was none, the next asks again.

  private findProjectId({ timeoutMs }: RequestBounds): Promise<string> {
    const { project } = this.settings;
    this.projectId ??= (
      project.id === undefined
        ? findProject(this.judging, this.settings, project.name, { timeoutMs })
        : Promise.resolve(project.id)
    ).catch((error: unknown) => {
      this.projectId = undefined;
      throw error;
    });
    return this.projectId;
  }

  private findCatalog(projectId: string, { timeoutMs }: RequestBounds): Promise<Catalog> {
    this.catalog ??= readCatalog(this.judging, this.settings, this.headers(projectId), { timeoutMs }).catch(
      (error: unknown) => {
        this.catalog = undefined;
        throw error;
      },
    );
    return this.catalog;
  }

  private readonly judging: Send = async (request) => {
    const reply = await this.authorized(request);
    this.judge(reply);
    return reply;
  };

  // A token says by itself what project it is for.
  private headers(projectId: string): { [name: string]: string } {
    return this.credentials.method === "key" ? { "X-Project-Id": projectId } : {};
  }

  private judge(reply: ServiceReply, projectId?: string): void {
    if (reply.httpStatus === 401) {
      const { code } = readComplaint(reply.body);
      const refusal = new AuthenticationError(describeRefusal(reply, this.credentials, this.settings, projectId), {
        httpStatus: 401,
        code,
      });
      if (isForeignProject(code)) {
        // Good, for another project.
        throw refusal;
      }
      this.trial.refuse(refusal);
    }
    // Whoever is throttled or met an outage has not been judged yet.
    if (!isTransientReply(reply)) {
      this.trial.prove();
    }
  }
}
