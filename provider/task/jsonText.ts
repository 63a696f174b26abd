const longestText = 500;

/** A value as JSON, shortened if it is long; a value that JSON.stringify cannot write is shown by its type. */
export function jsonTextOf(value: unknown): string {
  try {
    return JSON.stringify(value)?.slice(0, longestText) ?? typeof value;
  } catch {
    // Nested too deeply for it, or not known yet.
    return Array.isArray(value) ? "[...]" : "{...}";
  }
}

// The same depth as for arguments: Pulumi cannot carry values that are nested without limit.
const deepestNesting = 100;

/** Whether a parsed JSON value is nested too deeply for Pulumi. */
export function isNestedTooDeeply(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= deepestNesting && level.length > 0; depth++) {
    level = level.flatMap((inner): unknown[] =>
      typeof inner === "object" && inner !== null ? Object.values(inner) : [],
    );
  }
  return level.length > 0;
}
