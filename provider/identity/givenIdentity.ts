import type { GrantedReply, Identity, ProjectRequest } from "./identity";
import type { RequestBounds, Send } from "../http/exchange";
import type { KeyCredentials, TokenCredentials } from "../settings/credentialSettings";
import { findProject, readCatalog } from "./identityService";
import { throwIfRefused } from "./refusalText";
import { type Catalog, endpointOf, needsCatalog } from "./serviceCatalog";
import type { Settings } from "../settings/settings";
import { waitAtMost } from "../http/waitAtMost";

/**
 * A token or an access key that the user obtained. It cannot be renewed: a refusal ends every wait that uses it.
 */
export class GivenIdentity implements Identity {
  private projectId?: Promise<string>;
  private catalog?: Promise<Catalog>;

  constructor(
    private readonly settings: Settings,
    private readonly credentials: TokenCredentials | KeyCredentials,
    /** Sends requests that bear the credentials. */
    private readonly authorized: Send,
  ) {}

  async send(request: ProjectRequest, bounds: RequestBounds): Promise<GrantedReply> {
    const { api } = request;
    const projectId = await waitAtMost(bounds, this.findProjectId(bounds));
    const catalog = needsCatalog(this.settings, api)
      ? await waitAtMost(bounds, this.findCatalog(projectId, bounds))
      : undefined;
    const reply = await this.authorizedOrThrow(projectId)({
      method: request.method,
      url: endpointOf(api, this.settings, catalog) + request.path(projectId),
      headers: this.headers(projectId),
      instanceId: request.instanceId,
      ...bounds,
    });
    return { projectId, reply };
  }

  // Waits that begin together share one answer; where there was none, the next asks again.

  private findProjectId({ timeoutMs }: RequestBounds): Promise<string> {
    const { project } = this.settings;
    this.projectId ??= (
      project.id === undefined
        ? findProject(this.authorizedOrThrow(), this.settings, project.name, { timeoutMs })
        : Promise.resolve(project.id)
    ).catch((error: unknown) => {
      this.projectId = undefined;
      throw error;
    });
    return this.projectId;
  }

  private findCatalog(projectId: string, { timeoutMs }: RequestBounds): Promise<Catalog> {
    this.catalog ??= readCatalog(this.authorizedOrThrow(), this.settings, this.headers(projectId), { timeoutMs }).catch(
      (error: unknown) => {
        this.catalog = undefined;
        throw error;
      },
    );
    return this.catalog;
  }

  private authorizedOrThrow(projectId?: string): Send {
    return throwIfRefused(this.authorized, this.credentials, this.settings, projectId);
  }

  // A token says by itself what project it is for.
  private headers(projectId: string): { [name: string]: string } {
    return this.credentials.method === "key" ? { "X-Project-Id": projectId } : {};
  }
}
