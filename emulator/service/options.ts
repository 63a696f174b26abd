import type { EmulatorAccount } from "../accounts/account";
import type { NewInstance } from "../instances/newInstance";
import type { NewTask, ProgressStep } from "../tasks/newTask";

/** What can be set at start and changed later, by `configure` or the control route. */
export interface EmulatorSettings {
  /**
   * The reply for a task id that does not exist: 200 with empty `tasks` (default), 404, or 400.
   * No source documents it.
   */
  unknownTask?: 200 | 400 | 404;
  /**
   * How the list of tasks is paged. `start` (default): by the number of a record, from 1. `offset`: by the number of records
   * to skip. `both`: by either, `offset` going first. Then two that no service should have: `none`, the first page each
   * time; `all`, everything on one page, whatever the limit. DCS's list is paged by `offset` with any of the first three.
   */
  listPaging?: "start" | "offset" | "both" | "none" | "all";
  /** The form of `task_count`: a `string`, a `number`, or `missing`. Default: as in each service's sample, DCS's a number. */
  taskCount?: "string" | "number" | "missing";
  /** How long after its start a task of an operation is listed and shown. Default: 0. Applies to later tasks. */
  listedAfterSeconds?: number;
  /**
   * How long an instance's status stays what it was during an operation after the operation's task has ended: RESTARTING,
   * EXTENDING. Default: 0. Applies to tasks that end later.
   */
  statusLagSeconds?: number;
  /** How long a new token lives. Default 86400, as documented. Takes effect for tokens issued from then on. */
  tokenLifetimeSeconds?: number;
  /**
   * Who answers for a bad token: the `service`, with its documented codes DMS.10240101 to 104 (default),
   * or the `gateway` before it, with APIGW.0301 and APIGW.0307, as seen on the live cloud.
   */
  tokenRefusals?: "service" | "gateway";
  /** Added to the clock that everything here runs by, the Date header included. Default 0. */
  clockSkewSeconds?: number;
  /** The progress of tasks that an operation starts, by task name. Default for each: EXECUTING, then SUCCESS after 3 s. */
  operations?: {
    bindInstancePublicIp?: ProgressStep[];
    unbindInstancePublicIp?: ProgressStep[];
    /** DCS: a public IP is bound. */
    BindEip?: ProgressStep[];
    /** DCS: it is unbound. */
    UnBindEip?: ProgressStep[];
    /** Kafka: a change of parameters. */
    kafkaConfigModify?: ProgressStep[];
    /** Kafka: partition reassignment. An invented name. */
    reassignPartitions?: ProgressStep[];
    /** Kafka: restart. An invented name. */
    restartInstance?: ProgressStep[];
    /** Kafka, RabbitMQ, RocketMQ: more storage, more brokers, or larger ones. An invented name. */
    extendInstance?: ProgressStep[];
  };
}

/**
 * Options of `startEmulator`. All have defaults; unknown ones are refused.
 *
 * @example { operations: { bindInstancePublicIp: [{ status: "EXECUTING" }, { status: "FAILED", afterLooks: 2 }] } }
 */
export interface EmulatorOptions extends EmulatorSettings {
  /** Port on 127.0.0.1. Default 0: a free one. */
  port?: number;
  /** Default `eu-de`. */
  region?: string;
  account?: EmulatorAccount;
  /** The id of the instance that exists from the start, a hyphenated UUID. */
  instanceId?: string;
  /** The id of the finished task that exists from the start. */
  taskId?: string;
  /** More instances from the start. */
  instances?: NewInstance[];
  /** More tasks from the start. */
  tasks?: NewTask[];
  /** Ms since the epoch. Default `Date.now`. For tests that move time by hand; only `delaySeconds` goes by the wall clock. */
  now?: () => number;
  /** Gets one line per request, without secrets. Default: none. */
  log?: (line: string) => void;
}
