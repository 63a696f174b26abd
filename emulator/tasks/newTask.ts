/**
 * One step of a task's progress. A task has the status of the last step it has reached; steps are reached in order.
 * A step with neither condition is reached at once, one with both needs both.
 *
 * @example [{ status: "CREATED" }, { status: "EXECUTING", afterLooks: 2 }, { status: "SUCCESS", afterSeconds: 3 }]
 */
export interface ProgressStep {
  /** The service's word, e.g. CREATED, EXECUTING, SUCCESS, FAILED, DELETED, CANCELLED. Any string is served as it is. */
  status: string;
  /** Reached this many seconds (fractions allowed) after the task's start, by the emulator's clock. */
  afterSeconds?: number;
  /** Reached once the task has been seen this often in a reply, by show or list: look number n + 1 sees the step. */
  afterLooks?: number;
}

/** A task put in by hand. */
export interface NewTask {
  /** What started it, e.g. `bindInstancePublicIp`. Free text. */
  name: string;
  /** Default: the instance that exists from the start. */
  instanceId?: string;
  /** 32 hex digits or a hyphenated UUID, the two shapes the service uses. Default: a random one of 32 digits. */
  id?: string;
  /** Default: EXECUTING at once and never anything else. A first status that needs time or looks is preceded by EXECUTING. */
  progress?: ProgressStep[];
  /** The task's parameters: an object (served as JSON in a string, as the service does) or a string, served as it is. Default {}. */
  params?: string | { [key: string]: unknown };
  /** Start, as RFC 3339 text. Default: now, by the emulator's clock. */
  createdAt?: string;
  /** Default 0: how long after its start the task begins to be listed and shown. */
  visibleAfterSeconds?: number;
  /** Only for a task of a DCS instance: the `fail_reason` of the job once the task is in FAILED. Default: null. */
  failReason?: string;
  /** Default: the name the service's own samples have, `paas_dms`. */
  userName?: string;
  /** Default: the emulator's user. */
  userId?: string;
}

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

/** A task as it is now. Reading it here is not a look. */
export interface TaskSnapshot {
  taskId: string;
  instanceId: string;
  projectId: string;
  name: string;
  /** The status reached by now. */
  status: string;
  /** RFC 3339, UTC. */
  createdAt: string;
  /** When it reached its present status; RFC 3339, UTC. */
  changedAt: string;
  /** In how many replies it was seen so far. */
  looks: number;
}

/**
 * What the next requests of a route get. With neither status, code nor body the usual reply is sent, only later, cut, or never.
 *
 * @example { route: "showTask", times: 2, status: 429, code: "APIGW.0308", headers: { "Retry-After": "1" } }
 */
export interface PlannedReply {
  /** A route's name (README), or `any`. A plan for the route itself goes before one for `any`; else first in, first out. */
  route: string;
  /** For how many requests. Default 1. */
  times?: number;
  /** HTTP status. Default 200 with a body; else 500. */
  status?: number;
  /** Code in the service's error body, e.g. DMS.10240407 or APIGW.0308. Without one, IAM routes answer in Keystone's form. */
  code?: string;
  /** Text in the error body. */
  message?: string;
  /** The body instead of an error body: a string as it is, anything else as JSON. */
  body?: unknown;
  /** Headers, in addition or instead. */
  headers?: { [name: string]: string };
  /** Wait this long (by the wall clock) before the request is handled. Default 0. */
  delaySeconds?: number;
  /** Send only the first half of the body: as a whole response, or, with `resetConnection`, as half of one. */
  truncate?: boolean;
  /** Reset the TCP connection instead of answering, or after half the body. */
  resetConnection?: boolean;
}
