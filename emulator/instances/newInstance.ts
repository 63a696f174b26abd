/** What runs in an instance, and with it the service that it is of: DMS for the first three, DCS. */
export type Engine = "kafka" | "rabbitmq" | "rocketmq" | "dcs";

/** An instance put in by hand. */
export interface NewInstance {
  /** A hyphenated UUID. Default: random. */
  instanceId?: string;
  /** Default `kafka`. */
  engine?: Engine;
  /** Default: the engine, a hyphen and the id's first digits. */
  name?: string;
  /** Default: the project that exists from the start. */
  projectId?: string;
  /** Default RUNNING. In any other status operations are refused with DMS.00400026, DCS.4026. */
  status?: string;
  /** A public address that is bound already, e.g. `203.0.113.7`; several are joined by commas. Default: none. */
  publicAddress?: string;
}
