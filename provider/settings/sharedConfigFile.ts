import * as fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import { quote } from "../output/secrets";
import { SettingsError } from "../task/errors";
import { expandHome, type Folders, listOf } from "./cloudsFile";
import { readTextFile } from "./textFile";

/** A profile of the file that Huawei Cloud's command line writes, and that its Terraform provider reads. */
export interface Profile {
  name: string;
  file: string;
  /** The text of a field, such as `accessKeyId`. */
  read: (field: string) => string | undefined;
}

const fileShape = z.object({
  current: z.string().optional(),
  authEncrypt: z.union([z.string(), z.boolean()]).optional(),
  profiles: z.array(z.looseObject({ name: z.string() })),
});

/**
 * The profile that is named, or else the file's current one.
 *
 * @param named - File and profile as set, and where one of them was. Default of the file: ~/.hcloud/config.json.
 * @throws SettingsError if there is no such file or profile, or this package cannot use it; it shows none of the file's values.
 */
export function findProfile(named: { file?: string; profile?: string; place: string }, folders: Folders): Profile {
  const file = path.resolve(folders.cwd, expandHome(named.file ?? "~/.hcloud/config.json", folders));
  if (!fs.existsSync(file)) {
    throw new SettingsError(`${named.place} needs ${file}, which does not exist.`);
  }
  const { current, authEncrypt, profiles } = readFile(file);
  const name = named.profile ?? current;
  if (!name) {
    throw new SettingsError(`${file} names no current profile: set huaweicloud:profile or HW_PROFILE.`);
  }
  const profile = profiles.find((each) => each.name === name);
  if (!profile) {
    throw new SettingsError(
      `${file} has no profile ${quote(name)}: it contains ${listOf(profiles.map((each) => each.name))}.`,
    );
  }
  if (String(authEncrypt) === "true") {
    throw new SettingsError(
      `${file} is encrypted: run "hcloud configure set --cli-auth-encrypt=false", as for Terraform, or set HW_ACCESS_KEY and HW_SECRET_KEY.`,
    );
  }
  if (typeof profile["mode"] === "string" && profile["mode"].toUpperCase() === "SSO") {
    throw new SettingsError(
      `the profile ${quote(name)} of ${file} is one of single sign-on, which is not supported: name a profile with an access key.`,
    );
  }
  const read = (field: string) => {
    const value = profile[field];
    return typeof value === "string" ? value : undefined;
  };
  return { name, file, read };
}

function readFile(file: string): z.infer<typeof fileShape> {
  let content: unknown;
  try {
    content = JSON.parse(readTextFile(file));
  } catch (error) {
    // The parser's own error repeats a part of the file.
    throw error instanceof SettingsError ? error : new SettingsError(`${file} is not valid JSON.`);
  }
  const { success, data } = fileShape.safeParse(content);
  if (!success) {
    throw new SettingsError(`${file} must contain a list "profiles", in which each profile has a name.`);
  }
  return data;
}
