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
  /** How long after its start the task is listed and shown. Default: 0. */
  visibleAfterSeconds?: number;
  /** Only for a task of a DCS instance: the `fail_reason` of the job once the task is in FAILED. Default: null. */
  failReason?: string;
  /** Default: the name the service's own samples have, `paas_dms`. */
  userName?: string;
  /** Default: the emulator's user. */
  userId?: string;
}
