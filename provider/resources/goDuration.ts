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
 * Seconds of a duration as `customTimeouts` takes it, for instance `1h30m` (Go's `time.ParseDuration`); undefined for
 * what is none, which the engine refuses by itself.
 */
export function parseGoDuration(text: string): number | undefined {
  if (!/^(\d+(\.\d*)?(ns|us|µs|μs|ms|s|m|h))+$/.test(text)) {
    return undefined;
  }
  const parts = text.matchAll(/(\d+(?:\.\d*)?)(ns|us|µs|μs|ms|s|m|h)/g);
  return [...parts].reduce((seconds, [, count, unit]) => seconds + Number(count) * secondsPerUnit.get(unit!)!, 0);
}
