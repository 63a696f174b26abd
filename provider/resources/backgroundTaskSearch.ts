import * as pulumi from "@pulumi/pulumi";
import { searchArguments } from "../arguments/arguments";
import { startOfUpdate } from "./startOfUpdate";
import { inputsOf, typeModule, typeTokenOf } from "./resourceInputs";
import { searchProvider } from "./serializedProviders";

const typeName = "BackgroundTaskSearch";

/**
 * Finds the task that a `BackgroundTask` names. It stands beside that resource, with the same name: what it found is in
 * the state before the wait begins. As the other's child it would have to wait for it.
 */
export class BackgroundTaskSearch extends pulumi.dynamic.Resource {
  declare readonly taskId: pulumi.Output<string>;

  constructor(name: string, args: object, opts: pulumi.CustomResourceOptions = {}) {
    // Of the arguments of a BackgroundTask, those that tell which task is meant, and how long it may take to appear.
    const own = Object.fromEntries(
      Object.entries(args).filter(([argument]) => searchArguments.names.includes(argument)),
    );
    const inputs = inputsOf(name, typeTokenOf(typeName), own, ["taskId", "createdAt"], opts);
    super(searchProvider, name, { ...inputs, ...startOfUpdate() }, optionsOf(opts), typeModule, typeName);
  }
}

/** What of the options means something for the search, too. */
function optionsOf(opts: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions {
  const { parent, dependsOn, protect, retainOnDelete, deletedWith, customTimeouts, ignoreChanges, aliases } = opts;
  const kept = { parent, dependsOn, protect, retainOnDelete, deletedWith, customTimeouts, ignoreChanges };
  return { ...kept, aliases: aliases?.map(aliasOf) };
}

/** A URN names a type: the other resource's, in an alias that the user gave. */
function aliasOf(alias: pulumi.Input<pulumi.URN | pulumi.Alias>): pulumi.Input<pulumi.URN | pulumi.Alias> {
  return pulumi
    .output(alias)
    .apply((known) =>
      typeof known === "string" ? known.replace(typeTokenOf("BackgroundTask"), typeTokenOf(typeName)) : known,
    );
}
