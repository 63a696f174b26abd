import type { GrantedReply, Identity, ProjectRequest } from "./identity";
import type { RequestBounds, Send } from "../http/exchange";
import type { KeyCredentials, TokenCredentials } from "../settings/credentialSettings";
import { findProject, readCatalog } from "./identityService";
import { throwIfRefused } from "./refusalText";
import { type Catalog, endpointOf, needsCatalog } from "./serviceCatalog";
import type { Settings } from "../settings/settings";
import { SharedWork } from "../http/waitAtMost";

/**
 * A token or an access key that the user set. It cannot be renewed: if it is refused, every wait that uses it fails.
 */
export class GivenIdentity implements Identity {
  private projectId?: SharedWork<string>;
  private catalog?: SharedWork<Catalog>;

  constructor(
    private readonly settings: Settings,
    private readonly credentials: TokenCredentials | KeyCredentials,
    /** Sends requests with the credentials. */
    private readonly authorized: Send,
  ) {}

  async send(request: ProjectRequest, bounds: RequestBounds): Promise<GrantedReply> {
    const { api } = request;
    const projectId = await this.findProjectId(bounds);
    const catalog = needsCatalog(this.settings, api) ? await this.findCatalog(projectId, bounds) : undefined;
    const reply = await this.authorizedOrThrow(projectId)({
      method: request.method,
      url: endpointOf(api, this.settings, catalog) + request.path(projectId),
      headers: this.headers(projectId),
      instanceId: request.instanceId,
      ...bounds,
    });
    return { projectId, reply };
  }

  // Waits that start together share one answer; if there was none, the next wait asks again.

  private async findProjectId(bounds: RequestBounds): Promise<string> {
    const { project } = this.settings;
    if (project.id !== undefined) {
      return project.id;
    }
    this.projectId ??= new SharedWork(
      (signal) =>
        findProject(this.authorizedOrThrow(), this.settings, project.name, { timeoutMs: bounds.timeoutMs, signal }),
      () => (this.projectId = undefined),
    );
    return this.projectId.join(bounds);
  }

  private findCatalog(projectId: string, bounds: RequestBounds): Promise<Catalog> {
    const headers = this.headers(projectId);
    this.catalog ??= new SharedWork(
      (signal) =>
        readCatalog(this.authorizedOrThrow(), this.settings, headers, { timeoutMs: bounds.timeoutMs, signal }),
      () => (this.catalog = undefined),
    );
    return this.catalog.join(bounds);
  }

  private authorizedOrThrow(projectId?: string): Send {
    return throwIfRefused(this.authorized, this.credentials, this.settings, projectId);
  }

  // A token already contains its project.
  private headers(projectId: string): { [name: string]: string } {
    return this.credentials.method === "key" ? { "X-Project-Id": projectId } : {};
  }
}
