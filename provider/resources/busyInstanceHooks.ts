import * as pulumi from "@pulumi/pulumi";
import { jsonInput } from "./jsonInput";
import { BusyRetries, type FailedOperation } from "./busyRetries";
import { OperationTurns } from "./operationTurns";
import { type BusyErrorHook, claimName, errorHook, resourceHook } from "./registeredHooks";
import { typeTokenOf } from "./resourceInputs";
import type { ArgumentFault } from "../arguments/argumentForm";
import { checkedStackDefaults, isMocked } from "../functions/functionCall";
import { checkOptions } from "../functions/functionOptions";
import { argumentForms } from "../functions/onFirstCall";
import {
  getQuietInstance,
  type GetQuietInstanceArgs,
  type GetQuietInstanceOutputArgs,
} from "../functions/getQuietInstance";

/**
 * Arguments of {@link retryWhileBusy}: those of `getQuietInstance`, as Inputs, for the wait before each retry, and
 * `maxRetries`. An unknown argument is an error.
 */
export type RetryWhileBusyArgs = GetQuietInstanceOutputArgs & {
  /** How often an operation is retried at most, 0 to 99. Default: 5. */
  maxRetries?: number;
};

/** Arguments of {@link quietInstanceHooks}: those of {@link RetryWhileBusyArgs} and `beforeDelete`. */
export type QuietInstanceHooksArgs = RetryWhileBusyArgs & {
  /**
   * Default: false. `true`: wait before a delete, too. The engine then refuses `pulumi destroy` without `--run-program`,
   * and a resource that the program no longer has is only deleted if the program still calls `quietInstanceHooks`.
   */
  beforeDelete?: boolean;
};

/** Options of {@link quietInstanceHooks} and {@link retryWhileBusy}. */
export interface BusyInstanceHooksOptions {
  /**
   * Ends the waits, and with them the operations that they precede, when it is aborted. Set it in a program that runs inline in
   * the Automation API to the `signal` of `up`: the engine does not tell hooks that the update is cancelled. Default: none.
   */
  signal?: AbortSignal;
}

/** A value for the `hooks` option of a resource: a `ResourceHookBinding` of `@pulumi/pulumi`. */
export interface BusyInstanceHooks {
  beforeCreate?: pulumi.ResourceHook[];
  afterCreate?: pulumi.ResourceHook[];
  beforeUpdate?: pulumi.ResourceHook[];
  afterUpdate?: pulumi.ResourceHook[];
  beforeDelete?: pulumi.ResourceHook[];
  afterDelete?: pulumi.ResourceHook[];
  onError?: BusyErrorHook[];
}

/**
 * Hooks for any custom resource of any provider whose operations a busy instance rejects. Before the resource is created or
 * updated, they wait until the instance is quiet, as `getQuietInstance` does. If the operation is rejected anyway because
 * the instance is busy, they wait again and retry it, `maxRetries` times at most; another error is never retried. Resources
 * of one program with hooks for the same instance operate on it one after the other, in any order.
 *
 * The wait runs in the program's process, with the program's settings, and holds one of the engine's slots. In a preview it
 * does nothing. The engine creates a resource again if its create failed halfway: do not use the hooks where that leaves
 * the first one behind. Requires @pulumi/pulumi and Pulumi CLI 3.218.0 or later.
 *
 * @param name - Unique in the program, such as the resource's name. With `beforeDelete` it is in the state: keep it.
 * @param args - Which instance to wait for, and how. Times are in seconds; `timeoutSeconds` (default 1,800) is for each wait.
 * @param opts - Default: {}.
 * @throws RunError for a malformed or unknown argument, a name that the program already uses, or an SDK without hooks. A CLI
 * without hooks fails the resource's registration. A wait that fails fails the operation, with an error of `getQuietInstance`.
 *
 * @example
 * const topic = new Topic("orders", { instanceId }, { hooks: quietInstanceHooks("orders", { instanceId }) });
 */
export function quietInstanceHooks(
  name: string,
  args: QuietInstanceHooksArgs,
  opts: BusyInstanceHooksOptions = {},
): BusyInstanceHooks {
  checkArguments("quietInstanceHooks", argumentForms().hookArguments, args, opts);
  if (isMocked()) {
    return {};
  }
  claimName("quietInstanceHooks", name);
  const wait = (operation: Operation) => waitInTurn(args, opts, operation);
  const before = [resourceHook(`otc-quiet-instance:${name}`, wait)];
  const after = [resourceHook(`otc-operation-over:${name}`, ({ urn }) => Promise.resolve(turns.end(urn)))];
  const onError = [retryHook(name, args, wait)];
  const hooks = { beforeCreate: before, afterCreate: after, beforeUpdate: before, afterUpdate: after, onError };
  return args.beforeDelete === true ? { ...hooks, beforeDelete: before, afterDelete: after } : hooks;
}

/**
 * The second half of {@link quietInstanceHooks} alone: if an operation is rejected because the instance is busy, it waits
 * until the instance is quiet and retries it, `maxRetries` times at most. Another error is never retried.
 *
 * @param name - Unique in the program, such as the resource's name.
 * @param args - Which instance to wait for, and how.
 * @param opts - Default: {}.
 * @throws As {@link quietInstanceHooks}.
 *
 * @example
 * const topic = new Topic("orders", { instanceId }, { hooks: retryWhileBusy("orders", { instanceId, maxRetries: 3 }) });
 */
export function retryWhileBusy(
  name: string,
  args: RetryWhileBusyArgs,
  opts: BusyInstanceHooksOptions = {},
): BusyInstanceHooks {
  checkArguments("retryWhileBusy", argumentForms().retryArguments, args, opts);
  if (isMocked()) {
    return {};
  }
  claimName("retryWhileBusy", name);
  return { onError: [retryHook(name, args, (operation) => waitUntilQuiet(args, opts, operation))] };
}

interface Operation {
  urn: string;
  type: string;
}

/** What the hooks take beyond the arguments of a wait. They must be known when the hooks are made. */
const ownArguments = ["maxRetries", "beforeDelete"];

const turns = new OperationTurns();

/** Our own resources send no operation to the instance, and the search of a `BackgroundTask` has no hook after it. */
const ownTypes = typeTokenOf("");

async function waitInTurn(
  args: RetryWhileBusyArgs,
  opts: BusyInstanceHooksOptions,
  operation: Operation,
): Promise<void> {
  const wait = () => waitUntilQuiet(args, opts, operation);
  if (operation.type.startsWith(ownTypes)) {
    return wait();
  }
  const { instanceId, appearTimeoutSeconds } = argumentForms().hookArguments.withDefaults(await resolve(args));
  if (turns.isTaken(instanceId)) {
    const row = new pulumi.DependencyResource(operation.urn);
    void pulumi.log.info(`waiting for another resource's operation on instance ${instanceId}`, row, undefined, true);
  }
  await turns.take(instanceId, operation.urn, appearTimeoutSeconds * 1000, wait, opts.signal);
}

/** Waits until the instance is quiet, and shows that on the row of the resource whose operation is next. */
async function waitUntilQuiet(
  args: RetryWhileBusyArgs,
  { signal }: BusyInstanceHooksOptions,
  { urn }: Operation,
): Promise<void> {
  const wait = omit(await resolve(args), ownArguments);
  await getQuietInstance(wait as GetQuietInstanceArgs, { parent: new pulumi.DependencyResource(urn), signal });
}

function retryHook(
  name: string,
  args: RetryWhileBusyArgs,
  wait: (operation: Operation) => Promise<void>,
): BusyErrorHook {
  const retries = new BusyRetries();
  const { maxRetries } = argumentForms().hookArguments.withDefaults({ maxRetries: args.maxRetries });
  return errorHook(`otc-retry-while-busy:${name}`, async (failed: FailedOperation) => {
    // A preview calls error hooks, but no others.
    if (pulumi.runtime.isDryRun() || !retries.next(failed, maxRetries)) {
      turns.end(failed.urn);
      return false;
    }
    await wait(failed);
    return true;
  });
}

function omit(args: object, names: string[]): object {
  return Object.fromEntries(Object.entries(args).filter(([argument]) => !names.includes(argument)));
}

/** The arguments with Dates as text. */
function withTimesAsText(args: object): object {
  return Object.fromEntries(Object.entries(args).map(([argument, value]) => [argument, jsonInput(value, argument)]));
}

/** @throws RunError with a sentence for each fault. What is an Output, only the wait can check. */
function checkArguments(
  functionName: string,
  form: { faultsOf: (args: unknown, stackDefaults: object) => ArgumentFault[] },
  args: object,
  opts: object,
): void {
  const isLater = (property: string) => {
    const value = (args as { [argument: string]: unknown } | undefined)?.[property];
    return !ownArguments.includes(property) && (pulumi.Output.isInstance(value) || value instanceof Promise);
  };
  const isObject = typeof args === "object" && args !== null;
  const defaults = asRunError(checkedStackDefaults);
  const given = isObject ? withTimesAsText(args) : args;
  const faults = form.faultsOf(given, defaults).filter(({ property }) => !isLater(property));
  if (faults.length > 0) {
    throw new pulumi.RunError(faults.map(({ reason }) => `${functionName}: ${reason}.`).join("\n"));
  }
  asRunError(() => checkOptions(functionName, opts, ["signal"]));
}

/** The CLI shows an error of the program in one line if it is a RunError. */
function asRunError<T>(check: () => T): T {
  try {
    return check();
  } catch (error) {
    throw new pulumi.RunError((error as Error).message);
  }
}

/** The values of the arguments. An update knows them, unless a resource that they come from was left out or failed. */
async function resolve(args: RetryWhileBusyArgs): Promise<object> {
  // Both are internal to the SDK; without them, an unknown value would let the hook wait for ever.
  const output = pulumi.output(withTimesAsText(args)) as unknown as {
    isKnown: Promise<boolean>;
    promise(): Promise<object>;
  };
  if (!(await output.isKnown)) {
    throw new pulumi.RunError("an argument of the hook is unknown: add the resource that it comes from to dependsOn.");
  }
  return output.promise();
}
