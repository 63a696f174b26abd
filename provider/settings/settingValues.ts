import { SettingsError } from "../task/errors";
import { quote } from "../output/secrets";
import type { Found } from "./settingSource";
import type { SettingName } from "./settingTable";

/** A boolean, in any of the spellings of YAML 1.1, shells and Python. */
export function readFlag(name: SettingName, found: Found | undefined): boolean | undefined {
  if (found === undefined) {
    return undefined;
  }
  const word = found.value.trim().toLowerCase();
  if (["1", "true", "yes", "on"].includes(word)) {
    return true;
  }
  if (["0", "false", "no", "off"].includes(word)) {
    return false;
  }
  throw new SettingsError(
    `the setting ${name} must be true or false, but is ${JSON.stringify(quote(found.value))} (${found.place}).`,
  );
}

/** A number of seconds, in milliseconds. */
export function readSeconds(
  name: SettingName,
  found: Found | undefined,
  [least, most]: [number, number],
): number | undefined {
  if (found === undefined) {
    return undefined;
  }
  const seconds = Number(found.value);
  if (!(seconds >= least && seconds <= most)) {
    throw new SettingsError(
      `the setting ${name} must be a number of seconds from ${least} to ${most}, but is ${JSON.stringify(quote(found.value))} (${found.place}).`,
    );
  }
  return seconds * 1000;
}
