import { homedir } from "node:os";
import { type CloudEntry, findCloudEntry, findOnlyEntry, type Folders } from "./cloudsFile";
import { quote } from "../output/secrets";
import { placesOf, type SettingName, settingNames } from "./settingTable";

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

/** One place that holds settings. */
export interface Source {
  /** "the environment" */
  description: string;
  find(name: SettingName): Found | undefined;
  /** All values of a setting that the source has, in the order of its list: undefined where one is not set. */
  findAll(name: SettingName): (Found | undefined)[];
}

/** The names whose presence means: here somebody tells who to be. */
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

/** Where settings come from, the one that wins first; and what was found in them. */
export class Sources {
  constructor(
    private readonly sources: Source[],
    /** What there is to say of clouds.yaml where no entry of it is used. */
    private readonly noEntry?: string,
  ) {}

  /** Each source, the one that wins first. */
  get list(): readonly Source[] {
    return this.sources;
  }

  without(isLeftOut: (source: Source) => boolean): Sources {
    return new Sources(this.sources.filter((source) => !isLeftOut(source)));
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
   * The id or the name of one thing, both from one source: a name in the configuration must not be overruled by an id
   * that happens to be in the environment.
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

  /** Each source that was looked at and the names that are set in it; never a value. */
  describe(): string {
    const held = this.sources.map((source) => {
      const places = settingNames.flatMap((name) => source.find(name)?.key ?? []);
      return `${source.description} (${places.length > 0 ? places.join(", ") : "nothing"})`;
    });
    return [...held, ...(this.noEntry === undefined ? [] : [`clouds.yaml (${this.noEntry})`])].join("; ");
  }
}

/** The id or the name of one thing in one source; of several aliases, the first pair's. */
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
 * The configuration, then the environment, then an entry of clouds.yaml. An entry that is named by a call's own argument
 * goes before both. Where none is named, the only entry of the file is used if nobody else tells who to be: a file that
 * lies about for another cloud must not add to settings that are complete without it.
 *
 * @throws SettingsError when the entry that is named cannot be read.
 */
export function findSources(
  cloudArgument: string | undefined,
  readConfig: ReadConfig,
  env: Environment,
  folders: Folders = { cwd: process.cwd(), home: env["HOME"] ?? homedir() },
): Sources {
  const inConfig = sourceOf(
    "the Pulumi configuration",
    "config",
    (key) => readConfig(key),
    (key) => `opentelekomcloud:${key}`,
  );
  const inEnv = sourceOf("the environment", "env", (key) => env[key]);
  if (cloudArgument !== undefined) {
    return new Sources([sourceOfEntry(findCloudEntry(cloudArgument, env, folders)), inConfig, inEnv]);
  }
  const named = inConfig.find("cloud") ?? inEnv.find("cloud");
  // openstacksdk's name for the environment itself.
  if (named && named.value !== "envvars") {
    return new Sources([inConfig, inEnv, sourceOfEntry(findCloudEntry(named.value, env, folders))]);
  }
  if (credentialNames.some((name) => inConfig.find(name) ?? inEnv.find(name))) {
    return new Sources([inConfig, inEnv], "no entry is chosen by OS_CLOUD");
  }
  const only = findOnlyEntry(env, folders);
  return "entry" in only
    ? new Sources([inConfig, inEnv, sourceOfEntry(only.entry)])
    : new Sources([inConfig, inEnv], only.none);
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
        // An empty value is how one unsets a variable for a single command.
        const value = withoutLineEnd(name, read(key, name));
        return value ? { value, key: shown(key), place: `${shown(key)} in ${description}`, source } : undefined;
      }),
  };
  return source;
}
