import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { readSettings } from "../../../../provider/settings/settings";

/** Settings that suffice. */
export const env = {
  OS_AUTH_URL: "https://iam.example.com",
  OS_REGION_NAME: "eu-de",
  OS_PROJECT_ID: "project-of-env",
  OS_USERNAME: "user-of-env",
  OS_PASSWORD: "password-of-env",
  OS_USER_DOMAIN_NAME: "domain",
};

/** A folder for each test of the file, in which settings are read: the working folder, with the home in it. */
export function settingsFolder() {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(path.join(tmpdir(), "settings-"))));
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const readFrom = (env: object, config: { [key: string]: string } = {}, place = {}) =>
    readSettings(
      place,
      (key) => config[key] ?? config[key.replace(/^opentelekomcloud:/, "")],
      env as { [name: string]: string },
      {
        cwd: folder,
        home: path.join(folder, "home"),
      },
    );
  /** Reads them with an environment that suffices. */
  const read = (more: object = {}, config: { [key: string]: string } = {}, place = {}) =>
    readFrom({ ...env, ...more }, config, place);
  return { read, readFrom, folder: () => folder };
}
