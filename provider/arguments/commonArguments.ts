import type { CloudProvider } from "../task/cloudProviders";
import type { ServiceName } from "../task/services";

// Arguments that all functions and resources have, as plain values.

/**
 * How long to wait, and how often to poll. `otc-background-task:timeoutSeconds` and `otc-background-task:maxDelaySeconds` in
 * the Pulumi configuration set other defaults for a whole stack.
 */
export interface WaitPace {
  /** Timeout of the whole wait in seconds, over 0, at most 86,400. Default: 1,800. A resource's `customTimeouts` take precedence. */
  timeoutSeconds?: number;
  /** How many seconds a task or instance that is not there yet may take to appear, 0 to 86,400. Default: 60. */
  appearTimeoutSeconds?: number;
  /** Minimum number of seconds between two looks, 0.1 to 86,400. Default: 0.2. */
  minDelaySeconds?: number;
  /** Maximum number of seconds between two looks, 0.1 to 86,400. Default: 120. */
  maxDelaySeconds?: number;
}

/** Which cloud, project and service the instance belongs to. Credentials are never arguments. */
export interface InstancePlace {
  /** The service the instance belongs to. Default: `kafka`. */
  service?: ServiceName;
  /** The project's id. Default: from the settings. */
  projectId?: string;
  /** The region, for instance `eu-de`. Default: from the settings. */
  region?: string;
  /** Whose settings and hosts are used: `opentelekomcloud` or `huaweicloud`. Default: the cloud whose settings are set. */
  cloudProvider?: CloudProvider;
  /** An entry of clouds.yaml. Its settings take precedence over the configuration and the environment. */
  cloud?: string;
  /** Base URL of the service, `https://host[:port]`. Default: from the settings, the service catalog or the region. */
  endpoint?: string;
}
