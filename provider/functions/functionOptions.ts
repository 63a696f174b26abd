import * as pulumi from "@pulumi/pulumi";
import { InvalidArgumentError } from "../task/errors";

/** Options of the functions. Options of other functions (`provider`, `version`, ...) are errors. */
export interface FunctionOptions {
  /** The resource whose row shows the progress. Default: the stack. */
  parent?: pulumi.Resource;
}

/** Options of the functions that return Outputs. */
export interface FunctionOutputOptions extends FunctionOptions {
  /** Resources that must have been created before the first look. */
  dependsOn?: pulumi.Input<pulumi.Input<pulumi.Resource>[]> | pulumi.Input<pulumi.Resource>;
}

const known = ["parent"];

/** @throws InvalidArgumentError with a sentence for each unknown option */
export function checkOptions(functionName: string, opts: object): void {
  const unknown = Object.keys(opts).filter((option) => !known.includes(option));
  if (unknown.length > 0) {
    throw new InvalidArgumentError(
      unknown.map(
        (option) => `${functionName}: unknown option ${JSON.stringify(option)}: the options are ${known.join(", ")}.`,
      ),
    );
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
