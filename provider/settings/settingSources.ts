import { homedir } from "node:os";
import { type CloudProvider, defaultCloudProvider } from "../task/cloudProviders";
import { chooseCloud, ownNamesIn, readCloudProvider } from "./chosenCloud";
import { SettingsError } from "../task/errors";
import { type CloudEntry, findCloudEntry, findOnlyEntry, type Folders } from "./cloudsFile";
import { describePlaces, type Naming } from "./settingNaming";
import { findProfile } from "./sharedConfigFile";
import {
  eitherIn,
  type Found,
  type ReadConfig,
  type Source,
  sourceOf,
  sourceOfConfig,
  sourceOfEntry,
  sourceOfProfile,
} from "./settingSource";
import { placesOf, type SettingName, settingNames } from "./settingTable";

export type Environment = { [name: string]: string | undefined };

/** If one of these is set, the source sets credentials. */
const credentialNames: SettingName[] = [
  "token",
  "accessKey",
  "secretKey",
  "securityToken",
  "userId",
  "userName",
  "password",
  "passcode",
];

/** The sources of settings, in order of precedence, and what was found in them. */
export class Sources implements Naming {
  constructor(
    private readonly sources: Source[],
    readonly isScript: true | undefined,
    /** Whose names count. */
    readonly cloudProvider: CloudProvider,
    /** Why no entry of clouds.yaml is used, if none is. */
    private readonly noEntry?: string,
  ) {}

  /** All sources, in order of precedence. */
  get list(): readonly Source[] {
    return this.sources;
  }

  without(isLeftOut: (source: Source) => boolean): Sources {
    return new Sources(
      this.sources.filter((source) => !isLeftOut(source)),
      this.isScript,
      this.cloudProvider,
    );
  }

  find(name: SettingName): Found | undefined {
    for (const source of this.sources) {
      const found = source.find(name);
      if (found) {
        return found;
      }
    }
    return undefined;
  }

  /**
   * The id or the name of something, both from one source: an id in the environment must not take precedence over a name
   * in the configuration.
   */
  findEither(id: SettingName, name: SettingName): { id: Found } | { name: Found } | undefined {
    for (const source of this.sources) {
      const found = eitherIn(source, id, name);
      if (found) {
        return found;
      }
    }
    return undefined;
  }

  /** Where a setting can be set. */
  describePlaces(name: SettingName): string {
    return describePlaces(name, this);
  }

  /** Each source that was searched, and the names that are set in it; never a value. */
  describe(): string {
    const held = this.sources.map((source) => {
      const places = settingNames.flatMap((name) => source.find(name)?.key ?? []);
      return `${source.description} (${places.length > 0 ? places.join(", ") : "nothing"})`;
    });
    return [...held, ...(this.noEntry === undefined ? [] : [`clouds.yaml (${this.noEntry})`])].join("; ");
  }
}

/**
 * The configuration, then the environment, then an entry of clouds.yaml. An entry named by a call's own argument takes
 * precedence over both. If no entry is named and no credentials are set anywhere else, the file's only entry is used: a file
 * for another cloud must not change settings that are complete without it. In Huawei Cloud, a profile of its command line
 * comes right before the source that names it.
 *
 * Without `readConfig`, the program is a plain script.
 *
 * @throws SettingsError if the entry that is named cannot be read, or the names that are set do not tell which cloud is meant.
 */
export function findSources(
  { cloud, cloudProvider }: { cloud?: string; cloudProvider?: CloudProvider },
  readConfig: ReadConfig | undefined,
  env: Environment,
  folders: Folders = { cwd: process.cwd(), home: env["HOME"] ?? homedir() },
): Sources {
  const isScript = readConfig ? undefined : true;
  const argumentEntry = cloud === undefined ? undefined : findCloudEntry(cloud, env, folders);
  const first = (of: CloudProvider) => [
    ...(readConfig ? [sourceOfConfig(readConfig, of)] : []),
    sourceOfEnvironment(env, of),
  ];
  const named = (of: CloudProvider) => new Sources(first(of), isScript, of).find("cloud");
  const entries = {
    byArgument: argumentEntry && sourceOfEntry(argumentEntry),
    bySetting: () => {
      const name = named(defaultCloudProvider);
      return isEntryName(name) ? sourceOfEntry(findCloudEntry(name.value, env, folders)) : undefined;
    },
  };
  const chosen =
    cloudProvider ??
    chooseCloud(first, entries, isScript) ??
    providerOf(entryOf(named(defaultCloudProvider), env, folders));
  const sources = withProfile(first(chosen), folders);
  if (argumentEntry) {
    throwIfOfOther(argumentEntry, chosen);
    return new Sources([sourceOfEntry(argumentEntry, chosen), ...sources], isScript, chosen);
  }
  const isOfChosen = () => entries.bySetting()?.find("cloudProvider")?.value === chosen;
  const name = named(chosen) ?? (isOfChosen() ? named(defaultCloudProvider) : undefined);
  if (!isEntryName(name) && credentialNames.some((setting) => new Sources(sources, isScript, chosen).find(setting))) {
    return new Sources(sources, isScript, chosen, "OS_CLOUD names no entry");
  }
  const found = entryOf(name, env, folders);
  if ("none" in found) {
    return new Sources(sources, isScript, chosen, found.none);
  }
  // A named entry is meant for these settings. Another may have been written long before for another cloud.
  if (!isEntryName(name) && providerOf(found) !== chosen) {
    return new Sources(sources, isScript, chosen, `its only entry is of ${providerOf(found)}`);
  }
  throwIfOfOther(found.entry, chosen);
  return new Sources([...sources, sourceOfEntry(found.entry, chosen)], isScript, chosen);
}

/** A profile takes precedence over the source that names it, as in Huawei Cloud's provider, but not over those before it. */
function withProfile(sources: Source[], folders: Folders): Source[] {
  for (const source of sources) {
    const [file, profile] = [source.find("sharedConfigFile"), source.find("profile")];
    const named = profile ?? file;
    if (named) {
      const found = findProfile({ file: file?.value, profile: profile?.value, place: named.place }, folders);
      return sources.flatMap((each) => (each === source ? [sourceOfProfile(found), each] : [each]));
    }
  }
  return sources;
}

/** openstacksdk's name for the environment itself names no entry. */
function isEntryName(named: Found | undefined): named is Found {
  return named !== undefined && named.value !== "envvars";
}

function entryOf(named: Found | undefined, env: Environment, folders: Folders): ReturnType<typeof findOnlyEntry> {
  return isEntryName(named) ? { entry: findCloudEntry(named.value, env, folders) } : findOnlyEntry(env, folders);
}

/** The names in an entry are OpenStack's, so it must say which cloud it is of if that is not Open Telekom Cloud. */
function providerOf(found: ReturnType<typeof findOnlyEntry>): CloudProvider {
  const set = "entry" in found ? sourceOfEntry(found.entry).find("cloudProvider") : undefined;
  return set === undefined ? defaultCloudProvider : readCloudProvider(set);
}

/** An entry's password must not be sent to another cloud than the entry says. */
function throwIfOfOther(entry: CloudEntry, chosen: CloudProvider): void {
  const set = sourceOfEntry(entry).find("cloudProvider");
  if (set && readCloudProvider(set) !== chosen) {
    throw new SettingsError(`the cloud is ${chosen}, but ${set.place} is ${set.value}: set both to the same cloud.`);
  }
}

function sourceOfEnvironment(env: Environment, cloudProvider: CloudProvider): Source {
  const source = sourceOf("the environment", "env", cloudProvider, { read: (key) => env[key] });
  if (
    cloudProvider === defaultCloudProvider ||
    !["HW_", "OS_"].every((prefix) => ownNamesIn(source, prefix).length > 0)
  ) {
    return source;
  }
  // Next to HW_*, OS_* are the other cloud's: its password must not be sent to this one.
  const read = (key: string, name: SettingName) =>
    key.startsWith("OS_") && !placesOf(name).isShared ? undefined : env[key];
  return sourceOf("the environment", "env", cloudProvider, { read });
}
