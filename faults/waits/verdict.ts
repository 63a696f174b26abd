import { Stalls } from "./stalls";

/** How a wait ended. */
export interface Verdict {
  /** The task, if it resolved. */
  task?: { [field: string]: unknown };
  error?: {
    /** The class; a resource's failure comes as a message alone. */
    name?: string;
    message: string;
  };
  seconds: number;
  /** How many of them this process, and the services in it, stood still. */
  stalledSeconds: number;
}

export async function timed<T extends Omit<Verdict, "seconds" | "stalledSeconds">>(
  wait: () => Promise<T>,
): Promise<T & Verdict> {
  const startedMs = performance.now();
  const stalls = new Stalls();
  try {
    const outcome = await wait();
    return { ...outcome, seconds: (performance.now() - startedMs) / 1000, stalledSeconds: stalls.end() };
  } finally {
    stalls.end();
  }
}

/** For the report on a trial that did not hold. */
export function describeVerdict({ task, error, seconds }: Verdict): string {
  const what = error ? `${error.name ?? "failed"}: ${error.message}` : `resolved with ${JSON.stringify(task)}`;
  return `${what.slice(0, 500)} (after ${seconds.toFixed(1)} s)`;
}
