import { randomBytes } from "node:crypto";
import type { Clock } from "../clock/clock";
import type { Party } from "./account";

interface AccessKey {
  accessKey: string;
  secretKey: string;
  party: Party;
  /** Of a temporary key: sent along as X-Security-Token. */
  securityToken?: string;
  /** When a temporary key ends. */
  expiresAtMs?: number;
}

interface Standing {
  refusedInARow: number;
  lockedUntilMs: number;
}

// "Common Errors Related to IAM Authentication Information", API Gateway user guide: more than five, five minutes.
const BORNE_REFUSALS = 5;
const LOCK_MS = 5 * 60_000;

/** The account's access key, the temporary ones issued so far, and how often each was used wrongly. */
export class KeyStore {
  private readonly temporary = new Map<string, AccessKey>();
  private readonly standings = new Map<string, Standing>();
  private isRevoked = false;
  constructor(
    private readonly clock: Clock,
    private readonly permanent: AccessKey,
  ) {}

  find(accessKey: string): AccessKey | undefined {
    if (accessKey === this.permanent.accessKey) {
      return this.isRevoked ? undefined : this.permanent;
    }
    return this.temporary.get(accessKey);
  }

  /** Deletes the permanent key, as an administrator does. */
  revoke(): void {
    this.isRevoked = true;
  }

  issue(party: Party, lifetimeSeconds: number): Required<AccessKey> {
    const key = {
      accessKey: randomBytes(10).toString("hex").toUpperCase(),
      secretKey: randomBytes(30).toString("base64url"),
      party,
      securityToken: `gQpjbi1u${randomBytes(192).toString("base64")}`,
      expiresAtMs: this.clock.nowMs() + lifetimeSeconds * 1000,
    };
    this.temporary.set(key.accessKey, key);
    return key;
  }

  isExpired({ expiresAtMs }: AccessKey): boolean {
    return expiresAtMs !== undefined && this.clock.nowMs() >= expiresAtMs;
  }

  isLocked({ accessKey }: AccessKey): boolean {
    return this.clock.nowMs() < (this.standings.get(accessKey)?.lockedUntilMs ?? 0);
  }

  /** Counts a signature that was refused. */
  noteRefused({ accessKey }: AccessKey): void {
    const refusedInARow = (this.standings.get(accessKey)?.refusedInARow ?? 0) + 1;
    const isTooMany = refusedInARow > BORNE_REFUSALS;
    this.standings.set(accessKey, {
      refusedInARow: isTooMany ? 0 : refusedInARow,
      lockedUntilMs: isTooMany ? this.clock.nowMs() + LOCK_MS : 0,
    });
  }

  noteAccepted({ accessKey }: AccessKey): void {
    this.standings.delete(accessKey);
  }

  expireAll(): void {
    const nowMs = this.clock.nowMs();
    for (const key of this.temporary.values()) {
      key.expiresAtMs = Math.min(key.expiresAtMs ?? nowMs, nowMs);
    }
  }

  clear(): void {
    this.temporary.clear();
    this.standings.clear();
    this.isRevoked = false;
  }
}
