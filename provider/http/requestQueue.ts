import type { Clock } from "../clock/clock";

// Limit of requests in flight for an instance that answers. One that does not, or is not known to, has one.
const mostOfInstance = 8;

// After this time without an answer, the instance may be silent.
const overdueAfterMs = 1000;

// For all instances together: requests that are not overdue, and all. The former keeps many waits that start together from
// opening a connection each; silent instances, with one overdue request each, do not count there.
const mostOnTime = 32;
const mostInAll = 128;

interface Traffic {
  /** Requests in flight, and how many of them are overdue. */
  sent: number;
  overdue: number;
}

interface InstanceTraffic extends Traffic {
  /** Whether the last request got an answer. */
  answers: boolean;
}

interface Turn {
  instance: InstanceTraffic;
  start: () => void;
}

/** Decides when each request of this process is sent. An instance that does not answer delays no other. */
export class RequestQueue {
  private readonly instances = new Map<string, InstanceTraffic>();
  private readonly all: Traffic = { sent: 0, overdue: 0 };
  private waiting: Turn[] = [];

  constructor(private readonly clock: Pick<Clock, "sleep">) {}

  /**
   * Calls `send` when it is its turn. If that throws, nothing was sent, which says nothing about the instance. Rejects with the
   * signal's reason if the signal is aborted before.
   */
  async run<T>(instanceId: string | undefined, signal: AbortSignal, send: () => Promise<T>): Promise<T> {
    const instance = this.instanceOf(instanceId);
    await this.turnOf(instance, signal);
    const endOverdue = this.watch(instance);
    try {
      const reply = send();
      instance.answers = await reply.then(
        () => true,
        () => false,
      );
      return await reply;
    } finally {
      endOverdue();
      this.count("sent", instance, -1);
      this.startNext();
    }
  }

  /** How many requests are in flight. */
  get size(): number {
    return this.all.sent;
  }

  private instanceOf(id: string | undefined): InstanceTraffic {
    // A request without an instance, such as a login, has only the common limit.
    const known = id === undefined ? undefined : this.instances.get(id);
    const instance = known ?? { sent: 0, overdue: 0, answers: id === undefined };
    if (id !== undefined) {
      this.instances.set(id, instance);
    }
    return instance;
  }

  private turnOf(instance: InstanceTraffic, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const leave = () => {
        this.waiting = this.waiting.filter((other) => other !== turn);
        reject(signal.reason as Error);
      };
      const start = () => {
        signal.removeEventListener("abort", leave);
        this.count("sent", instance, 1);
        resolve();
      };
      const turn = { instance, start };
      signal.throwIfAborted();
      signal.addEventListener("abort", leave, { once: true });
      this.waiting.push(turn);
      this.startNext();
    });
  }

  private startNext(): void {
    for (const turn of this.waiting) {
      if (this.mayStart(turn.instance)) {
        this.waiting = this.waiting.filter((other) => other !== turn);
        turn.start();
      }
    }
  }

  private mayStart({ sent, overdue, answers }: InstanceTraffic): boolean {
    const { all } = this;
    const isFree = overdue === 0 && sent < (answers ? mostOfInstance : 1);
    return isFree && all.sent - all.overdue < mostOnTime && all.sent < mostInAll;
  }

  /** Counts a request as overdue once it is; the returned function ends that. */
  private watch(instance: InstanceTraffic): () => void {
    const answered = new AbortController();
    let isOverdue = false;
    this.clock.sleep(overdueAfterMs, answered.signal).then(
      () => {
        isOverdue = !answered.signal.aborted;
        this.count("overdue", instance, isOverdue ? 1 : 0);
        this.startNext();
      },
      () => undefined,
    );
    return () => {
      answered.abort();
      this.count("overdue", instance, isOverdue ? -1 : 0);
    };
  }

  private count(what: "sent" | "overdue", instance: InstanceTraffic, change: 1 | 0 | -1): void {
    instance[what] += change;
    this.all[what] += change;
  }
}
