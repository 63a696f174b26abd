const longestShown = 100;

/** A value that was given, in a sentence. */
export function describeGiven(value: unknown): string {
  if (typeof value === "string") {
    return JSON.stringify(value.length > longestShown ? `${value.slice(0, longestShown)}…` : value);
  }
  if (typeof value === "object" && value !== null) {
    if ("__pulumiOutput" in value) {
      return "an Output (the function whose name ends in Output takes those)";
    }
    return Array.isArray(value) ? "an array" : value instanceof Promise ? "a Promise" : "an object";
  }
  return typeof value === "function" || typeof value === "symbol" ? `a ${typeof value}` : String(value);
}
