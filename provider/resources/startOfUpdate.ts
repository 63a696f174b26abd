import * as pulumi from "@pulumi/pulumi";

// How the CLI runs a program: a process of its own, for one update.
const cliRunner = /[\\/]cmd[\\/]run([\\/]index(\.js)?)?$/;

const starts = new WeakMap<object, number>();

/**
 * When this update began, in milliseconds since 1970 by this machine's clock, as early as it can be known: the beginning
 * of the program's process. The provider process may begin many seconds later, when an operation has long been started.
 * An inline program of the Automation API may run several updates in one process: there, it is the first time that one
 * of our resources was constructed in this update.
 */
export function startOfUpdate(): number {
  if (cliRunner.test(process.argv[1] ?? "")) {
    return Math.floor(performance.timeOrigin);
  }
  // Each update has a connection to its engine of its own.
  const update = (pulumi.runtime.getMonitor() as object | undefined) ?? starts;
  const startedAtMs = starts.get(update) ?? Date.now();
  starts.set(update, startedAtMs);
  return startedAtMs;
}
