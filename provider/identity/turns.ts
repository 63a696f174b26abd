import type { Clock } from "../clock/clock";
import type { RequestBounds } from "../http/exchange";
import { waitAtMost } from "../http/waitAtMost";

/** A request's place in the line; later, its mark as in flight. */
export type Turn = symbol;

interface Waiting {
  turn: Turn;
  admit: () => void;
}

// A request that has no socket after this time lets others go first: it may be waiting for one that never answers.
const unsentMs = 100;

/** Limits the number of requests in flight, first come, first served. */
export class Turns {
  private readonly line: Waiting[] = [];
  /** Until when each turn counts, on the clock. */
  private readonly counted = new Map<Turn, number>();
  private alarm?: AbortController;

  constructor(
    /** How many may be in flight now. */
    private readonly most: () => number,
    /** How long a request without an answer counts as in flight. */
    private readonly unansweredMs: number,
    private readonly clock: Clock,
  ) {}

  /** Resolves when it is the request's turn. `isNext` puts it at the front of the line. */
  async take(bounds: RequestBounds, isNext: boolean): Promise<Turn> {
    const turn = Symbol("turn");
    const admitted = new Promise<void>((admit) => this.line[isNext ? "unshift" : "push"]({ turn, admit }));
    this.admit();
    try {
      await waitAtMost(bounds, admitted);
    } catch (error) {
      this.end(turn);
      throw error;
    }
    return turn;
  }

  /** Called when the request is about to be sent. Returns whether it still may be. */
  begin(turn: Turn): boolean {
    const nowMs = this.clock.nowMs();
    this.forgetUntil(nowMs);
    const others = this.counted.size - (this.counted.has(turn) ? 1 : 0);
    const mayBegin = others < this.most();
    if (mayBegin) {
      this.counted.set(turn, nowMs + this.unansweredMs);
    }
    return mayBegin;
  }

  /** Called when the request has its reply, or will not be sent. */
  end(turn: Turn): void {
    this.counted.delete(turn);
    const at = this.line.findIndex((waiting) => waiting.turn === turn);
    if (at >= 0) {
      this.line.splice(at, 1);
    }
    this.admit();
  }

  private admit(): void {
    const nowMs = this.clock.nowMs();
    this.forgetUntil(nowMs);
    while (this.line.length > 0 && this.counted.size < this.most()) {
      const { turn, admit } = this.line.shift()!;
      this.counted.set(turn, nowMs + Math.min(unsentMs, this.unansweredMs));
      admit();
    }
    this.setAlarm(nowMs);
  }

  private forgetUntil(nowMs: number): void {
    for (const [turn, untilMs] of this.counted) {
      if (untilMs <= nowMs) {
        this.counted.delete(turn);
      }
    }
  }

  /** Admits the next request in the line when the first turn stops counting. */
  private setAlarm(nowMs: number): void {
    this.alarm?.abort();
    this.alarm = undefined;
    const untilMs = Math.min(...this.counted.values());
    if (this.line.length > 0 && untilMs < Infinity) {
      const alarm = (this.alarm = new AbortController());
      this.clock.sleep(untilMs - nowMs, alarm.signal).then(
        () => this.admit(),
        () => undefined,
      );
    }
  }
}
