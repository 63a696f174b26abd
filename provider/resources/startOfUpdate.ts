import * as pulumi from "@pulumi/pulumi";
import { machineUptimeMs } from "../clock/clock";

// How the CLI runs a program: a process of its own, for one update.
const cliRunner = /[\\/]cmd[\\/]run([\\/]index(\.js)?)?$/;

/** A moment by this machine's clock and by its monotonic one, as inputs of a resource. */
interface StartOfUpdate {
  /** Milliseconds since 1970. */
  startedAtMs: number;
  /** Shows the provider process how long ago it was, even if the clock has been set since. */
  startedAtUptimeMs: number;
}

const starts = new WeakMap<object, StartOfUpdate>();

/**
 * When this update started, as early as possible: when the program's process started. The provider process may start many
 * seconds later, after an operation. An inline program of the Automation API may run several updates in one process:
 * there, an update starts when it constructs the first of our resources.
 */
export function startOfUpdate(): StartOfUpdate {
  if (cliRunner.test(process.argv[1] ?? "")) {
    return {
      startedAtMs: Math.floor(performance.timeOrigin),
      startedAtUptimeMs: Math.floor(machineUptimeMs() - performance.now()),
    };
  }
  // Each update has its own connection to the engine.
  const update = (pulumi.runtime.getMonitor() as object | undefined) ?? starts;
  const start = starts.get(update) ?? { startedAtMs: Date.now(), startedAtUptimeMs: Math.floor(machineUptimeMs()) };
  starts.set(update, start);
  return start;
}
