import { homedir } from "node:os";
import { type CloudEntry, findCloudEntry, findOnlyEntry, type Folders } from "./cloudsFile";
import { quote } from "../output/secrets";
import { describePlaces, placesOf, type ScriptFlag, type SettingName, settingNames } from "./settingTable";

/** Reads one key of the Pulumi configuration's namespace `opentelekomcloud`. */
export type ReadConfig = (key: string) => string | undefined;

export type Environment = { [name: string]: string | undefined };

/** A setting's value, and where it was found. */
export interface Found {
  value: string;
  /** "OS_REGION_NAME" */
  key: string;
  /** "OS_REGION_NAME in the environment" */
  place: string;
  source: Source;
}

/** A place that contains settings. */
export interface Source {
  /** "the environment" */
  description: string;
  find(name: SettingName): Found | undefined;
  /** All values of a setting in this source, in the order of its list; undefined if one is not set. */
  findAll(name: SettingName): (Found | undefined)[];
}

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
export class Sources implements ScriptFlag {
  constructor(
    private readonly sources: Source[],
    readonly isScript: true | undefined,
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

/**
 * The configuration, then the environment, then an entry of clouds.yaml. An entry named by a call's own argument takes
 * precedence over both. If no entry is named and no credentials are set anywhere else, the file's only entry is used: a file
 * for another cloud must not change settings that are complete without it.
 *
 * Without `readConfig`, the program is a plain script.
 *
 * @throws SettingsError if the entry that is named cannot be read.
 */
export function findSources(
  cloudArgument: string | undefined,
  readConfig: ReadConfig | undefined,
  env: Environment,
  folders: Folders = { cwd: process.cwd(), home: env["HOME"] ?? homedir() },
): Sources {
  const isScript = readConfig ? undefined : true;
  const inEnv = sourceOf("the environment", "env", (key) => env[key]);
  const first = readConfig ? [sourceOfConfig(readConfig), inEnv] : [inEnv];
  const find = (name: SettingName) => new Sources(first, isScript).find(name);
  if (cloudArgument !== undefined) {
    return new Sources([sourceOfEntry(findCloudEntry(cloudArgument, env, folders)), ...first], isScript);
  }
  const named = find("cloud");
  // openstacksdk's name for the environment itself.
  if (named && named.value !== "envvars") {
    return new Sources([...first, sourceOfEntry(findCloudEntry(named.value, env, folders))], isScript);
  }
  if (credentialNames.some(find)) {
    return new Sources(first, isScript, "OS_CLOUD names no entry");
  }
  const only = findOnlyEntry(env, folders);
  return "entry" in only
    ? new Sources([...first, sourceOfEntry(only.entry)], isScript)
    : new Sources(first, isScript, only.none);
}

function sourceOfConfig(readConfig: ReadConfig): Source {
  return sourceOf(
    "the Pulumi configuration",
    "config",
    (key) => readConfig(key),
    (key) => `opentelekomcloud:${key}`,
  );
}

function sourceOfEntry(entry: CloudEntry): Source {
  return sourceOf(`entry ${quote(entry.name)} of ${entry.file}`, "clouds", (path, name) =>
    entry.read(path, placesOf(name).isSecret ?? false),
  );
}

function withoutLineEnd(name: SettingName, value: string | undefined): string | undefined {
  return placesOf(name).isOneLine ? value?.replace(/[\r\n]+$/, "") : value;
}

function sourceOf(
  description: string,
  kind: "config" | "env" | "clouds",
  read: (key: string, name: SettingName) => string | undefined,
  shown: (key: string) => string = (key) => key,
): Source {
  const source: Source = {
    description,
    find: (name) => source.findAll(name).find((found) => found !== undefined),
    findAll: (name) =>
      placesOf(name)[kind].map((key) => {
        // An empty value unsets a variable for a single command.
        const value = withoutLineEnd(name, read(key, name));
        return value ? { value, key: shown(key), place: `${shown(key)} in ${description}`, source } : undefined;
      }),
  };
  return source;
}
