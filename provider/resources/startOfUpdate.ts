import * as pulumi from "@pulumi/pulumi";

// How the CLI runs a program: a process of its own, for one update.
const cliRunner = /[\\/]cmd[\\/]run([\\/]index(\.js)?)?$/;

const starts = new WeakMap<object, number>();

/**
 * When this update started, in milliseconds since 1970 by this machine's clock, as early as possible: when the program's
 * process started. The provider process may start many seconds later, after an operation. An inline program of the
 * Automation API may run several updates in one process: there, an update starts when it constructs the first of our
 * resources.
 */
export function startOfUpdate(): number {
  if (cliRunner.test(process.argv[1] ?? "")) {
    return Math.floor(performance.timeOrigin);
  }
  // Each update has its own connection to the engine.
  const update = (pulumi.runtime.getMonitor() as object | undefined) ?? starts;
  const startedAtMs = starts.get(update) ?? Date.now();
  starts.set(update, startedAtMs);
  return startedAtMs;
}
