import type { ServiceName } from "../task/services";

// Arguments that all functions and resources have, in plain values.

/** How long, and how often, the service is asked. */
export interface WaitPace {
  /** The whole wait's deadline in seconds, over 0, at most 86,400; default 1,800. A resource's `customTimeouts` win. */
  timeoutSeconds?: number;
  /** How many seconds a task, or the instance, that is not there yet may take to appear, 0 to 86,400; default 60. */
  appearTimeoutSeconds?: number;
  /** Least number of seconds between two looks, 0.1 to 86,400; default 0.2. */
  minDelaySeconds?: number;
  /** Greatest number of seconds between two looks, 0.1 to 86,400; default 120. */
  maxDelaySeconds?: number;
}

/** Which cloud, project and service the instance belongs to. Credentials are never arguments. */
export interface InstancePlace {
  /** The service the instance belongs to; default `kafka`. */
  service?: ServiceName;
  /** The project's id; default: from the configuration. */
  projectId?: string;
  /** The region, for instance `eu-de`; default: from the configuration. */
  region?: string;
  /** An entry of clouds.yaml; its settings then go before the configuration and the environment. */
  cloud?: string;
  /** Base URL of the service, `https://host[:port]`; default: from the configuration, the service catalog or the region. */
  endpoint?: string;
}
