import * as pulumi from "@pulumi/pulumi";
import { parseGoDuration } from "./goDuration";
import { jsonInput } from "./jsonInput";

/** The module of our resources' types: `pulumi-nodejs:dynamic/otc:BackgroundTask`. */
export const typeModule = "otc";

export function typeTokenOf(typeName: string): string {
  return `pulumi-nodejs:dynamic/${typeModule}:${typeName}`;
}

/**
 * A resource's inputs: its arguments as JSON, and what only the constructor can know. `outputs` are the names of what
 * the provider adds.
 */
export function inputsOf(
  name: string,
  type: string,
  args: object,
  outputs: readonly string[],
  opts: pulumi.CustomResourceOptions = {},
): pulumi.Inputs {
  // A property that is passed, even as undefined, exists as an output.
  const properties = Object.fromEntries(outputs.map((field) => [field, undefined]));
  if (opts.id !== undefined) {
    return properties;
  }
  const { create, update } = opts.customTimeouts ?? {};
  return {
    ...properties,
    ...Object.fromEntries(Object.entries(args).map(([argument, value]) => [argument, jsonInput(value, argument)])),
    // The engine keeps custom timeouts to itself, and a provider process does not know which resource it works for.
    ...(create !== undefined && { createTimeoutSeconds: parseGoDuration(create) }),
    ...(update !== undefined && { updateTimeoutSeconds: parseGoDuration(update) }),
    resourceUrn: urnOf(name, type, opts.parent),
  };
}

/**
 * The URN that the engine will give, as a promise: an Output would make the resource depend on its parent, and so, where
 * that is a component, on all of the component's children, itself among them.
 */
function urnOf(name: string, type: string, parent: pulumi.Resource | undefined): Promise<pulumi.URN> {
  return new Promise((resolve) => {
    pulumi.createUrn(name, type, parent).apply(resolve);
  });
}
