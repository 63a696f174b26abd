import * as pulumi from "@pulumi/pulumi";
import type { FunctionOutputOptions } from "./functionOptions";

/**
 * An output that is known once every resource of `dependsOn` has been created, and the children of components with it.
 */
export function afterDependencies(dependsOn: FunctionOutputOptions["dependsOn"]): pulumi.Output<unknown> {
  return pulumi.output(dependsOn).apply((resources) => pulumi.all([resources ?? []].flat().map(created)));
}

function created(resource: pulumi.Resource): pulumi.Output<unknown> {
  if (pulumi.CustomResource.isInstance(resource)) {
    return resource.id;
  }
  // A component's URN is known at once, before its children are there. The SDK lets a function wait for them; this one
  // is the engine's own, and asks it for what it knows already.
  return resource.urn.apply((urn) =>
    pulumi.runtime.invokeOutput("pulumi:pulumi:getResource", { urn }, { dependsOn: resource }),
  );
}
