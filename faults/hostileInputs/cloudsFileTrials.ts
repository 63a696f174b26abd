import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { identityFor } from "../../provider/identity/identities";
import { readSettings } from "../../provider/settings/settings";
import { SettingsError } from "../../provider/task/errors";
import { textsOfError } from "../observed/errorTexts";
import { printedBy } from "../observed/printed";
import type { Size, Trial } from "../trials/trial";
import { type OddFile, oddFiles } from "./oddFiles";
import { propertyTrial } from "./propertyTrial";

interface Reading {
  name: string;
  file: string;
  place: { cloud?: string };
  env: { [name: string]: string };
  readConfig?: (key: string) => string | undefined;
}

const ordinary =
  "clouds:\n  shop:\n    region_name: eu-de\n    auth: {username: deploy, user_domain_name: OTC-1, project_name: eu-de_shop}\n";

const readings: Reading[] = [
  { name: "named by OS_CLOUD", file: "clouds.yaml", place: {}, env: { OS_CLOUD: "shop" } },
  { name: "named by an argument, in a Pulumi program", file: "clouds.yaml", place: { cloud: "shop" }, env: { OS_USERNAME: "x" }, readConfig: () => undefined },
  { name: "its only entry", file: "clouds.yaml", place: {}, env: {} },
  { name: "named by OS_CLOUD, without such an entry", file: "clouds.yaml", place: {}, env: { OS_CLOUD: "none" } },
  { name: "as clouds.json", file: "clouds.json", place: {}, env: { OS_CLOUD: "shop" } },
  { name: "as secure.yaml", file: "secure.yaml", place: {}, env: { OS_CLOUD: "shop" } },
  { name: "as clouds-public.yaml", file: "clouds-public.yaml", place: {}, env: { OS_CLOUD: "shop" } },
  { name: "as Huawei Cloud's profiles", file: "hcloud.json", place: {}, env: { HW_SHARED_CONFIG_FILE: "hcloud.json" } },
]; // prettier-ignore

/** Each kind of odd file x each way to read it: only SettingsErrors, and nothing of what must stay secret in or beside them. */
export function cloudsFileTrials(size: Size): Trial[] {
  return Object.entries(oddFiles).flatMap(([kind, arbitrary]) =>
    readings.map((reading) =>
      propertyTrial(`clouds.yaml: ${kind}: ${reading.name}`, size, { full: 400, quick: 30 }, arbitrary, (file) =>
        holdsFor(reading, file),
      ),
    ),
  );
}

async function holdsFor(reading: Reading, { text, secrets }: OddFile): Promise<void> {
  const folder = await mkdtemp(path.join(tmpdir(), "faults-clouds-"));
  try {
    if (!reading.file.startsWith("clouds.")) await writeFile(path.join(folder, "clouds.yaml"), ordinary);
    await writeFile(path.join(folder, reading.file), text);
    const folders = { cwd: folder, home: folder };
    const { printed, error } = await printedBy(async () => {
      identityFor(readSettings(reading.place, reading.readConfig, reading.env, folders));
    });
    if (error !== undefined && !(error instanceof SettingsError))
      throw new Error("it is no SettingsError", { cause: error });
    const told = { printed, ...(error === undefined ? {} : textsOfError(error)) };
    // A folder's random name may look like a scalar of the file.
    const withoutFolder = (said: string) => said.replaceAll(folder, "");
    for (const [place, whole] of Object.entries(told)) {
      const said = withoutFolder(whole);
      const shown = secrets.find((secret) => said.includes(secret));
      if (shown !== undefined) throw new Error(`the file's ${shown} is in the ${place}: ${said.slice(0, 500)}`);
    }
    const isOfFile =
      error instanceof SettingsError && /is not valid (YAML|JSON)|is not UTF-8|must contain a/.test(error.message);
    if (isOfFile && /Zq\w+Xw/.test(withoutFolder(error.message)))
      throw new Error(`a scalar is in the message: ${error.message}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}
