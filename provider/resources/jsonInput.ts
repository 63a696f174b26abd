import * as pulumi from "@pulumi/pulumi";

// A value that contains itself would never end.
const deepestNesting = 100;

/**
 * An argument as the provider process gets it, which knows only JSON: a Date or a Map would arrive there as `{}`, and its
 * changes would go unnoticed. Dates become RFC 3339 text; other values that are not JSON are rejected. Inputs may be
 * anywhere inside.
 */
export function jsonInput(value: unknown, place: string, depth = 0): unknown {
  if (depth > deepestNesting) {
    throw new pulumi.RunError(`${place.slice(0, 40)}… must be a JSON value, but is nested too deeply.`);
  }
  if (pulumi.Output.isInstance(value) || value instanceof Promise) {
    return pulumi.output(value).apply((resolved) => jsonInput(resolved, place, depth));
  }
  if (value === undefined || value === null || typeof value === "string" || typeof value === "boolean") {
    return value;
  }
  if (typeof value === "number" && Number.isFinite(value)) {
    return value;
  }
  if (value instanceof Date && !Number.isNaN(value.getTime())) {
    return value.toISOString();
  }
  if (Array.isArray(value)) {
    return value.map((element, i) => jsonInput(element, `${place}[${i}]`, depth + 1));
  }
  if (isPlainObject(value)) {
    return Object.fromEntries(
      Object.entries(value).map(([key, inner]) => [key, jsonInput(inner, `${place}.${key}`, depth + 1)]),
    );
  }
  throw new pulumi.RunError(`${place} must be a JSON value, but is ${describeNoJson(value)}.`);
}

function isPlainObject(value: unknown): value is object {
  if (typeof value !== "object" || value === null) {
    return false;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function describeNoJson(value: unknown): string {
  if (typeof value === "object" && value !== null) {
    return value instanceof Date ? "an invalid Date" : `a ${value.constructor?.name ?? "object"}`;
  }
  return typeof value === "number" ? String(value) : `a ${typeof value}`;
}
