import * as fs from "node:fs";
import path from "node:path";
import { SettingsError } from "../task/errors";
import { quote } from "../output/secrets";
import { parseYaml, readYamlFile, type YamlFields, type YamlValue } from "./yamlFile";

/** Where files are searched for. */
export interface Folders {
  /** The working folder: the Pulumi program's, in its own process and in the provider's. */
  cwd: string;
  home: string;
}

/** An entry of clouds.yaml, combined with secure.yaml and its profile. */
export interface CloudEntry {
  name: string;
  file: string;
  /**
   * The text at a path such as `auth.username`; of a list, its first element or that element's name. A secret must be a text.
   *
   * @throws SettingsError if a secret is not.
   */
  read(path: string, isSecret: boolean): string | undefined;
}

/** The entry that is used if none is named. */
type OnlyEntry = { entry: CloudEntry } | { none: string };

type Environment = { [name: string]: string | undefined };

const noFields: YamlFields = new Map();

// What openstacksdk and OTC's Go SDK know about this cloud without a file of profiles.
const builtInProfiles = parseYaml(
  "the built-in profiles",
  `otc: { auth: { auth_url: "https://iam.{region_name}.otc.t-systems.com/v3" }, regions: [eu-de] }`,
);

/**
 * The entry with this name.
 *
 * @throws SettingsError if there is no such entry, or no file, or the file is not YAML.
 */
export function findCloudEntry(name: string, env: Environment, folders: Folders): CloudEntry {
  const files = readFiles(env, folders);
  if (!files.clouds) {
    throw new SettingsError(
      `there is no clouds.yaml to read the entry ${quote(name)} from: searched ${describeFolders(folders)}. ` +
        `If the file is elsewhere, set OS_CLIENT_CONFIG_FILE.`,
    );
  }
  const entries = entriesOf(files.clouds, "clouds");
  if (entries.get(name)?.kind !== "mapping") {
    throw new SettingsError(
      `${files.clouds.file} has no entry ${quote(name)} under "clouds": it contains ${listOf(entries.keys())}.`,
    );
  }
  return entryOf(name, files, folders);
}

/** The file's only entry, or why none is used. */
export function findOnlyEntry(env: Environment, folders: Folders): OnlyEntry {
  const files = readFiles(env, folders);
  if (!files.clouds) {
    return { none: `no file in ${describeFolders(folders)}` };
  }
  const names = [...entriesOf(files.clouds, "clouds").keys()];
  return names.length === 1
    ? { entry: entryOf(names[0]!, files, folders) }
    : { none: `${files.clouds.file} contains ${listOf(names)}; OS_CLOUD names none of them` };
}

interface ReadFile {
  file: string;
  content: YamlFields;
}

interface Files {
  clouds?: ReadFile;
  secure?: ReadFile;
  profiles?: ReadFile;
}

function entryOf(name: string, { clouds, secure, profiles }: Files, { cwd }: Folders): CloudEntry {
  const own = merged(fieldsAt(entriesOf(clouds, "clouds"), name), fieldsAt(entriesOf(secure, "clouds"), name));
  const profile = textOf(own.get("profile")) ?? textOf(own.get("cloud"));
  const base =
    profile === undefined
      ? noFields
      : merged(fieldsAt(builtInProfiles, profile), fieldsAt(entriesOf(profiles, "public-clouds"), profile));
  if (profile !== undefined && base.size === 0) {
    throw new SettingsError(
      `the entry ${quote(name)} of ${clouds?.file ?? cwd} has the profile ${quote(profile)}, which is neither built in (${listOf(builtInProfiles.keys())}) nor defined in clouds-public.yaml.`,
    );
  }
  const fields = merged(base, own);
  const read = (at: string, isSecret: boolean) => {
    const value = valueAt(fields, at);
    if (isSecret) {
      throwIfNoPlainText(value, at);
    }
    return textOf(value);
  };
  return { name, file: clouds?.file ?? cwd, read };
}

function readFiles(env: Environment, folders: Folders): Files {
  const read = (stem: string, variable: string) => {
    const file = findFile(stem, variable, env, folders);
    return file === undefined ? undefined : { file, content: readYamlFile(file) };
  };
  return {
    clouds: read("clouds", "OS_CLIENT_CONFIG_FILE"),
    secure: read("secure", "OS_CLIENT_SECURE_FILE"),
    profiles: read("clouds-public", "OS_CLIENT_VENDOR_FILE"),
  };
}

const extensions = [".yaml", ".yml", ".json"];

function foldersOf({ cwd, home }: Folders): string[] {
  return [cwd, path.join(home, ".config", "openstack"), "/etc/openstack"];
}

function describeFolders(folders: Folders): string {
  return foldersOf(folders).join(", ");
}

function findFile(stem: string, variable: string, env: Environment, folders: Folders): string | undefined {
  const given = env[variable];
  if (given) {
    const file = path.resolve(folders.cwd, expandHome(given, folders));
    if (!fs.existsSync(file)) {
      throw new SettingsError(`${variable} names ${file}, which does not exist.`);
    }
    return file;
  }
  return foldersOf(folders)
    .flatMap((folder) => extensions.map((extension) => path.join(folder, stem + extension)))
    .find((file) => fs.existsSync(file));
}

/** Expands `~` to the home folder. */
export function expandHome(file: string, { home }: Folders): string {
  return file === "~" || file.startsWith("~/") ? path.join(home, file.slice(1)) : file;
}

function entriesOf(file: ReadFile | undefined, key: "clouds" | "public-clouds"): YamlFields {
  return file ? fieldsAt(file.content, key) : noFields;
}

function fieldsAt(fields: YamlFields, name: string): YamlFields {
  const value = fields.get(name);
  return value?.kind === "mapping" ? value.fields : noFields;
}

/** `over` takes precedence; mappings are merged field by field. */
function merged(under: YamlFields, over: YamlFields): YamlFields {
  const result = new Map(under);
  for (const [name, value] of over) {
    const other = result.get(name);
    const isMerged = value.kind === "mapping" && other?.kind === "mapping";
    result.set(name, isMerged ? { ...value, fields: merged(other.fields, value.fields) } : value);
  }
  return result;
}

function valueAt(fields: YamlFields, at: string): YamlValue | undefined {
  const [first, ...rest] = at.split(".");
  return rest.length === 0 ? fields.get(first!) : valueAt(fieldsAt(fields, first!), rest.join("."));
}

function textOf(value: YamlValue | undefined): string | undefined {
  const single = value?.kind === "list" ? value.values[0] : value;
  const text = single?.kind === "mapping" ? single.fields.get("name") : single;
  return text?.kind === "text" && text.text !== "" ? text.text : undefined;
}

/** A secret that YAML reads as something else than a text would be cut or changed. */
function throwIfNoPlainText(value: YamlValue | undefined, at: string): void {
  const isText = value?.kind === "text";
  const read = isText ? (value.isWhole ? undefined : "with a tag or an anchor") : value && `as a ${value.kind}`;
  if (value && read) {
    throw new SettingsError(
      `${value.place}: ${at} must be a text, but YAML reads it ${read}. Put the value in quotes.`,
    );
  }
}

/** "a", "b" */
export function listOf(names: Iterable<string>): string {
  return [...names].map((name) => quote(name)).join(", ") || "no entry";
}
