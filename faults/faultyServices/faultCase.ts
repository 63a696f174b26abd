import type { OutgoingHttpHeaders } from "node:http";
import type { FaultyService, Reply, ServiceOptions } from "../servers/faultyService";
import { recordOf, tasks } from "../servers/replies";

/** The task that a trial waits for, and how a service tells of it. */
export class Subject {
  constructor(
    /** Distinguishes what trials name themselves: clouds, hosts, tokens. */
    readonly label: string,
    readonly instanceId: string,
    readonly taskId: string,
  ) {}

  record(fields: object = {}): { [field: string]: unknown } {
    return recordOf(this.taskId, fields);
  }

  /** The task in that status, with other fields where they are given. */
  is(status: unknown, fields: object = {}): Reply {
    return tasks(this.record({ status, ...fields }));
  }

  get done(): Reply {
    return this.is("SUCCESS");
  }

  get pending(): Reply {
    return this.is("EXECUTING");
  }
}

export interface Arguments {
  timeoutSeconds?: number;
  appearTimeoutSeconds?: number;
  wait?: boolean;
}

/** What must become of the wait, and what it may cost. */
export interface Promised {
  /** Resolves with the task in SUCCESS and with these fields. */
  fields?: { [field: string]: unknown };
  /** Rejects with this error of the package, whose message matches. */
  error?: { name: string; message: RegExp };
  withinSeconds: number;
  notBeforeSeconds?: number;
  /** The most requests about tasks, and the most connections. */
  requests: number;
  connections?: number;
  logins?: number;
}

/** One way in which a service, a network or a proxy misbehaves, and what was promised for it. */
export interface FaultCase {
  name: string;
  answer: (subject: Subject) => Reply;
  server?: (subject: Subject) => ServiceOptions;
  /** Called once the service listens. */
  begin?: (service: FaultyService) => void;
  /** Where the wait looks for the service. Default: where it is. */
  endpoint?: (port: number, subject: Subject) => string;
  /** Other settings of the entry of clouds.yaml. */
  cloud?: (port: number, subject: Subject) => object;
  args?: Arguments;
  promised: Promised;
  /** What else must hold when the wait has ended. Throws what does not. */
  and?: (service: FaultyService, subject: Subject) => void;
  /** Whether the next update, which the service answers as documented, resumes the wait. Default: true. */
  isResumed?: boolean;
  /** Takes half a minute: not part of the sample. */
  isLong?: true;
}

export const usualArguments = {
  timeoutSeconds: 2,
  appearTimeoutSeconds: 0.5,
  minDelaySeconds: 0.1,
  maxDelaySeconds: 0.3,
};

export function succeeds(promised: Partial<Promised> = {}): Promised {
  return { fields: {}, withinSeconds: 2, requests: 6, ...promised };
}

export function fails(name: string, message: RegExp, promised: Partial<Promised> = {}): Promised {
  return { error: { name, message }, withinSeconds: 0.5, requests: 2, ...promised };
}

/** Retried, with pauses that grow, until the deadline, and never more than 1 s beyond it. */
export function timesOut(message: RegExp, promised: Partial<Promised> = {}): Promised {
  return fails("WaitTimedOutError", message, { notBeforeSeconds: 2, withinSeconds: 3, requests: 14, ...promised });
}

/** Given the time to appear, then an error that says what is missing. */
export function isNotFound(message: RegExp, promised: Partial<Promised> = {}): Promised {
  return fails("TaskNotFoundError", message, { notBeforeSeconds: 0.5, withinSeconds: 1, requests: 14, ...promised });
}

export type Headers = OutgoingHttpHeaders;
