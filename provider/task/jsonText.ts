const longestText = 500;

/** A value as JSON, the beginning of a long one; what JSON.stringify cannot write is named by its type. */
export function jsonTextOf(value: unknown): string {
  try {
    return JSON.stringify(value)?.slice(0, longestText) ?? typeof value;
  } catch {
    // Nested too deeply for it, or not known yet.
    return Array.isArray(value) ? "[...]" : "{...}";
  }
}

// As deep as arguments may be nested; Pulumi, for one, cannot carry values of any depth.
const deepestNesting = 100;

/** Whether a parsed JSON value is nested deeper than can be handed on. */
export function isNestedTooDeeply(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= deepestNesting && level.length > 0; depth++) {
    level = level.flatMap((inner): unknown[] =>
      typeof inner === "object" && inner !== null ? Object.values(inner) : [],
    );
  }
  return level.length > 0;
}
