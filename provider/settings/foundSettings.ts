import type { CloudSite } from "../http/cloudHosts";
import type { ConnectionSettings } from "../http/exchange";
import type { CloudProvider } from "../task/cloudProviders";
import type { Api } from "../task/services";
import type { Credentials, NameOrId } from "./credentialSettings";
import type { Naming } from "./settingNaming";

/** Arguments of a call or resource that take precedence over the configuration. Credentials are never arguments. */
export interface Place {
  /** Whose settings count, if not those that the names found tell. */
  cloudProvider?: CloudProvider;
  /** An entry of clouds.yaml, which then takes precedence over the configuration and the environment. */
  cloud?: string;
  projectId?: string;
  region?: string;
  /** Base URL of the API that the request goes to. */
  endpoint?: string;
}

/** An agency, and the domain of the account that it belongs to. */
export interface Agency {
  name: string;
  domain: NameOrId;
}

export type EndpointType = "public" | "internal" | "admin";

/** Everything that is needed to send requests to the service, checked. */
export interface Settings extends Naming, CloudSite {
  credentials: Credentials;
  /** Acts in a project of another account; `project` is then that project. */
  agency?: Agency;
  /** IAM's base URL, ends in `/v3`; undefined if it is unknown and not needed. */
  authUrl?: string;
  /** Whether `authUrl` was set. If not, it is made from the region's pattern. */
  authUrlIsSet: boolean;
  region?: string;
  project: NameOrId;
  /** Base URLs that were set. Default: from the catalog or the region's pattern. */
  endpoints: { [api in Api]?: string };
  /** Which of the catalog's endpoints to use. Default: public. */
  endpointType?: EndpointType;
  connection?: ConnectionSettings;
  /** Whether plain http is accepted for other machines. */
  allowHttp?: true;
  /** Where each setting was found, for debugging. Secrets are shown without their value. */
  origins?: string[];
  /** How long one request may take. Default: 10 s. */
  requestTimeoutMs?: number;
}
