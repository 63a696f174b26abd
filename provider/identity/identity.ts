import type { RequestBounds, ServiceReply } from "../http/exchange";
import type { Api } from "../task/services";

/** A request to one of a project's services. */
export interface ProjectRequest {
  api: Api;
  method: "GET" | "DELETE";
  /** Path and query of the URL, with a leading slash. */
  path: (projectId: string) => string;
  /** The instance that the request is about. */
  instanceId?: string;
}

/** Sends requests to the service; one for each set of credentials and project of a process. */
export interface Identity {
  /**
   * Sends a request with this identity's credentials, renews them if that can help, and resolves with the reply, whatever
   * its HTTP status except 401.
   *
   * @throws AuthenticationError if the credentials are refused.
   */
  send(request: ProjectRequest, bounds: RequestBounds): Promise<GrantedReply>;
}

export interface GrantedReply {
  projectId: string;
  reply: ServiceReply;
}
