import type * as dynamic from "@pulumi/pulumi/dynamic";
import type { Identity } from "../identity/identity";
import { identityFor } from "../identity/identities";
import { listenForCancel } from "./engineCancel";
import { endWithEngine, rowOfResource } from "./engineLink";
import { type Place, type ReadConfig, readSettings } from "../settings/settings";
import { warnTo } from "../output/log";

let readConfig: ReadConfig = () => undefined;

/** Begins to hear of the engine's end and stores the stack's configuration. Synchronously, because the SDK starts parallel operations without waiting for it. */
export async function configure({ config }: dynamic.ConfigureRequest): Promise<void> {
  listenForCancel();
  endWithEngine();
  readConfig = (key) => config.get(`opentelekomcloud:${key}`);
}

/** @throws SettingsError */
export function identityAt(place: Place & { resourceUrn?: string }): Identity {
  if (place.resourceUrn !== undefined) {
    const row = rowOfResource(place.resourceUrn);
    warnTo((message) => row.warn(message));
  }
  return identityFor(readSettings(place, readConfig, process.env));
}

/** The project's id as far as it is known without a request, for a resource that is recorded before the first one. */
export function configuredProject(place: Place): string | undefined {
  try {
    return readSettings(place, readConfig, process.env).project.id;
  } catch {
    return place.projectId;
  }
}
