import type { Emulator } from "../emulator/index";
import type { HermeticStack } from "../engine/hermeticStack";

/** What a demo acts on, and where it reports. */
export interface Scene {
  emulator: Emulator;
  stack: HermeticStack;
  report: DemoReport;
}

/** What a step showed: the expected, or something else. */
export type Observation = { seen: string } | { unexpected: string };

/** Announces and times the demo's steps, and summarizes at the end what was seen. */
export class DemoReport {
  private readonly lines: string[] = [];
  private asExpected = true;

  /** @param countRequests how many requests the service has had so far */
  constructor(private readonly countRequests: () => number) {}

  /** Runs a step. `requests` returns how many requests were sent since the step started. */
  async step(command: string, purpose: string, run: (requests: () => number) => Promise<Observation>): Promise<void> {
    // After a failed step the next one would only confuse. No destroy is needed, because everything is temporary.
    if (!this.asExpected) return;
    console.log(`\n=== ${command}: ${purpose}\n`);
    const startedAt = performance.now();
    const requestsBefore = this.countRequests();
    const requests = (): number => this.countRequests() - requestsBefore;
    const observation = await run(requests);
    const took = `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;
    const what = "seen" in observation ? observation.seen : `NOT AS EXPECTED: ${observation.unexpected}`;
    this.asExpected = "seen" in observation;
    this.lines.push(`${command.padEnd(15)} ${took.padStart(7)} ${String(requests()).padStart(4)} requests  ${what}`);
  }

  /** Prints what was seen; true when all was as expected. */
  print(): boolean {
    console.log(`\n=== What was seen\n\n${this.lines.join("\n")}`);
    return this.asExpected;
  }
}
