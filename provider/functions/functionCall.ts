import * as pulumi from "@pulumi/pulumi";
import type { StackDefaults } from "../arguments/stackDefaults";
import {
  afterDependencies,
  checkOptions,
  optionsOf,
  type WaitOptions,
  type WaitOutputOptions,
} from "./functionOptions";
import type { DataSource, LookUp } from "./dataSource";
import { programConfiguration } from "./onFirstCall";
import { BackgroundTaskError, InvalidArgumentError, SettingsError } from "../task/errors";
import { withoutStack } from "../output/withoutStack";

/** A call of the promise form. */
export async function call<Arguments, Result>(
  source: DataSource<Arguments, Result>,
  args: object,
  opts: WaitOptions,
): Promise<Result> {
  try {
    checkOptions(source.functionName, opts, optionsOf(source));
    const lookUp = source.lookUp();
    const parsed = parse(source, lookUp, args);
    if (isMocked()) {
      return source.resultOfMocks(await pulumi.runtime.invoke(tokenOf(source), withTimesAsText(args)));
    }
    if (pulumi.runtime.isDryRun()) {
      return (await lookUp.preview(parsed, opts.parent)).seen;
    }
    return await lookUp.result(parsed, opts);
  } catch (error) {
    throw asOneLine(error);
  }
}

/** A call of the Output form, whose arguments may be Inputs. */
export function callForOutput<Arguments, Result>(
  source: DataSource<Arguments, Result>,
  args: object,
  { dependsOn, ...opts }: WaitOutputOptions,
): pulumi.Output<Result> {
  try {
    checkOptions(`${source.functionName}Output`, opts, optionsOf(source));
  } catch (error) {
    throw asOneLine(error);
  }
  const inputs = withTimesAsText(args);
  if (isMocked()) {
    return pulumi.runtime.invokeOutput(tokenOf(source), inputs).apply(source.resultOfMocks);
  }
  const resolve = async (resolved: object): Promise<Result> => {
    try {
      const lookUp = source.lookUp();
      const parsed = parse(source, lookUp, resolved);
      if (!pulumi.runtime.isDryRun()) {
        return await lookUp.result(parsed, opts);
      }
      const { seen, isFinal } = await lookUp.preview(parsed, opts.parent);
      return isFinal ? seen : (pulumi.unknown as Result);
    } catch (error) {
      throw asOneLine(error);
    }
  };
  return pulumi.all([pulumi.output(inputs), afterDependencies(dependsOn)]).apply(([resolved]) => resolve(resolved));
}

/** The token with which a user's mocks (`pulumi.runtime.setMocks`) are called. */
function tokenOf({ functionName }: { functionName: string }): string {
  return `otc:index:${functionName}`;
}

/**
 * @throws InvalidArgumentError with a sentence for each fault
 * @throws SettingsError if a default of the stack is malformed
 */
function parse<Arguments>(
  { functionName }: { functionName: string },
  { form }: LookUp<Arguments, unknown>,
  args: object,
): Arguments {
  const given = withTimesAsText(args);
  const defaults = checkedStackDefaults();
  const faults = form.faultsOf(given, defaults);
  if (faults.length > 0) {
    throw new InvalidArgumentError(faults.map(({ reason }) => `${functionName}: ${reason}.`));
  }
  return form.withDefaults(given as never, defaults);
}

/** @throws SettingsError with a sentence for each of the stack's defaults that is malformed */
export function checkedStackDefaults(): StackDefaults {
  const { defaults, faults } = programConfiguration().stackDefaultsInProgram();
  if (faults.length > 0) {
    throw new SettingsError(faults.map((reason) => `${reason}.`).join("\n"));
  }
  return defaults;
}

/** The arguments with Dates as RFC 3339 text. */
function withTimesAsText(args: object): object {
  const asText = (value: unknown): unknown =>
    value instanceof Date && !Number.isNaN(value.getTime()) ? value.toISOString() : value;
  const isObject = typeof args === "object" && args !== null;
  return isObject ? Object.fromEntries(Object.entries(args).map(([name, value]) => [name, asText(value)])) : args;
}

/** Whether this is a user's unit test: only the SDK's mock monitor has mocks. */
export function isMocked(): boolean {
  const monitor: object | undefined = pulumi.runtime.getMonitor();
  return monitor !== undefined && Object.hasOwn(monitor, "mocks");
}

/**
 * The CLI shows only the message of an error that is marked like this, and a stack for every other error. Making that
 * stack readable takes Node 20 up to a minute.
 */
function asOneLine(error: unknown): unknown {
  if (!(error instanceof BackgroundTaskError)) {
    return error;
  }
  return withoutStack(Object.defineProperty(error, "__pulumiRunError", { value: true }));
}
