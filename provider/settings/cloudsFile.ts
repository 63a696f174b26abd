import * as fs from "node:fs";
import path from "node:path";
import { isMap, LineCounter, parseDocument } from "yaml";
import { SettingsError } from "../task/errors";
import { quote } from "../output/secrets";

/** Where files are looked for. */
export interface Folders {
  /** The working folder: the Pulumi program's, in its own process and in the provider's. */
  cwd: string;
  home: string;
}

/** One entry of clouds.yaml, with what secure.yaml and its profile add to it. */
export interface CloudEntry {
  name: string;
  file: string;
  /** The text at a path such as `auth.username`; of a list, its first element's, or that element's name. */
  read(path: string): string | undefined;
}

/** What there is, for whoever asks for no entry by name. */
type OnlyEntry = { entry: CloudEntry } | { none: string };

type Fields = { [name: string]: unknown };
type Environment = { [name: string]: string | undefined };

// What openstacksdk and OTC's Go SDK know of this cloud without a file of profiles.
const builtInProfiles: Fields = {
  otc: { auth: { auth_url: "https://iam.{region_name}.otc.t-systems.com/v3" }, regions: ["eu-de"] },
};

/**
 * The entry of that name.
 *
 * @throws SettingsError when there is no such entry, or no file, or what it holds is not YAML.
 */
export function findCloudEntry(name: string, env: Environment, folders: Folders): CloudEntry {
  const files = readFiles(env, folders);
  if (!files.clouds) {
    throw new SettingsError(
      `the entry ${quote(name)} of clouds.yaml is asked for, but there is no such file: looked in ${describeFolders(folders)}. ` +
        `OS_CLIENT_CONFIG_FILE can name one that is elsewhere.`,
    );
  }
  const entries = entriesOf(files.clouds, "clouds");
  if (!isFields(entries[name])) {
    throw new SettingsError(
      `${files.clouds.file} has no entry ${quote(name)} under "clouds": it has ${listOf(Object.keys(entries))}.`,
    );
  }
  return entryOf(name, files, folders);
}

/** The only entry there is, or why none is used. */
export function findOnlyEntry(env: Environment, folders: Folders): OnlyEntry {
  const files = readFiles(env, folders);
  if (!files.clouds) {
    return { none: `no file in ${describeFolders(folders)}` };
  }
  const names = Object.keys(entriesOf(files.clouds, "clouds"));
  return names.length === 1
    ? { entry: entryOf(names[0]!, files, folders) }
    : { none: `${files.clouds.file} has ${listOf(names)}, none of which is chosen by OS_CLOUD` };
}

interface ReadFile {
  file: string;
  content: Fields;
}

interface Files {
  clouds?: ReadFile;
  secure?: ReadFile;
  profiles?: ReadFile;
}

function entryOf(name: string, { clouds, secure, profiles }: Files, { cwd }: Folders): CloudEntry {
  const own = merged(entriesOf(clouds, "clouds")[name], entriesOf(secure, "clouds")[name]);
  const profile = textAt(own, "profile") ?? textAt(own, "cloud");
  const base =
    profile === undefined ? {} : merged(builtInProfiles[profile], entriesOf(profiles, "public-clouds")[profile]);
  if (profile !== undefined && Object.keys(base).length === 0) {
    throw new SettingsError(
      `the entry ${quote(name)} of ${clouds?.file ?? cwd} has the profile ${quote(profile)}, which is neither built in (${listOf(Object.keys(builtInProfiles))}) nor in a clouds-public.yaml.`,
    );
  }
  const fields = merged(base, own);
  return { name, file: clouds?.file ?? cwd, read: (at) => textAt(fields, at) };
}

function readFiles(env: Environment, folders: Folders): Files {
  const read = (stem: string, variable: string) => {
    const file = findFile(stem, variable, env, folders);
    return file === undefined ? undefined : { file, content: parse(file) };
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

/** A path as users write it in a file: `~` is the home folder. */
export function expandHome(file: string, { home }: Folders): string {
  return file === "~" || file.startsWith("~/") ? path.join(home, file.slice(1)) : file;
}

function parse(file: string): Fields {
  const lines = new LineCounter();
  let text: string;
  try {
    text = fs.readFileSync(file, "utf8");
  } catch (error) {
    throw new SettingsError(`${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? "unknown"}).`);
  }
  // Every scalar stays the text it is: a password 0123 is no number, and "no" means what the setting takes it for.
  const document = parseDocument(text, { schema: "failsafe", merge: true, prettyErrors: false, lineCounter: lines });
  const [error] = document.errors;
  if (error) {
    // The parser's own message may repeat a part of the file, secrets and all.
    throw new SettingsError(`${file} is not valid YAML: line ${lines.linePos(error.pos[0]).line} (${error.code}).`);
  }
  if (document.contents !== null && !isMap(document.contents)) {
    throw new SettingsError(`${file} must hold a mapping with "clouds" in it.`);
  }
  return (document.toJS() as Fields | null) ?? {};
}

function entriesOf(file: ReadFile | undefined, key: "clouds" | "public-clouds"): Fields {
  const entries = file?.content[key];
  return isFields(entries) ? entries : {};
}

/** What `over` says wins; mappings are merged field by field. */
function merged(under: unknown, over: unknown): Fields {
  const result: Fields = isFields(under) ? { ...under } : {};
  for (const [name, value] of Object.entries(isFields(over) ? over : {})) {
    result[name] = isFields(value) && isFields(result[name]) ? merged(result[name], value) : value;
  }
  return result;
}

function textAt(fields: Fields, at: string): string | undefined {
  const [first, ...rest] = at.split(".");
  const value = fields[first!];
  if (rest.length > 0) {
    return isFields(value) ? textAt(value, rest.join(".")) : undefined;
  }
  const single: unknown = Array.isArray(value) ? value[0] : value;
  const text = isFields(single) ? single["name"] : single;
  // What YAML 1.2's wider schemas read as null.
  return typeof text === "string" && text !== "" && text !== "~" && text !== "null" ? text : undefined;
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function listOf(names: string[]): string {
  return names.length > 0 ? names.map((name) => quote(name)).join(", ") : "no entry";
}
