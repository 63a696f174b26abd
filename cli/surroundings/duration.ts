import { UsageError } from "../terminal/exitCodes";

const secondsOf: { [unit: string]: number } = { s: 1, m: 60, h: 3600, d: 86_400 };

/** The seconds of "90s", "30m", "2h" or "1d"; undefined for anything else. */
export function parseDuration(text: string): number | undefined {
  const [, number, unit] = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text) ?? [];
  return number === undefined ? undefined : Number(number) * secondsOf[unit!]!;
}

/** @throws UsageError */
export function secondsOfOption(option: string, text: string): number {
  const seconds = parseDuration(text);
  if (seconds === undefined) {
    throw new UsageError(`${option} must be a duration such as 90s, 30m or 2h, but is ${JSON.stringify(text)}.`);
  }
  return seconds;
}
