import * as pulumi from "@pulumi/pulumi";
import { startOfUpdate } from "./startOfUpdate";
import { inputsOf, typeModule, typeTokenOf } from "./resourceInputs";
import { searchProvider } from "./serializedProviders";

const typeName = "BackgroundTaskSearch";

/** The arguments of a `BackgroundTask` that tell which task is meant, and how long it may take to appear. */
const searched = [
  "instanceId",
  "name",
  "createdAfter",
  "timeoutSeconds",
  "appearTimeoutSeconds",
  "minDelaySeconds",
  "maxDelaySeconds",
  "triggers",
  "service",
  "projectId",
  "region",
  "cloud",
  "endpoint",
];

/**
 * Finds the task that a `BackgroundTask` names. It stands beside that resource, with the same name: what it found is in
 * the state before the wait begins. As the other's child it would have to wait for it.
 */
export class BackgroundTaskSearch extends pulumi.dynamic.Resource {
  declare readonly taskId: pulumi.Output<string>;

  constructor(name: string, args: object, opts: pulumi.CustomResourceOptions = {}) {
    const own = Object.fromEntries(Object.entries(args).filter(([argument]) => searched.includes(argument)));
    const inputs = inputsOf(name, typeTokenOf(typeName), own, ["taskId", "createdAt"], opts);
    super(searchProvider, name, { ...inputs, startedAtMs: startOfUpdate() }, optionsOf(opts), typeModule, typeName);
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
