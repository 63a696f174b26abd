// A smaller rest is a rounding error of a sum of fractions.
const shortestMs = 0.001;

/** How long something that is missing may take to appear. Only time in which the service answered counts. */
export class AppearWindow {
  private openedAtMs?: number;

  constructor(
    private readonly loop: { readonly answeredMs: number },
    private readonly lengthMs: number,
  ) {}

  /** It is missing: the window opens, unless it is open already. */
  open(): void {
    this.openedAtMs ??= this.loop.answeredMs;
  }

  /** It is there. If it disappears later, it gets a whole window again. */
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

  /** Whether the window is open and nothing of it is left. */
  get isOver(): boolean {
    return this.openedAtMs !== undefined && this.leftMs < shortestMs;
  }
}
