import { UnknownValueError } from "@pulumi/policy";

/** Stands for what a preview cannot know yet: reading it through the SDK's proxy throws. */
const unknown = Symbol("unknown");

/** A property, or {@link unknown}; undefined where there is no such property. */
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

/** A property that is known, else undefined. */
export function knownPropertyOf<T>(props: object, name: string): T | undefined {
  const value = propertyOf(props, name);
  return value === unknown ? undefined : (value as T | undefined);
}
