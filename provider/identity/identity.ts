import type { RequestBounds, ServiceReply } from "../http/exchange";
import type { Api } from "../task/services";

/** A request to one of a project's services. */
export interface ProjectRequest {
  api: Api;
  method: "GET" | "DELETE";
  /** Path and query of the URL, beginning with a slash. */
  path: (projectId: string) => string;
  /** The instance that it is about. */
  instanceId?: string;
}

/** Somebody who may ask the service: one for each set of credentials and project of a process. */
export interface Identity {
  /**
   * Sends a request with this identity's credentials, renewing them where that can help, and resolves with the reply,
   * whatever its HTTP status but 401.
   *
   * @throws AuthenticationError when the credentials are refused.
   */
  send(request: ProjectRequest, bounds: RequestBounds): Promise<GrantedReply>;
}

export interface GrantedReply {
  projectId: string;
  reply: ServiceReply;
}
