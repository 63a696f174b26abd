// Less is what is left of a sum of fractions, and no time to appear in.
const shortestMs = 0.001;

/** How long something that is not there may take to appear. Only time in which the service answered counts. */
export class AppearWindow {
  private openedAtMs?: number;

  constructor(
    private readonly loop: { readonly answeredMs: number },
    private readonly lengthMs: number,
  ) {}

  /** It was looked for and is not there: the window opens, unless it is open already. */
  open(): void {
    this.openedAtMs ??= this.loop.answeredMs;
  }

  /** It is there: should it be gone again later, it has a whole window anew. */
  close(): void {
    this.openedAtMs = undefined;
  }

  /** How long the window has been open. */
  get openMs(): number {
    return this.openedAtMs === undefined ? 0 : this.loop.answeredMs - this.openedAtMs;
  }

  get leftMs(): number {
    return this.lengthMs - this.openMs;
  }

  /** Whether the window is open, and nothing of it left. */
  get isOver(): boolean {
    return this.openedAtMs !== undefined && this.leftMs < shortestMs;
  }
}
