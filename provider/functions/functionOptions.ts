import * as pulumi from "@pulumi/pulumi";
import { InvalidArgumentError } from "../task/errors";
import type { BackgroundTaskResult } from "../task/task";

/** Options of the functions. Options of other functions (`provider`, `version`, ...) are errors. */
export interface FunctionOptions {
  /** The resource whose row shows the progress. Default: the stack. */
  parent?: pulumi.Resource;
  /** Ends the call when it is aborted: nothing more is sent, and the call rejects with the signal's reason. Default: none. */
  signal?: AbortSignal;
}

/** Options of the functions that wait. */
export interface WaitOptions extends FunctionOptions {
  /**
   * Called with a task as it is, at each look that shows it: the task waited for, or each that keeps an instance from being
   * quiet. An error that it throws ends the wait, and the call rejects with it. Default: none. Not called in a preview.
   */
  onProgress?: (task: BackgroundTaskResult) => void;
}

/** Options of the functions that return Outputs. */
export interface FunctionOutputOptions extends FunctionOptions, Dependencies {}

/** Options of the functions that wait and return Outputs. */
export interface WaitOutputOptions extends WaitOptions, Dependencies {}

interface Dependencies {
  /** Resources that must have been created before the first look. */
  dependsOn?: pulumi.Input<pulumi.Input<pulumi.Resource>[]> | pulumi.Input<pulumi.Resource>;
}

/** What each option must be, in words. `parent` is the SDK's to check. */
const known: { [option: string]: { isValid: (value: unknown) => boolean; form: string } } = {
  parent: { isValid: () => true, form: "a resource" },
  signal: { isValid: (value) => value instanceof AbortSignal, form: "an AbortSignal" },
  onProgress: { isValid: (value) => typeof value === "function", form: "a function" },
};

/** The names of the options of a function. */
export function optionsOf({ waits }: { waits: boolean }): string[] {
  return Object.keys(known).filter((name) => waits || name !== "onProgress");
}

/** @throws InvalidArgumentError with a sentence for each option that is malformed or not one of `names` */
export function checkOptions(functionName: string, opts: object, names: string[]): void {
  const faults = Object.entries(opts).flatMap(([option, value]) => {
    if (!names.includes(option)) {
      return [`unknown option ${JSON.stringify(option)}: the options are ${names.join(", ")}`];
    }
    const { isValid, form } = known[option]!;
    return value === undefined || isValid(value) ? [] : [`the option ${option} must be ${form}`];
  });
  if (faults.length > 0) {
    throw new InvalidArgumentError(faults.map((fault) => `${functionName}: ${fault}.`));
  }
}

/**
 * An output that is known once every resource of `dependsOn` has been created, and the children of components with it.
 */
export function afterDependencies(dependsOn: FunctionOutputOptions["dependsOn"]): pulumi.Output<unknown> {
  return pulumi.output(dependsOn).apply((resources) => pulumi.all([resources ?? []].flat().map(whenCreated)));
}

function whenCreated(resource: pulumi.Resource): pulumi.Output<unknown> {
  if (pulumi.CustomResource.isInstance(resource)) {
    return resource.id;
  }
  // A component's URN is known at once, before its children exist. The SDK makes an invoke wait for the children; this
  // invoke is the engine's own, and asks for something that the engine knows already.
  return resource.urn.apply((urn) =>
    pulumi.runtime.invokeOutput("pulumi:pulumi:getResource", { urn }, { dependsOn: resource }),
  );
}

/** Arguments as Inputs. A Date must be a plain one, because an Output of a Date would lose it. */
export type OutputArgsOf<Args> = {
  [name in keyof Args]: pulumi.Input<Exclude<Args[name], Date>> | Extract<Args[name], Date>;
};
