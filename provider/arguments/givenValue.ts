const longestShown = 100;

/** The value of an argument, as part of a sentence. */
export function describeGiven(value: unknown): string {
  if (typeof value === "string") {
    return JSON.stringify(value.length > longestShown ? `${value.slice(0, longestShown)}…` : value);
  }
  if (typeof value === "object" && value !== null) {
    if ("__pulumiOutput" in value) {
      return "an Output (the function whose name ends in Output accepts it)";
    }
    return Array.isArray(value) ? "an array" : value instanceof Promise ? "a Promise" : "an object";
  }
  return typeof value === "function" || typeof value === "symbol" ? `a ${typeof value}` : String(value);
}
