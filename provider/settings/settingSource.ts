import { quote } from "../output/secrets";
import { type CloudProvider, defaultCloudProvider } from "../task/cloudProviders";
import type { CloudEntry } from "./cloudsFile";
import { configurationKey } from "./settingNaming";
import type { Profile } from "./sharedConfigFile";
import { fieldOf } from "./settingObject";
import { placesOf, type SettingName } from "./settingTable";

/** Reads one key of the Pulumi configuration, such as `opentelekomcloud:region`. An object is JSON text. */
export type ReadConfig = (key: string) => string | undefined;

/** A setting's value, and where it was found. */
export interface Found {
  value: string;
  /** "OS_REGION_NAME" */
  key: string;
  /** "OS_REGION_NAME in the environment" */
  place: string;
  source: Source;
}

type Kind = "config" | "env" | "clouds" | "profile";

/** A place that contains settings. */
export interface Source {
  kind: Kind;
  /** "the environment" */
  description: string;
  find(name: SettingName): Found | undefined;
  /** All values of a setting in this source, in the order of its list; undefined if one is not set. */
  findAll(name: SettingName): (Found | undefined)[];
}

/** The id or the name of something in one source; of several aliases, the first pair's. */
export function eitherIn(
  source: Source,
  id: SettingName,
  name: SettingName,
): { id: Found } | { name: Found } | undefined {
  const [ids, names] = [source.findAll(id), source.findAll(name)];
  for (let i = 0; i < Math.max(ids.length, names.length); i++) {
    const [foundId, foundName] = [ids[i], names[i]];
    if (foundId) {
      return { id: foundId };
    }
    if (foundName) {
      return { name: foundName };
    }
  }
  return undefined;
}

export function sourceOfConfig(readConfig: ReadConfig, cloudProvider: CloudProvider): Source {
  return sourceOf("the Pulumi configuration", "config", cloudProvider, {
    shown: (key) => configurationKey(key, cloudProvider),
    read: (key) => {
      const [top, ...fields] = configurationKey(key, cloudProvider).split(".");
      const text = readConfig(top!);
      return fields.length === 0 || !text ? text : fieldOf(top!, text, fields);
    },
  });
}

export function sourceOfEntry(entry: CloudEntry, cloudProvider: CloudProvider = defaultCloudProvider): Source {
  return sourceOf(`entry ${quote(entry.name)} of ${entry.file}`, "clouds", cloudProvider, {
    read: (path, name) => entry.read(path, placesOf(name).isSecret ?? false),
  });
}

export function sourceOfProfile({ name, file, read }: Profile): Source {
  return sourceOf(`profile ${quote(name)} of ${file}`, "profile", "huaweicloud", { read });
}

function withoutLineEnd(name: SettingName, value: string | undefined): string | undefined {
  return placesOf(name).isOneLine ? value?.replace(/[\r\n]+$/, "") : value;
}

export function sourceOf(
  description: string,
  kind: Kind,
  cloudProvider: CloudProvider,
  {
    read,
    shown = (key) => key,
  }: { read: (key: string, name: SettingName) => string | undefined; shown?: (key: string) => string },
): Source {
  const source: Source = {
    kind,
    description,
    find: (name) => source.findAll(name).find((found) => found !== undefined),
    findAll: (name) =>
      placesOf(name, cloudProvider)[kind].map((key) => {
        // An empty value unsets a variable for a single command.
        const value = withoutLineEnd(name, read(key, name));
        return value ? { value, key: shown(key), place: `${shown(key)} in ${description}`, source } : undefined;
      }),
  };
  return source;
}
