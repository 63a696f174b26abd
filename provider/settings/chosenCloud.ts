import { type CloudProvider, cloudProviders, defaultCloudProvider, isCloudProvider } from "../task/cloudProviders";
import { SettingsError } from "../task/errors";
import { quote } from "../output/secrets";
import { describePlaces } from "./settingNaming";
import type { Found, Source } from "./settingSource";
import { placesOf, settingNames } from "./settingTable";

/**
 * The cloud that the settings are of: as set, or else that of the first source with a name that only one cloud has. OS_*
 * are read for both clouds. Undefined if nothing tells.
 *
 * @param sourcesOf - The configuration and the environment, by a cloud's names.
 * @param entries - The entries of clouds.yaml that an argument or a setting names. The names in them are OpenStack's.
 * @throws SettingsError if a source has names of both.
 */
export function chooseCloud(
  sourcesOf: (cloud: CloudProvider) => Source[],
  entries: { byArgument: Source | undefined; bySetting: () => Source | undefined },
  isScript: true | undefined,
): CloudProvider | undefined {
  const otc = sourcesOf("opentelekomcloud");
  const set = [entries.byArgument, ...otc].flatMap((source) => source?.find("cloudProvider") ?? []);
  if (set[0]) {
    return readCloudProvider(set[0]);
  }
  if (entries.byArgument) {
    return defaultCloudProvider;
  }
  const setInEntry = entries.bySetting()?.find("cloudProvider");
  if (setInEntry) {
    return readCloudProvider(setInEntry);
  }
  const huawei = sourcesOf("huaweicloud");
  for (const [i, source] of otc.entries()) {
    const namesOfHuawei = ownNamesIn(huawei[i]!, "huaweicloud:", "HW_");
    const namesOfOtc = ownNamesIn(source, "opentelekomcloud:", "OS_");
    if (namesOfHuawei.length > 0 && namesOfOtc.length > 0) {
      throw new SettingsError(
        `${source.description} has settings of two clouds: ${namesOfOtc.join(", ")} of opentelekomcloud, and ` +
          `${namesOfHuawei.join(", ")} of huaweicloud. Choose one of the two with the argument cloudProvider, ` +
          `or for all with ${describePlaces("cloudProvider", { isScript })}.`,
      );
    }
    if (namesOfHuawei.length > 0) {
      return "huaweicloud";
    }
    if (namesOfOtc.some((name) => name.startsWith("opentelekomcloud:"))) {
      return "opentelekomcloud";
    }
  }
  return undefined;
}

/**
 * The names set in a source that begin as one cloud's do. Of the environment, only those that say whose instance, project or
 * user is meant.
 */
export function ownNamesIn(source: Source, ...prefixes: string[]): string[] {
  return settingNames.flatMap((name) => {
    const { isShared, isAddition } = placesOf(name);
    return source.findAll(name).flatMap((found) => {
      const isOwn = found && prefixes.some((prefix) => found.key.startsWith(prefix));
      return isOwn && (found.key.includes(":") || !(isShared ?? isAddition)) ? [found.key] : [];
    });
  });
}

export function readCloudProvider({ value, place }: Pick<Found, "value" | "place">): CloudProvider {
  if (!isCloudProvider(value)) {
    throw new SettingsError(
      `the setting cloudProvider must be ${cloudProviders.join(" or ")}, but is ${JSON.stringify(quote(value))} (${place}).`,
    );
  }
  return value;
}
