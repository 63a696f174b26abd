import { AsyncResource } from "node:async_hooks";
import * as pulumi from "@pulumi/pulumi";
import type { FailedOperation } from "./busyRetries";
import { version } from "@pulumi/pulumi/version";
import { withoutStack } from "../output/withoutStack";

// The first SDK and CLI with hooks for errors. Older SDKs that this package accepts lack the class, and its types.
const firstVersion = "3.218.0";

/**
 * The SDK's `ErrorHook`, as far as a resource's options need it.
 *
 * @inline
 */
export interface BusyErrorHook {
  /** Unique in the program. */
  readonly name: string;
  /** Whether to retry the operation. */
  readonly callback: (args: any) => Promise<boolean>;
}

type ErrorHookClass = new (name: string, callback: BusyErrorHook["callback"]) => BusyErrorHook;
interface Registration {
  __registered?: Promise<void>;
}

/** The names and the refusal of a program's hooks. An inline program may run several times in one process. */
const programs = new WeakMap<object, { names: Set<string>; refusal?: Error }>();

function program(): { names: Set<string>; refusal?: Error } {
  // Each update has its own connection to the engine.
  const update = (pulumi.runtime.getMonitor() as object | undefined) ?? programs;
  const known = programs.get(update) ?? { names: new Set<string>() };
  programs.set(update, known);
  return known;
}

/**
 * Checks that hooks of this name can be registered.
 *
 * @throws RunError if the SDK has no hooks, or the program already has hooks of this name
 */
export function claimName(functionName: string, name: string): void {
  if (typeof name !== "string" || name === "") {
    throw new pulumi.RunError(`${functionName}: the name must be a string that is not empty.`);
  }
  if (errorHookClass() === undefined) {
    throw new pulumi.RunError(missingHooks(""));
  }
  const { names } = program();
  if (names.has(name)) {
    throw new pulumi.RunError(
      `${functionName}: the program already has hooks named ${JSON.stringify(name)}. Each call of quietInstanceHooks or ` +
        "retryWhileBusy needs a name of its own, such as the resource's; resources may also share what one call returned.",
    );
  }
  names.add(name);
}

export function resourceHook(
  name: string,
  callback: (args: pulumi.ResourceHookArgs) => Promise<void>,
): pulumi.ResourceHook {
  return registered(new pulumi.ResourceHook(name, AsyncResource.bind(callback)));
}

export function errorHook(name: string, callback: (failed: FailedOperation) => Promise<boolean>): BusyErrorHook {
  const ErrorHook = errorHookClass()!;
  return registered(new ErrorHook(name, AsyncResource.bind(callback)));
}

function errorHookClass(): ErrorHookClass | undefined {
  return (pulumi as unknown as { ErrorHook?: ErrorHookClass }).ErrorHook;
}

/** A hook whose registration, for which its resources wait, fails with one sentence. */
function registered<Hook extends object>(hook: Hook): Hook {
  const registration = hook as Registration;
  const known = program();
  registration.__registered = registration.__registered?.catch((error: Error) => {
    // The same error for all hooks of a program: the SDK shows it once.
    throw (known.refusal ??= withoutStack(new pulumi.RunError(refusalOf(error))));
  });
  registration.__registered?.catch(() => undefined);
  return hook;
}

const unimplemented = 12;

function refusalOf(error: Error & { code?: number }): string {
  const isOld = error.code === unimplemented || /does not support|UNIMPLEMENTED/.test(error.message);
  return isOld ? missingHooks(` (${error.message})`) : `a resource hook could not be registered: ${error.message}`;
}

function missingHooks(reason: string): string {
  return (
    `quietInstanceHooks and retryWhileBusy need @pulumi/pulumi ${firstVersion} or later (this is ${version}) and a Pulumi CLI, ` +
    `with its own Node.js language host, ${firstVersion} or later${reason}. Update them, or use a QuietInstance with triggers.`
  );
}
