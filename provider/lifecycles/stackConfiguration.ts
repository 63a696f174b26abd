import type * as dynamic from "@pulumi/pulumi/dynamic";
import { readStackDefaults } from "../arguments/stackDefaults";
import type { Identity } from "../identity/identity";
import { identityFor } from "../identity/identities";
import { listenForCancel } from "./engineCancel";
import { endWithEngine, rowOfResource } from "./engineLink";
import type { CloudProvider } from "../task/cloudProviders";
import { cloudOf, type Place, type ReadConfig, readSettings, type Settings } from "../settings/settings";
import { ownNamespace } from "../settings/settingTable";
import { warnTo } from "../output/log";

let readConfig: ReadConfig = () => undefined;

/** Begins to hear of the engine's end and stores the stack's configuration. Synchronously, because the SDK starts parallel operations without waiting for it. */
export async function configure({ config }: dynamic.ConfigureRequest): Promise<void> {
  listenForCancel();
  endWithEngine();
  readConfig = (key) => config.get(key);
}

/** The stack's defaults of arguments, and a sentence for each that is malformed. */
export function stackDefaults(): ReturnType<typeof readStackDefaults> {
  return readStackDefaults((name) => readConfig(`${ownNamespace}:${name}`));
}

/** Where a resource's requests go, and the row of its messages. */
export type PlaceOfResource = Place & { resourceUrn?: string };

/** @throws SettingsError */
export function identityAt(place: PlaceOfResource): Identity {
  return identityFor(settingsAt(place));
}

/** @throws SettingsError */
export function settingsAt(place: PlaceOfResource): Settings {
  if (place.resourceUrn !== undefined) {
    const row = rowOfResource(place.resourceUrn);
    warnTo((message) => void row.warn(message));
  }
  return readSettings(place, readConfig, process.env);
}

/** The cloud that the settings are of; undefined if they do not tell. */
export function configuredCloud(place: object): CloudProvider | undefined {
  try {
    return cloudOf(place, readConfig, process.env);
  } catch {
    return undefined;
  }
}

/** The project's id as far as it is known without a request, for a resource that is recorded before the first one. */
export function configuredProject(place: Place): string | undefined {
  try {
    return readSettings(place, readConfig, process.env).project.id;
  } catch {
    return place.projectId;
  }
}
