import { randomBytes } from "node:crypto";
import type { Clock } from "../clock/clock";
import type { Party, Project } from "./account";

export interface Token {
  party: Party;
  /** How it was obtained, by Keystone's names. */
  methods: readonly string[];
  issuedAtMs: number;
  expiresAtMs: number;
  /** What it is good for: a project's services, or (by domain, or without a scope) global ones only. */
  scope: { project: Project } | { domain: true } | { none: true };
}

/** The tokens issued so far. Expired ones are kept: the service tells an expired token from an unknown one. */
export class TokenStore {
  private readonly byText = new Map<string, Token>();
  constructor(private readonly clock: Clock) {}

  issue(grant: Pick<Token, "party" | "methods" | "scope">, lifetimeSeconds: number): { text: string; token: Token } {
    const issuedAtMs = this.clock.nowMs();
    const token = { issuedAtMs, expiresAtMs: issuedAtMs + lifetimeSeconds * 1000, ...grant };
    // Real ones are signed messages in base64 of some thousand characters that start like this.
    const text = `MIIE${randomBytes(384).toString("base64")}`;
    this.byText.set(text, token);
    return { text, token };
  }

  find(text: string): Token | undefined {
    return this.byText.get(text);
  }

  isExpired(token: Token): boolean {
    return this.clock.nowMs() >= token.expiresAtMs;
  }

  expireAll(): void {
    const nowMs = this.clock.nowMs();
    for (const token of this.byText.values()) {
      token.expiresAtMs = Math.min(token.expiresAtMs, nowMs);
    }
  }

  clear(): void {
    this.byText.clear();
  }
}
