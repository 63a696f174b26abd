import * as pulumi from "@pulumi/pulumi";
import { jsonInput } from "./jsonInput";
import { checkOwnDependency } from "./ownDependency";

/** Arguments, each of which may be an Input. */
export type InputsOf<Args> = { [name in keyof Args]: pulumi.Input<Args[name]> };

/** The module of our resources' types: `pulumi-nodejs:dynamic/otc:BackgroundTask`. */
export const typeModule = "otc";

export function typeTokenOf(typeName: string): string {
  return `pulumi-nodejs:dynamic/${typeModule}:${typeName}`;
}

/**
 * A resource's inputs: its arguments as JSON, and the values that only the constructor knows. `outputs` are the names of
 * the outputs that the provider adds.
 */
export function inputsOf(
  name: string,
  type: string,
  args: object,
  outputs: readonly string[],
  opts: pulumi.CustomResourceOptions = {},
): pulumi.Inputs {
  checkOwnDependency();
  // A property that is passed, even as undefined, exists as an output.
  const properties = Object.fromEntries(outputs.map((field) => [field, undefined]));
  if (opts.id !== undefined) {
    return properties;
  }
  const { create, update } = opts.customTimeouts ?? {};
  return {
    ...properties,
    ...Object.fromEntries(Object.entries(args).map(([argument, value]) => [argument, jsonInput(value, argument)])),
    // The engine does not pass on custom timeouts, and a provider process does not know which resource it works for.
    ...(create !== undefined && { createTimeoutSeconds: parseGoDuration(create) }),
    ...(update !== undefined && { updateTimeoutSeconds: parseGoDuration(update) }),
    resourceUrn: urnOf(name, type, opts.parent),
    // Neither does it know that it serves a preview.
    ...(pulumi.runtime.isDryRun() && { isPreview: true }),
  };
}

/**
 * The URN that the engine will assign, as a promise. An Output would make the resource depend on its parent and, if that is
 * a component, on all of the component's children, including itself.
 */
function urnOf(name: string, type: string, parent: pulumi.Resource | undefined): Promise<pulumi.URN> {
  return new Promise((resolve) => {
    pulumi.createUrn(name, type, parent).apply(resolve);
  });
}

const secondsPerUnit = new Map([
  ["ns", 1e-9],
  ["us", 1e-6],
  ["µs", 1e-6],
  ["μs", 1e-6],
  ["ms", 1e-3],
  ["s", 1],
  ["m", 60],
  ["h", 3600],
]);

/**
 * Seconds of a duration in the form of `customTimeouts`, for instance `1h30m` (Go's `time.ParseDuration`); undefined for
 * anything else, which the engine rejects.
 */
export function parseGoDuration(text: string): number | undefined {
  if (!/^(\d+(\.\d*)?(ns|us|µs|μs|ms|s|m|h))+$/.test(text)) {
    return undefined;
  }
  const parts = text.matchAll(/(\d+(?:\.\d*)?)(ns|us|µs|μs|ms|s|m|h)/g);
  return [...parts].reduce((seconds, [, count, unit]) => seconds + Number(count) * secondsPerUnit.get(unit!)!, 0);
}
