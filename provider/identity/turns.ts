import type { Clock } from "../clock/clock";
import type { RequestBounds } from "../http/exchange";
import { waitAtMost } from "../http/waitAtMost";

/** One request's place in the line, then on its way. */
export type Turn = symbol;

interface Waiting {
  turn: Turn;
  admit: () => void;
}

// A request that still has no socket by then lets others go first: it might wait for one that never answers.
const unsentMs = 100;

/** Lets a few requests be on their way at a time, in the order in which they came. */
export class Turns {
  private readonly line: Waiting[] = [];
  /** Until when each turn counts, on the clock. */
  private readonly counted = new Map<Turn, number>();
  private alarm?: AbortController;

  constructor(
    /** How many may be on their way now. */
    private readonly most: () => number,
    /** How long a request that was sent and not answered counts among them. */
    private readonly unansweredMs: number,
    private readonly clock: Clock,
  ) {}

  /** Resolves when it is the request's turn; `isNext`: it goes to the front of the line. */
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

  /** Called as the request is sent: whether it still may be. */
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

  /** The request has its reply, or will not be sent. */
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

  /** Somebody waits, and there will be room when the first turn no longer counts. */
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
