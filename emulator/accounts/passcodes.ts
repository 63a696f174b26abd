import { createHmac, randomBytes } from "node:crypto";
import type { Clock } from "../clock/clock";

const STEP_MS = 30_000;

/**
 * The account's virtual MFA device, by RFC 6238: six digits that change every half minute. Good as often as one likes in
 * that time: OTC's Terraform provider logs in twice with one.
 */
export class Passcodes {
  private readonly secret = randomBytes(20);
  constructor(private readonly clock: Clock) {}

  current(): string {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(BigInt(Math.floor(this.clock.nowMs() / STEP_MS)));
    const digest = createHmac("sha1", this.secret).update(counter).digest();
    const offset = (digest.at(-1) ?? 0) & 0x0f;
    return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, "0");
  }

  isCurrent(passcode: string): boolean {
    return passcode === this.current();
  }
}
