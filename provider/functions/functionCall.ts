import * as pulumi from "@pulumi/pulumi";
import type { ArgumentFault } from "../arguments/argumentForm";
import type { Identity } from "../identity/identity";
import { identityFor } from "../identity/identities";
import { BackgroundTaskError, InvalidArgumentError } from "../task/errors";
import type { ProgressSink } from "../wait/progressReport";
import { type Place, readSettings } from "../settings/settings";
import { warnTo } from "../output/log";
import { withoutStack } from "../output/withoutStack";

/** @throws SettingsError */
export function identityInProgram(place: Place): Identity {
  const config = new pulumi.Config("opentelekomcloud");
  warnTo((message) => void pulumi.log.warn(message));
  return identityFor(readSettings(place, (key) => config.get(key), process.env));
}

/** Where a function's progress is shown. */
export function rowOf(parent: pulumi.Resource | undefined): ProgressSink {
  return {
    show: (message) => void pulumi.log.info(message, parent, undefined, true),
    keep: (message) => void pulumi.log.info(message, parent),
    warn: (message) => void pulumi.log.warn(message, parent),
    debug: (message) => void pulumi.log.debug(message, parent),
  };
}

/** The arguments with Dates as RFC 3339 text. */
export function withTimesAsText<A extends object>(args: A): TimesAsText<A> {
  const asText = (value: unknown) =>
    value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value;
  const isObject = typeof args === "object" && args !== null;
  return (
    isObject ? Object.fromEntries(Object.entries(args).map(([name, value]) => [name, asText(value)])) : args
  ) as TimesAsText<A>;
}

type TimesAsText<A> = { [name in keyof A]: A[name] extends infer V ? (V extends Date ? string : V) : never };

/** @throws InvalidArgumentError with a sentence for each fault. */
export function checkArguments(functionName: string, faults: ArgumentFault[]): void {
  if (faults.length > 0) {
    throw new InvalidArgumentError(faults.map(({ reason }) => `${functionName}: ${reason}.`));
  }
}

export function checkOptions(functionName: string, opts: object, known: string[]): void {
  const unknown = Object.keys(opts).filter((option) => !known.includes(option));
  if (unknown.length > 0) {
    throw new InvalidArgumentError(
      unknown.map(
        (option) =>
          `${functionName}: the option ${JSON.stringify(option)} has no meaning here: the options are ${known.join(", ")}.`,
      ),
    );
  }
}

/** Whether this is a user's unit test: the SDK's mock monitor is the one that has mocks of its own. */
export function isMocked(): boolean {
  const monitor: object | undefined = pulumi.runtime.getMonitor();
  return monitor !== undefined && Object.hasOwn(monitor, "mocks");
}

/**
 * The CLI shows one line of an error that is marked so, and a stack for every other; making that stack readable costs
 * Node 20 up to a minute.
 */
export function asOneLine(error: unknown): unknown {
  if (error instanceof BackgroundTaskError) {
    Object.defineProperty(error, "__pulumiRunError", { value: true });
    withoutStack(error);
  }
  return error;
}
