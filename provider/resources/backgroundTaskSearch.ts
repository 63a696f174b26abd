import * as pulumi from "@pulumi/pulumi";
import { argumentForms } from "../functions/onFirstCall";
import { startOfUpdate } from "./startOfUpdate";
import { inputsOf, typeModule, typeTokenOf } from "./resourceInputs";
import { searchProvider } from "./serializedProviders";

const typeName = "BackgroundTaskSearch";

/**
 * Finds the task that a `BackgroundTask` names. It is a resource of its own with the same name, because the id that it
 * found must be in the state before the wait starts. As a child of the `BackgroundTask`, it would have to wait for it.
 */
export class BackgroundTaskSearch extends pulumi.dynamic.Resource {
  declare readonly taskId: pulumi.Output<string>;

  constructor(name: string, args: object, opts: pulumi.CustomResourceOptions = {}) {
    // The arguments of a BackgroundTask that select the task, and how long the task may take to appear.
    const { names } = argumentForms().searchArguments;
    const own = Object.fromEntries(Object.entries(args).filter(([argument]) => names.includes(argument)));
    const inputs = inputsOf(name, typeTokenOf(typeName), own, ["taskId", "createdAt"], opts);
    super(searchProvider, name, { ...inputs, ...startOfUpdate() }, optionsOf(opts), typeModule, typeName);
  }
}

/** The options that also apply to the search. */
function optionsOf(opts: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions {
  const { parent, dependsOn, protect, retainOnDelete, deletedWith, customTimeouts, ignoreChanges, aliases } = opts;
  const kept = { parent, dependsOn, protect, retainOnDelete, deletedWith, customTimeouts, ignoreChanges };
  return { ...kept, hooks: hooksOf(opts), aliases: aliases?.map(aliasOf) };
}

/** Those before an operation and those on errors. Those after it would be called twice, for the search and for the wait. */
function hooksOf({ hooks }: pulumi.CustomResourceOptions): pulumi.CustomResourceOptions["hooks"] {
  if (hooks === undefined) {
    return undefined;
  }
  const { beforeCreate, beforeUpdate, beforeDelete, onError } = hooks;
  return { beforeCreate, beforeUpdate, beforeDelete, onError };
}

/** A URN contains a type: in a user's alias, that of the BackgroundTask. */
function aliasOf(alias: pulumi.Input<pulumi.URN | pulumi.Alias>): pulumi.Input<pulumi.URN | pulumi.Alias> {
  return pulumi
    .output(alias)
    .apply((known) =>
      typeof known === "string" ? known.replace(typeTokenOf("BackgroundTask"), typeTokenOf(typeName)) : known,
    );
}
