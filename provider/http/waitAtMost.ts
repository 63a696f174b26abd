import type { RequestBounds } from "./exchange";
import { TransientError } from "../task/errors";

/**
 * Waits for something that is shared with others, no longer than one's own bounds allow; what is shared goes on.
 */
export function waitAtMost<T>({ timeoutMs, signal }: RequestBounds, shared: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      settle();
      reject(new TransientError(`the service did not answer within ${timeoutMs / 1000} s`));
    }, timeoutMs);
    const onAbort = () => {
      settle();
      reject(signal?.reason as Error);
    };
    const settle = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    };
    if (signal?.aborted) {
      onAbort();
      return;
    }
    signal?.addEventListener("abort", onAbort, { once: true });
    shared.then(resolve, reject).finally(settle);
  });
}
