import { setTimeout as pause } from "node:timers/promises";

/** Resolves when the condition holds; fails with its text if it does not in time. */
export async function until(
  condition: () => unknown,
  { timeoutMs = 120_000, everyMs = 50 }: { timeoutMs?: number; everyMs?: number } = {},
): Promise<void> {
  const deadlineMs = performance.now() + timeoutMs;
  while (!condition()) {
    if (performance.now() > deadlineMs) {
      throw new Error(`not within ${timeoutMs} ms: ${String(condition)}`);
    }
    await pause(everyMs);
  }
}
