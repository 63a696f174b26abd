import * as pulumi from "@pulumi/pulumi";
import { InvalidArgumentError } from "../task/errors";

/** Options of the functions. Those of other functions (`provider`, `version`, ...) mean nothing here. */
export interface FunctionOptions {
  /** Whose row shows the progress; default: the stack's. */
  parent?: pulumi.Resource;
}

/** Options of the functions that give Outputs. */
export interface FunctionOutputOptions extends FunctionOptions {
  /** What must have been created before the first look. */
  dependsOn?: pulumi.Input<pulumi.Input<pulumi.Resource>[]> | pulumi.Input<pulumi.Resource>;
}

const known = ["parent"];

/** @throws InvalidArgumentError with a sentence for each option that there is not */
export function checkOptions(functionName: string, opts: object): void {
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
  // A component's URN is known at once, before its children are there. The SDK lets a function wait for them; this one
  // is the engine's own, and asks it for what it knows already.
  return resource.urn.apply((urn) =>
    pulumi.runtime.invokeOutput("pulumi:pulumi:getResource", { urn }, { dependsOn: resource }),
  );
}

/** Arguments as Inputs; a Date is given as it is, since an Output of a Date would lose it. */
export type OutputArgsOf<Args> = {
  [name in keyof Args]: pulumi.Input<Exclude<Args[name], Date>> | Extract<Args[name], Date>;
};
