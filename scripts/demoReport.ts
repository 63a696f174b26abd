import type { Emulator } from "../emulator/index";
import type { HermeticStack } from "../engine/hermeticStack";

/** What a demo acts on, and tells of. */
export interface Scene {
  emulator: Emulator;
  stack: HermeticStack;
  report: DemoReport;
}

/** What a step showed: what it should, or something else. */
export type Observation = { seen: string } | { unexpected: string };

/** Announces the demo's steps, times them, and tells at the end what was seen. */
export class DemoReport {
  private readonly lines: string[] = [];
  private asExpected = true;

  /** @param countRequests how many requests the service has had so far */
  constructor(private readonly countRequests: () => number) {}

  /** Runs a step, with a function that counts the requests since its start. */
  async step(command: string, purpose: string, run: (requests: () => number) => Promise<Observation>): Promise<void> {
    // After a step that went wrong the next one would only confuse; a destroy is not needed, everything is temporary.
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
