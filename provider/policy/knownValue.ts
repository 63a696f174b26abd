import { UnknownValueError } from "@pulumi/policy";

/** Stands for a value that a preview does not know yet: reading it through the SDK's proxy throws. */
const unknown = Symbol("unknown");

/** A property, or {@link unknown}; undefined if there is no such property. */
export function propertyOf(props: object, name: string): unknown {
  try {
    return (props as Record<string, unknown>)[name];
  } catch (error) {
    if (error instanceof UnknownValueError) {
      return unknown;
    }
    throw error;
  }
}

/** A property if it is known, otherwise undefined. */
export function knownPropertyOf<T>(props: object, name: string): T | undefined {
  const value = propertyOf(props, name);
  return value === unknown ? undefined : (value as T | undefined);
}
