import { writeFileSync } from "node:fs";
import path from "node:path";

/**
 * Loaded before everything else into a process: its clock is ahead of the machine's by as many milliseconds as a file
 * says. What a process notes of the clock at its start, it keeps, as of a real clock.
 */
const preload = `
const { readFileSync } = require("node:fs");
const file = process.env.CLOCK_AHEAD_FILE;
const machineNow = Date.now;
const aheadMs = () => Number(readFileSync(file, "utf8")) || 0;
Date.now = () => machineNow() + aheadMs();
Object.defineProperty(performance, "timeOrigin", { value: performance.timeOrigin + aheadMs() });
`;

/** The clock of another process, which can be set at any time. */
export class SettableClock {
  private readonly file: string;
  private readonly preload: string;
  private aheadMs = 0;

  constructor(folder: string) {
    this.file = path.join(folder, "clock-ahead");
    this.preload = path.join(folder, "settableClock.cjs");
    writeFileSync(this.preload, preload);
    this.set(0);
  }

  /** Variables with which a process of Node has this clock. */
  get env(): { [name: string]: string } {
    return { CLOCK_AHEAD_FILE: this.file, NODE_OPTIONS: `--require ${JSON.stringify(this.preload)}` };
  }

  set(aheadSeconds: number): void {
    this.aheadMs = aheadSeconds * 1000;
    writeFileSync(this.file, String(this.aheadMs));
  }

  nowMs(): number {
    return Date.now() + this.aheadMs;
  }
}
