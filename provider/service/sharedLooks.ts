import type { ShowTask, TaskReply } from "./client";
import type { Identity } from "../identity/identity";
import type { RequestBounds } from "../http/exchange";
import { AuthenticationError, BadResponseError, ServiceError, TransientError } from "../task/errors";
import type { WaitSubject } from "../task/waitSubject";
import type { ServiceName } from "../task/services";
import type { BackgroundTaskResult } from "../task/task";
import { type ListTasks, listTasksWith } from "./taskList";
import { lookWith } from "./taskLook";
import { abortedWithLast, waitAtMost } from "../http/waitAtMost";

// For all waits of a process.
const instances = new WeakMap<Identity, Map<string, InstanceLooks>>();

/**
 * Looks at tasks of an instance that all waits of this process share: one list request answers several of them, and every
 * other wait whose task it contains.
 */
export function sharedLookWith(identity: Identity, service: ServiceName, instanceId: string): ShowTask {
  const ofIdentity = instances.get(identity) ?? new Map<string, InstanceLooks>();
  instances.set(identity, ofIdentity);
  const key = `${service}/${instanceId}`;
  const looks =
    ofIdentity.get(key) ?? new InstanceLooks(instanceId, listTasksWith(identity, service), lookWith(identity, service));
  ofIdentity.set(key, looks);
  return looks.show;
}

/** A wait that is due for a look. */
interface Ticket {
  subject: WaitSubject;
  bounds: RequestBounds;
  resolve: (reply: TaskReply) => void;
  reject: (error: unknown) => void;
  /** Aborted when it has its answer, or waits for none any longer. */
  left: AbortSignal;
  /** The list did not contain its task. */
  isUnlisted?: boolean;
}

type Watcher = (reply: TaskReply) => void;

// A shared request belongs to no single wait: a wait that gives up earlier leaves it to the others. The last to
// leave ends it.
const sharedBounds: RequestBounds = { timeoutMs: 10_000, mostMs: 600_000 };

/** Serves tickets in batches, one after the other; each batch has all tickets that came meanwhile. */
class Lane {
  private waiting: Ticket[] = [];
  private isBusy = false;

  constructor(private readonly serve: (tickets: Ticket[]) => Promise<void>) {}

  add(ticket: Ticket): void {
    this.waiting.push(ticket);
    if (!this.isBusy) {
      this.isBusy = true;
      void this.run();
    }
  }

  takeWaiting(): Ticket[] {
    return this.waiting.splice(0).filter(({ left }) => !left.aborted);
  }

  private async run(): Promise<void> {
    while (this.waiting.length > 0) {
      // Waits that are due at the same moment join this batch.
      await Promise.resolve();
      const tickets = this.takeWaiting();
      if (tickets.length > 0) {
        await this.serve(tickets);
      }
    }
    this.isBusy = false;
  }
}

/** The looks at one instance: at most one list and one look by id are in flight at a time. */
export class InstanceLooks {
  readonly show: ShowTask = Object.assign((subject: WaitSubject, bounds: RequestBounds) => this.look(subject, bounds), {
    watch: (subject: WaitSubject, watcher: Watcher) => this.watch(subject.taskId, watcher),
  });
  private readonly watchers = new Map<string, Set<Watcher>>();
  private readonly toList = new Lane((tickets) => this.list(tickets));
  private readonly toShow = new Lane((tickets) => this.showOne(tickets));
  /** Tasks that were looked at before. */
  private readonly known = new Set<string>();
  /** Tasks that the list did not contain although they exist. */
  private readonly unlisted = new Set<string>();
  /** Tasks as last seen: the finished ones show how long the others may take. */
  private readonly records = new Map<string, BackgroundTaskResult>();
  private hasListed = false;
  /** How many pages the last list took. */
  private pages = 1;
  private isListRefused = false;

  constructor(
    private readonly instanceId: string,
    private readonly listTasks: ListTasks,
    private readonly showTask: ShowTask,
  ) {}

  private look(subject: WaitSubject, bounds: RequestBounds): Promise<TaskReply> {
    const lane = this.isWorthListing(subject.taskId) ? this.toList : this.toShow;
    this.known.add(subject.taskId);
    // The request itself is bounded; a setting may raise the usual bound.
    const ownBounds = { ...bounds, timeoutMs: bounds.mostMs ?? bounds.timeoutMs };
    const left = new AbortController();
    const reply = new Promise<TaskReply>((resolve, reject) =>
      lane.add({ subject, bounds, resolve, reject, left: left.signal }),
    );
    return waitAtMost(ownBounds, reply).finally(() => left.abort());
  }

  private watch(taskId: string, watcher: Watcher): () => void {
    const watchers = this.watchers.get(taskId) ?? new Set();
    this.watchers.set(taskId, watchers.add(watcher));
    return () => {
      watchers.delete(watcher);
      if (watchers.size === 0) {
        this.watchers.delete(taskId);
      }
    };
  }

  /**
   * The first look is a list, because it contains finished runs of the same name for the schedule. After that, a list is
   * worth it if at least two tasks are watched for each of its pages.
   */
  private isWorthListing(taskId: string): boolean {
    if (this.isListRefused || this.unlisted.has(taskId)) {
      return false;
    }
    const watched = [...this.watchers.keys()].filter((id) => !this.unlisted.has(id)).length;
    return (!this.hasListed && !this.known.has(taskId)) || watched >= 2 * this.pages;
  }

  private async list(tickets: Ticket[]): Promise<void> {
    const ids = new Set([...this.watchers.keys(), ...tickets.map(({ subject }) => subject.taskId)]);
    const wanted = [...ids].filter((id) => !this.unlisted.has(id));
    // New tasks are on the first page. Further pages are read only while two watched tasks share each of them.
    const mostPages = Math.max(1, Math.floor(wanted.length / 2));
    let pages = 0;
    try {
      const { tasks, absence, ...answer } = await this.listTasks(
        {
          instanceId: this.instanceId,
          isEnough: (seen) => {
            pages++;
            return pages >= mostPages || wanted.every((id) => seen.has(id));
          },
        },
        (request) => request(boundsOf(tickets)),
      );
      this.hasListed = true;
      this.pages = Math.max(1, pages);
      tasks.forEach((task) => this.records.set(task.taskId, task));
      const listed = [...this.records.values()];
      // For each id the last entry counts: a record's own id takes precedence over a job's, and a job's newest record.
      const byJob = tasks.filter(({ jobId }) => jobId !== undefined).reverse();
      const byId = [
        ...byJob.map((task) => [task.jobId!, task] as const),
        ...tasks.map((task) => [task.taskId, task] as const),
      ];
      this.answer(tickets, new Map(byId.map(([id, task]) => [id, { task, listed, ...answer }])));
    } catch (error) {
      const isPassing = error instanceof TransientError && !(error instanceof BadResponseError);
      if (isPassing || error instanceof AuthenticationError || !(error instanceof ServiceError)) {
        tickets.forEach(({ reject }) => reject(error));
        return;
      }
      // If listing is forbidden, looking by id may be allowed.
      this.isListRefused ||= !(error instanceof BadResponseError);
      tickets.forEach((ticket) => this.toShow.add(ticket));
    }
  }

  /** Absence from a list proves nothing: a wait whose task it does not contain looks by id. */
  private answer(asking: Ticket[], replies: Map<string, TaskReply>): void {
    // Waits that became due meanwhile need no request of their own.
    const tickets = [...asking, ...this.toList.takeWaiting()];
    const answered = new Set(tickets.map(({ subject }) => subject.taskId));
    for (const ticket of tickets) {
      const reply = replies.get(ticket.subject.taskId);
      if (reply) {
        ticket.resolve(reply);
      } else {
        this.toShow.add({ ...ticket, isUnlisted: true });
      }
    }
    for (const [taskId, reply] of replies) {
      if (!answered.has(taskId)) {
        this.tell(taskId, reply);
      }
    }
  }

  private async showOne(tickets: Ticket[]): Promise<void> {
    const { subject } = tickets[0]!;
    const isSame = (ticket: Ticket) => ticket.subject.taskId === subject.taskId;
    const same = tickets.filter(isSame);
    tickets.filter((ticket) => !isSame(ticket)).forEach((ticket) => this.toShow.add(ticket));
    try {
      const reply = await this.showTask(subject, boundsOf(same));
      if (reply.task) {
        this.records.set(reply.task.taskId, reply.task);
        if (same.some(({ isUnlisted }) => isUnlisted)) {
          this.unlisted.add(subject.taskId);
        }
      }
      const listed = this.hasListed ? [...this.records.values()] : undefined;
      same.forEach(({ resolve }) => resolve({ listed, ...reply }));
    } catch (error) {
      same.forEach(({ reject }) => reject(error));
    }
  }

  private tell(taskId: string, reply: TaskReply): void {
    this.watchers.get(taskId)?.forEach((watcher) => watcher(reply));
  }
}

function boundsOf(tickets: Ticket[]): RequestBounds {
  return { ...sharedBounds, signal: abortedWithLast(tickets.map(({ left }) => left)) };
}
