import type * as dynamic from "@pulumi/pulumi/dynamic";
import type { Identity } from "../identity/identity";
import { identityFor } from "../identity/identities";
import { rowOfResource } from "./engineLink";
import { type Place, type ReadConfig, readSettings } from "../settings/settings";
import { warnTo } from "../output/log";

let readConfig: ReadConfig = () => undefined;

/** Takes the stack's configuration. Synchronously, since the SDK lets parallel operations go ahead without waiting. */
export async function configure({ config }: dynamic.ConfigureRequest): Promise<void> {
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

/** The project's id as far as it is known without asking, for a resource that is recorded before the service was asked. */
export function configuredProject(place: Place): string | undefined {
  try {
    return readSettings(place, readConfig, process.env).project.id;
  } catch {
    return place.projectId;
  }
}
