import { type RefusalName, refuse } from "../http/refusals";
import type { Call } from "./route";

/** A whole number within bounds, or the fallback when the parameter is not there. */
export function integerParameter(
  call: Call,
  name: string,
  range: { min: number; max: number; fallback: number; fault: RefusalName },
): number {
  const { min, max, fallback, fault } = range;
  const text = call.query.get(name);
  if (text === null) {
    return fallback;
  }
  const value = Number(text);
  if (!/^\d+$/.test(text) || value < min || value > max) {
    throw refuse(fault, `The parameter ${name} must be a whole number from ${min} to ${max}.`);
  }
  return value;
}

/** A second in UTC, written YYYYMMDDHHmmss, as ms since the epoch; undefined when the parameter is not there. */
export function secondParameter(call: Call, name: string, fault: RefusalName): number | undefined {
  const text = call.query.get(name);
  if (text === null) {
    return undefined;
  }
  const iso = text.replace(/^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/, "$1-$2-$3T$4:$5:$6.000Z");
  const timeMs = Date.parse(iso);
  // A day that no month has is turned into one of the next month, and then reads differently.
  if (iso === text || Number.isNaN(timeMs) || new Date(timeMs).toISOString() !== iso) {
    throw refuse(fault, `The parameter ${name} must be a time in the form YYYYMMDDHHmmss.`);
  }
  return timeMs;
}
