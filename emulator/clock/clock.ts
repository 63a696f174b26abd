/** The only clock of the emulator: all times that it compares or shows come from here. */
export class Clock {
  skewMs = 0;
  constructor(private readonly source: () => number) {}

  nowMs(): number {
    return this.source() + this.skewMs;
  }
}

/** The service's form of a task's times: UTC with milliseconds and `Z` (API page "Querying a Background Task"). */
export function isoMilliseconds(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

/** IAM's form of a token's times: UTC with microseconds and `Z` (IAM page on tokens by password). */
export function isoMicroseconds(timeMs: number): string {
  return new Date(timeMs).toISOString().replace("Z", "000Z");
}
