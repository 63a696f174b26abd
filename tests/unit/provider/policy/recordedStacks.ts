import { readFileSync } from "node:fs";
import path from "node:path";

/** A resource as the engine hands it to policies. What is unknown in a preview is one of the engine's stand-ins. */
export interface RecordedResource {
  type: string;
  name: string;
  urn: string;
  props: { [name: string]: unknown };
}

type Run = "first preview" | "first update" | "unchanged preview" | "preview of a replacement";
type Recording = { [run in Run]: { policy: "resource" | "stack"; resources: RecordedResource[] }[] };

const file = path.join(__dirname, "..", "..", "..", "recordings", "policy-engine.json");
const recording = JSON.parse(readFileSync(file, "utf8")) as Recording;

/** The resources that were handed to resource policies, or to stack policies, in one run of the real engine. */
export function recorded(run: Run, policy: "resource" | "stack"): RecordedResource[] {
  return recording[run].find((record) => record.policy === policy)!.resources;
}

/** One of them by its type's last part and its name, with some properties changed; those given as undefined are left out. */
export function recordedAs(
  run: Run,
  policy: "resource" | "stack",
  [type, name]: [type: string, name: string],
  changes: { [name: string]: unknown } = {},
): RecordedResource {
  const resource = recorded(run, policy).find((one) => one.type.endsWith(`:${type}`) && one.name === name)!;
  const props = Object.fromEntries(
    Object.entries({ ...resource.props, ...changes }).filter(([, value]) => value !== undefined),
  );
  return { ...resource, props };
}

/** Stands for an unknown string: `unknownStringValue` of @pulumi/policy. */
export const unknownString = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";
